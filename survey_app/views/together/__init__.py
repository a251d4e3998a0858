"""Several people at one reply: approval, colleagues, questions to the division."""
