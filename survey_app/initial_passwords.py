"""Initial passwords, to be read off paper: no letters that look alike, in groups of four."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4


def make_password() -> str:
    """Return a password such as kfm7-x3pq-9rtw (59 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
