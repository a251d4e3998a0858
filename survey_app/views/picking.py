"""Which targets the board shows, and in which order: what the form above its list says."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from questions.life import State
from questions.setting import Municipality, Roster
from survey_app.clock import TOKYO
from survey_app.store.inquiries import Standing
from survey_app.store.turnout import to_chase

OVERDUE, CHASE, CORRECTED, NIL = "overdue", "chase", "corrected", "nil"
CHANGED = "changed"
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True)
class Picking:
    """What is asked for; "" is everything. ``sort`` "" is the official order (建制順)."""

    state: str = ""
    bureau: str = ""
    group: str = ""
    text: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Does it leave anything out?"""
        return bool(self.state or self.bureau or self.group or self.text.strip())

    def picks(self, target: Standing, town: Municipality, now: datetime) -> bool:
        """Is a target asked for?"""
        return (
            self._has_state(target, now)
            and (not self.bureau or town.bureau == self.bureau)
            and (not self.group or self.group in town.groups)
            and all(any(part in key for key in _keys(town)) for part in _key(self.text).split())
        )

    def _has_state(self, target: Standing, now: datetime) -> bool:
        match self.state:
            case "":
                return True
            case "overdue":
                return target.is_overdue(now)
            case "chase":
                return to_chase(target, now)
            case "corrected":
                return target.being_corrected
            case "nil":
                return bool(target.nil)
            case state:
                return target.state == state


def read_picking(arguments: Mapping[str, str]) -> Picking:
    """Read what an address asks for; what is not known asks for nothing."""
    state = arguments.get("state", "")
    known = {*State, OVERDUE, CHASE, CORRECTED, NIL}
    return Picking(
        state=state if state in known else "",
        bureau=arguments.get("bureau", ""),
        group=arguments.get("group", ""),
        text=arguments.get("text", ""),
        sort=CHANGED if arguments.get("sort") == CHANGED else "",
    )


def picked(targets: Sequence[Standing], known: Roster, asked: Picking, now: datetime) -> list[Standing]:
    """Return the targets that are asked for: those overdue first, then in the order that is asked for."""
    kept = [target for target in targets if asked.picks(target, known[target.municipality], now)]
    kept.sort(key=lambda target: target.municipality)
    if asked.sort == CHANGED:
        never = datetime.min.replace(tzinfo=TOKYO)
        kept.sort(key=lambda target: target.changed_at or never, reverse=True)
    return sorted(kept, key=lambda target: not target.is_overdue(now))


def _key(text: str) -> str:
    """Return a text as it is compared: width, case and the two kana make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)


def _keys(town: Municipality) -> tuple[str, ...]:
    return _key(town.name), _key(town.kana), town.code, _key(town.county)
