"""The cut that a round is opened on, where none was fixed for it."""

from sqlite_utils import Database

from survey_app.store.audit import Who
from survey_app.store.fixed_cuts import CutExists, FixedCut, fix_cut
from survey_app.store.inquiries import Inquiry
from survey_app.store.rounds import rounds


def fix_for_round(database: Database, inquiry: Inquiry, token: str, who: Who) -> FixedCut:
    """Fix what counts now under the name of the next round; with the same token it is fixed once."""
    name = f"関係課照会 第{len(rounds(database, inquiry)) + 1}回"
    try:
        return fix_cut(database, inquiry, name, token, who)
    except CutExists:  # a round on it was given up
        return fix_cut(database, inquiry, f"{name}（{who.at:%Y-%m-%d %H:%M:%S}）", token, who)
