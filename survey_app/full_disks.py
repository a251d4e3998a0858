"""Tells a disk without room from other faults of writing."""

import errno
import sqlite3

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE})
"""As SQLite calls them: only ENOSPC is FULL to it, a quota that is used up is a fault of writing."""


def is_full(fault: BaseException) -> bool:
    """Is it for want of room that something could not be written?"""
    if isinstance(fault, sqlite3.OperationalError):
        return getattr(fault, "sqlite_errorcode", 0) in _SQLITE
    return isinstance(fault, OSError) and fault.errno in NO_ROOM
