"""What municipalities are told of their needs (回答書), and the list that all of them share."""
