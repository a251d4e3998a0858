"""Mails: the server that takes them, how they are put together, how the queue is sent."""
