"""Data for a notebook: ``survey_app.load(database, inquiry)`` gives typed frames; the database is only read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from exports.data.codebook import codebook
from exports.data.frames import as_frame
from exports.data.tables import data_tables
from exports.tidy import REPLIES
from survey_app import clock
from survey_app.store.cuts import take_cut
from survey_app.store.database import connect_to_read
from survey_app.store.fixed_cuts import load_cut
from survey_app.store.inquiries import find_inquiry


@dataclass(frozen=True)
class DataSet(Mapping[str, pd.DataFrame]):
    """The data of one inquiry: a frame for each table, by name; ``replies`` has one row a reply.

    ``tables["D"]`` has one row for each row of the table D; ``codebook`` describes every column of all of them.
    ``title`` is the inquiry's, ``taken_at`` the moment since which the data are what they are.
    """

    title: str
    taken_at: pd.Timestamp
    replies: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    codebook: pd.DataFrame

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.replies if name == REPLIES else self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter((REPLIES, *self.tables))

    def __len__(self) -> int:
        return 1 + len(self.tables)


def load(database: Path | str, inquiry: str, cut: int | None = None) -> DataSet:
    """Read the data of an inquiry: as they stand, or of the fixed cut of that number.

    The columns are those of the data sets (docs/analyst.md). Codes are categories in the order of the choices, whole
    numbers Int64, decimals Float64, flags boolean, days datetime64[s], moments datetime64[us, Asia/Tokyo], all other
    texts string; a column of numbers that these would change (beyond 64 bits, more than 15 decimal digits) is object
    and holds Python's own int or Decimal.

    Raises LookupError for an unknown inquiry or cut, and when there is no database of this version at the path.
    """
    held = connect_to_read(Path(database))
    try:
        found = find_inquiry(held, inquiry)
        taken = take_cut(held, found, clock.now()) if cut is None else load_cut(held, found, cut)
    finally:
        held.close()
    tables = data_tables(taken)
    frames = {table.name: as_frame(table) for table in tables}
    replies = frames.pop(REPLIES)
    return DataSet(taken.title, pd.Timestamp(taken.taken_at), replies, frames, as_frame(codebook(tables)))
