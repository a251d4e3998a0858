"""What the process with limits does with one file: opens it or marks it. Whatever happens, it answers."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exports.form.opened import dump
from exports.reading import Remark, TooManyCells, mark_book, open_book
from survey_app.receiving.packages import looked_at
from survey_app.receiving.refusals import Reason, Refused

LONGEST_DETAIL = 300


def answer(asked: Mapping[str, Any]) -> str:
    """Do what is asked and return one line of JSON: ``done`` with what was read, or ``refused`` with the reason."""
    try:
        return f'{{"done": {_done(asked)}}}'
    except Refused as refused:
        return _refused(refused.refusal.reason, **refused.refusal.context)
    except (TooManyCells, MemoryError, RecursionError):
        return _refused(Reason.TOO_MUCH)
    except Exception as fault:  # openpyxl raises whatever a broken file makes it stumble over
        return _refused(Reason.DAMAGED, detail=f"{type(fault).__name__}: {fault}"[:LONGEST_DETAIL])


def _done(asked: Mapping[str, Any]) -> str:
    content = Path(asked["file"]).read_bytes()
    if asked["act"] == "open":
        return dump(open_book(looked_at(content)))
    remarks = [_remark(one) for one in asked["remarks"]]
    marked = mark_book(looked_at(content, bare=False), looked_at(content), asked["title"], remarks)
    Path(asked["to"]).write_bytes(marked)
    return "true"


def _remark(one: Mapping[str, Any]) -> Remark:
    question, content, wrong, mend = one["texts"]
    return Remark(one["spot"] and tuple(one["spot"]), question, content, wrong, mend, one["coloured"])


def _refused(reason: Reason, **context: str) -> str:
    return json.dumps({"refused": reason.value, "context": context})
