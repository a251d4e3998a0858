"""Passwords: only their argon2id hashes are kept."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
"""Characters that a password must have (NIST SP 800-63B, 3.1.1)."""
LONGEST = 200
"""Characters beyond which nothing is hashed, so that no request can make the server work for long."""
NOBODY = "!"
"""A hash that no password fits: an account that cannot sign in."""


def hash_password(password: str) -> str:
    """Return the hash under which a password is stored."""
    return _hasher().hash(password)


def hash_made_password(password: str) -> str:
    """Return the hash of a password that was made at random (``initial_passwords``), hundreds in a moment.

    A slow hash keeps people's words from being guessed; 59 random bits are out of reach as they are.
    """
    return PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Is it the password of this hash? Without a hash (an unknown account) it takes as long and says no."""
    known = password_hash if password_hash and password_hash != NOBODY else None
    try:
        _hasher().verify(known or _decoy(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return known is not None and len(password) <= LONGEST


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher().hash("")
