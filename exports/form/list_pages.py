"""The sheets that the others look things up in: municipalities to copy from, and what only programs read."""

import json
from collections.abc import Iterator
from itertools import zip_longest

from exports.addresses import Area
from exports.form.anchors import CHOICES, ISSUED, LIST_NAME, META, choices_of
from exports.form.filling import UNCARRIED, offered
from exports.form.form import Form
from exports.form.layout import ROSTER
from exports.overlays import Overlay
from exports.sheets import Cell, Line, Paging, Sheet
from questions.model import Question

_ROSTER_WIDTHS = (110, 160, 110, 160)
_ROSTER_HEAD = 2


def roster_page(form: Form) -> Sheet:
    """List the municipalities, so that names can be copied."""
    lines = [
        Line(("市町村一覧",), ("title",), 26),
        Line(("設問に市町村を記入するときは、この名称又は団体コードを使ってください。",), ("remark",), 16),
        Line(("団体コード", "市町村", "郡", "地方振興局"), ("head",) * 4, 20),
        *(
            Line((one.code, one.name, one.county or None, one.bureau or None), ("code", "line", "line", "line"), 18)
            for one in form.setting.roster
        ),
    ]
    paging = Paging(portrait=True, repeat_rows=(_ROSTER_HEAD, _ROSTER_HEAD))
    return Sheet(ROSTER, _ROSTER_WIDTHS, lines, frozen=(_ROSTER_HEAD + 1, 0), paging=paging)


def choices_page(form: Form) -> Sheet:
    """Hold what the drop-downs offer: two columns for each list, codes and what a cell holds for them."""
    names: dict[str, Area] = {}
    lists: dict[tuple[tuple[str, str], ...], int] = {}
    heads: list[list[str]] = []
    for question in _choosing(form):
        options = offered(question, form.setting)
        place = lists.setdefault(options, len(lists))
        if place == len(heads):
            heads.append([])
        heads[place].append(question.name)
        names[f"{LIST_NAME}{question.name}"] = Area(CHOICES, 1, 2 * place + 1, len(options), 2 * place + 1)
    lines = list(_columns(list(lists), heads))
    return Sheet(CHOICES, (90,) * (2 * len(lists)), lines, hidden=True, overlay=Overlay(names))


def meta_page(form: Form) -> Sheet:
    """Say which workbook this is."""
    issue = form.layout.issue
    texts = {**issue.meta(), "title": form.title, "name": form.municipality.name, "serial": issue.serial}
    lines = [Line((name, text or None), ("plain", "plain")) for name, text in texts.items()]
    return Sheet(META, (120, 420), lines, hidden=True)


def issued_page(form: Form) -> Sheet:
    """Hold the answers as they were when the workbook was made, so that what was changed in it can be told."""
    lines = [
        Line((row or None, name, _as_json(entry.texts)), ("plain",) * 3)
        for (row, name), entry in form.layout.answers.entries.items()
        if entry.texts and (not row or row in form.layout.answers.row_ids(form.questionnaire.table_of.get(name, "")))
    ]
    return Sheet(ISSUED, (140, 90, 420), lines, hidden=True)


def _as_json(texts: tuple[str, ...]) -> str:
    """Return texts as JSON, spelt so that a workbook can hold it."""
    written = json.dumps(texts, ensure_ascii=False)
    return json.dumps(texts) if UNCARRIED.search(written) else written


def _choosing(form: Form) -> Iterator[Question]:
    for question in form.questionnaire.questions.values():
        if question.kind.options(form.setting) and not question.prefilled and not choices_of(question):
            yield question


def _columns(lists: list[tuple[tuple[str, str], ...]], heads: list[list[str]]) -> Iterator[Line]:
    yield _line([cell for names in heads for cell in (",".join(names), None)])
    for pairs in zip_longest(*lists, fillvalue=(None, None)):
        yield _line([cell for pair in pairs for cell in pair])


def _line(cells: list[Cell]) -> Line:
    return Line(cells, ("plain",) * len(cells))
