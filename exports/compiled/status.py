"""提出状況: every target with its state, and the counts by bureau and kind that are taken from that list."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.addresses import Area, cell, spot
from exports.compiled.compilation import ROSTER, STATUS, Compilation
from exports.compiled.counting import UNKNOWABLE, Condition, count, needs_exact
from exports.cut import TargetLine
from exports.records import UNKNOWN
from exports.sheets import EMPTY, Cell, Chart, Formula, Line, Paging, Series, Sheet
from exports.typesetting import height_of, lines_of
from exports.words import CORRECTED, STATES, entered, waits_for_reply
from questions.life import State

_HEADINGS = (
    *("No.", "団体コード", "団体名", "区分", "地方振興局", "状態", "回答期限", "提出日時"),
    *("提出\n回数", "受付番号", "該当なし", "期限超過", "備考"),
)
_WIDTHS = (40, 84, 116, 50, 90, 84, 178, 178, 56, 126, 76, 76, 130)
_STYLES = (
    *("number", "line", "line", "line centred", "line", "line", "moment", "moment"),
    *("whole", "line", "line centred", "flag", "text"),
)
CODE, _NAME, _KIND, _BUREAU, _STATE, _DEADLINE, NUMBER, NIL, _OVERDUE = 1, 2, 3, 4, 5, 6, 8, 10, 11
_HEADING_ROW = 2
_STATE_COLOURS = ("#1F4E79", "#5B8DB8", "#C98A3B", "#E5C391", "#C9CED6", "#ECEFF3")
_COUNTS_TOP = 4
_ON_ONE_PAGE = 16  # bureaus


def roster(book: Compilation) -> Sheet:
    """Lay out all targets with where they stand."""
    handed = {code: place for place, code in enumerate(book.replies.records.heads["_code"])}
    lines = [
        Line(["提出状況一覧"], ("title",), 26),
        Line(
            ["期限超過＝回答期限（延長後）を過ぎて提出のないもの。修正中の団体は、直前の提出を集計に含む。"],
            ("remark",),
            16,
        ),
        Line(_HEADINGS, ("head",) * len(_HEADINGS), height_of(2)),
    ]
    for number, target in enumerate(book.cut.targets, 1):
        lines.append(_target(book, target, number, handed.get(target.municipality)))
    last = _HEADING_ROW + max(len(book.cut.targets), 1)
    return Sheet(
        ROSTER,
        _WIDTHS,
        lines,
        frozen=(_HEADING_ROW + 1, _NAME + 1),
        filtered=Area(ROSTER, _HEADING_ROW, 0, last, len(_HEADINGS) - 1),
        paging=Paging(repeat_rows=(_HEADING_ROW, _HEADING_ROW)),
        accent=True,
    )


def _target(book: Compilation, target: TargetLine, number: int, place: int | None) -> Line:
    municipality = book.municipality(target.municipality)
    heads = book.replies.records.heads
    row = _HEADING_ROW + number
    late = is_overdue(book, target)
    waiting = ",".join(f'{cell(row, _STATE, "column")}="{STATES[state]}"' for state in STATES if state in _WAITING)
    moment = book.places["taken at",]
    overdue = Formula(f"=IF(AND({cell(row, _DEADLINE, 'column')}<{moment},OR({waiting})),1,0)", int(late))
    nil = "該当なし" if target.nil else None
    notes = ["期限延長"] if target.extended else []
    if place is not None and target.state in CORRECTED:
        notes.append(CORRECTED[target.state])
    if mark := entered(target.source):
        notes.append(mark)
    cells: list[Cell] = [
        number,
        municipality.code,
        municipality.name,
        municipality.kind or UNKNOWN,
        municipality.bureau or UNKNOWN,
        STATES[target.state],
        target.deadline,
        None if place is None else heads["_submitted_at"][place],
        None if place is None else heads["_number"][place],
        None if place is None else heads["_receipt"][place],
        nil,
        overdue,
        "、".join(notes) or None,
    ]
    return Line(cells, _STYLES, height_of(lines_of("、".join(notes), _WIDTHS[-1])))


_REMARK = "期限超過＝回答期限（延長後）を過ぎて提出のないもの。修正中の団体は、直前の提出を集計に含む。"
_WAITING = (State.NOT_STARTED, State.DRAFT, State.AWAITING_APPROVAL)


def is_overdue(book: Compilation, target: TargetLine) -> bool:
    """Is a reply still to come although its deadline has passed at the moment of the cut?"""
    return waits_for_reply(target) and target.deadline < book.cut.taken_at


def handed_in(book: Compilation) -> frozenset[str]:
    """Return the codes of the targets that have handed in."""
    return frozenset(target.municipality for target in book.cut.targets).intersection(
        book.replies.records.heads["_code"]
    )


def roster_area(book: Compilation, column: int) -> Area:
    """Return where a column of the list stands."""
    return Area(ROSTER, _HEADING_ROW + 1, column, _HEADING_ROW + max(len(book.cut.targets), 1), column)


@dataclass(frozen=True)
class _Counted:
    """One column of the table of counts: its heading and which targets it counts."""

    heading: str
    conditions: tuple[Condition, ...]
    found: frozenset[str]  # codes of the targets


def _counted(book: Compilation) -> list[_Counted]:
    targets = book.cut.targets
    states = roster_area(book, _STATE)
    columns = [_Counted("対象", (), frozenset(target.municipality for target in targets))]
    for place, (state, name) in enumerate(STATES.items()):
        criterion = cell(_COUNTS_TOP - 1, 2 + place, "row")
        found = frozenset(target.municipality for target in targets if target.state is state)
        columns.append(_Counted(name, (Condition(states, criterion),), found))
    columns.append(
        _Counted("提出あり", (Condition(roster_area(book, NUMBER), '">0"'),), handed_in(book)),
    )
    nil = frozenset(target.municipality for target in targets if target.nil)
    columns.append(_Counted("うち\n該当なし", (Condition(roster_area(book, NIL), '"該当なし"'),), nil))
    late = frozenset(target.municipality for target in targets if is_overdue(book, target))
    columns.append(_Counted("期限超過", (Condition(roster_area(book, _OVERDUE), "1"),), late))
    return columns


_SHARE = 9  # after 対象, the six states and 提出あり


def status(book: Compilation) -> Sheet:
    """Lay out the counts by bureau and by kind, with a chart."""
    columns = _counted(book)
    headings = ["地方振興局", *(column.heading for column in columns)]
    headings.insert(_SHARE, "提出率")
    lines = [
        Line(["提出状況"], ("title",), 26),
        Line(["「提出状況一覧」の団体を数えたもの。提出率＝提出あり÷対象。"], ("remark",), 16),
        Line((), (), 6),
        Line(headings, ("head",) * len(headings), height_of(2)),
    ]
    lines += _group_lines(book, columns, len(lines), _BUREAU, book.bureaus)
    bureaus = Area(STATUS, _COUNTS_TOP, 0, _COUNTS_TOP + len(book.bureaus) - 1, 0)
    total_row = len(lines)
    lines.append(_total_line(columns, total_row))
    _note_places(book, total_row)
    lines.append(Line((), (), 10))
    lines.append(Line(["区分", *headings[1:]], ("head",) * len(headings), height_of(2)))
    lines += _group_lines(book, columns, len(lines), _KIND, book.kinds)
    lines.append(Line((), (), 10))
    chart = _chart(lines, bureaus, len(lines))
    lines += [EMPTY] * 20
    widths = (140, *(76,) * (len(headings) - 1))
    paged = Paging(whole=len(book.bureaus) <= _ON_ONE_PAGE)
    bars = _bars(book, total_row)
    return Sheet(STATUS, widths, lines, (_COUNTS_TOP, 1), bars=bars, charts=(chart,), paging=paged, accent=True)


def _bars(book: Compilation, total_row: int) -> tuple[Area, ...]:
    kinds = total_row + 3
    return (
        Area(STATUS, _COUNTS_TOP, _SHARE, total_row, _SHARE),
        Area(STATUS, kinds, _SHARE, kinds + max(len(book.kinds), 1) - 1, _SHARE),
    )


def _group_lines(
    book: Compilation, columns: Sequence[_Counted], top: int, head: int, groups: Sequence[str]
) -> list[Line]:
    """Return a line for each bureau, or for each kind."""
    targets = [(target.municipality, book.municipality(target.municipality)) for target in book.cut.targets]
    exact = needs_exact(groups)
    lines = []
    for place, group in enumerate(groups):
        row = top + place
        member = Condition(roster_area(book, head), cell(row, 0, "column"))
        codes = {code for code, one in targets if ((one.bureau if head == _BUREAU else one.kind) or UNKNOWN) == group}
        counts: list[Cell] = [
            Formula(f"={count(member, *column.conditions, exact=exact)}", len(column.found & codes))
            for column in columns
        ]
        lines.append(_line(group, counts, row, ""))
    return lines


def _total_line(columns: Sequence[_Counted], row: int) -> Line:
    counts: list[Cell] = []
    for place, column in enumerate(columns):
        at = 1 + place + (place >= _SHARE - 1)
        counts.append(Formula(f"=SUM({cell(_COUNTS_TOP, at)}:{cell(row - 1, at)})", len(column.found)))
    return _line("計", counts, row, " total")


def _line(name: str, counts: list[Cell], row: int, look: str) -> Line:
    asked, handed = counts[0], counts[_SHARE - 2]
    assert isinstance(asked, Formula)
    assert isinstance(handed, Formula)
    rate = int(handed.value) / int(asked.value) if asked.value else UNKNOWABLE
    text = f'=IF({cell(row, 1)}=0,"{UNKNOWABLE}",{cell(row, _SHARE - 1)}/{cell(row, 1)})'
    cells = [name, *counts[: _SHARE - 1], Formula(text, rate), *counts[_SHARE - 1 :]]
    styles = [f"{style}{look}" for style in ("text", *("whole",) * 8, "share", *("whole",) * 2)]
    return Line(cells, tuple(styles), 19)


def _note_places(book: Compilation, row: int) -> None:
    names = ("対象", *STATES.values(), "提出あり", "提出率", "該当なし", "期限超過")
    for place, name in enumerate(names, 1):
        book.places.put(spot(STATUS, row, place), "status", name)
        last = row + 2 + max(len(book.kinds), 1)
        book.places.put(Area(STATUS, row + 3, place, last, place), "status by kind", name)


def _chart(lines: Sequence[Line], bureaus: Area, row: int) -> Chart:
    body = lines[bureaus.first_row : bureaus.last_row + 1]
    labels = tuple(str(line.cells[0]) for line in body)
    series = tuple(
        Series(
            spot(STATUS, _COUNTS_TOP - 1, 2 + place),
            Area(STATUS, bureaus.first_row, 2 + place, bureaus.last_row, 2 + place),
            tuple(int(one.value) for line in body if isinstance(one := line.cells[2 + place], Formula)),
            _STATE_COLOURS[place],
        )
        for place in range(len(STATES))
    )
    return Chart("地方振興局別の提出状況", (row, 0), (970, 340), bureaus, labels, series, "団体")
