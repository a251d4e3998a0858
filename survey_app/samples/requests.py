"""The requests of which sample replies are made: requests.csv."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from questions.eras import Month
from questions.setting import Municipality

LONGEST_SUBJECT = 40


@dataclass(frozen=True)
class Request:
    """One request. ``field`` and ``form`` are labels; ``kind`` and ``region`` say whom it suits ("": everybody)."""

    field: str
    form: str
    detail: str
    background: str
    priority: str
    wanted_from: Month | None
    kind: str
    region: str

    def suits(self, one: Municipality) -> bool:
        """Would this municipality ask for it?"""
        kind = "市" if one.kind == "区" else one.kind
        return self.kind in ("", kind) and (not self.region or one.bureau in self.region.split("・"))


@lru_cache(maxsize=1)
def requests() -> tuple[Request, ...]:
    """Return all requests."""
    content = resources.files("survey_app.samples").joinpath("requests.csv").read_text(encoding="utf-8-sig")
    return tuple(
        Request(
            field=row["field"],
            form=row["form"],
            detail=row["detail"],
            background=row["background"],
            priority=row["priority"],
            wanted_from=Month.from_text(row["wanted_from"]) if row["wanted_from"] else None,
            kind=row["kind_hint"],
            region=row["region_hint"],
        )
        for row in csv.DictReader(content.splitlines(keepends=True))
    )


@lru_cache(maxsize=64)
def suited(kind: str, bureau: str) -> tuple[Request, ...]:
    """Return the requests that suit a 市, 町 or 村 of a bureau."""
    one = Municipality(code="", name="", kind=kind, bureau=bureau)
    return tuple(request for request in requests() if request.suits(one))


_WISHES = re.compile(
    r"(を|について|に対し)?(お願いしたい|希望する|要望する|(?<=[一-龠ァ-ヶー]{2})(してほしい|していただきたい))$"
)


def subject(detail: str) -> str:
    """Make a subject of at most 40 characters out of a request's first sentence."""
    first = re.split(r"[。\n]", detail.strip(), maxsplit=1)[0].strip("　 ")
    if first.count("（") > first.count("）"):
        first = first[: first.rfind("（")] if first.rfind("（") > 4 else f"{first}）"
    first = _WISHES.sub("", first).rstrip("：を")
    if len(first) <= LONGEST_SUBJECT:
        return first
    for ending in ("（", "、", "・"):
        place = first.rfind(ending, 10, LONGEST_SUBJECT)
        if place > 0 and first.count("（", 0, place) == first.count("）", 0, place):
            return first[:place].rstrip("を")
    return first[: LONGEST_SUBJECT - 1] + "…"
