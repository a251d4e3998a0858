"""Lists of an archive as CSV that Excel opens, and numbers and names of needs in them."""

import csv
import io
from datetime import date, datetime
from typing import Any

from survey_app import clock


def csv_bytes(header: Any, rows: Any) -> bytes:
    """Return lines as CSV that Excel opens: UTF-8 with a byte order mark, CRLF."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return clock.stored(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
