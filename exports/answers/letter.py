"""回答書: what became of the needs of one municipality, on A4 paper, with a cell for its opinion about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from exports.addresses import Area, cell, spot
from exports.answers.anchors import END, LABEL, LONGEST_OPINION, SHEET, LetterIssue, label_of, labelled, name_of
from exports.answers.replies import facts, sender, status
from exports.answers.told import Answer, Told
from exports.form.looks import LONG
from exports.overlays import Intake, Overlay, Rule
from exports.sheets import EMPTY, Line, Paging, Sheet, Span
from exports.typesetting import BODY, PADDING, height_of, lines_of, most_lines, text_width
from exports.words import office
from questions.eras import show_day

WIDTHS = (104, 536)  # what every program prints on one page of A4
PAGE = 700.0  # points of a page that rows may fill
OPINION_LINES = 3  # that a blank cell for an opinion has room for
_LABEL, _TEXT, _LEAD, _CONTACT = "head top", "text top", "対応区分", "担当"
_OPINIONS = (
    f"回答について御意見があるときは、各要望の「{LABEL}」の欄（{LONGEST_OPINION}字まで）に記入し、このファイルをExcelブック（.xlsx）の"
    "まま保存して、{issuer}へ送ってください。御意見がなければ、返送は不要です。"
)
Block = list[Line]


@dataclass(frozen=True)
class Letter:
    """What one municipality is told. ``answered_at``: when it was published; ``issue``: of which publication."""

    title: str
    issuer: str
    town: str
    issue: LetterIssue
    answered_at: datetime
    needs: Sequence[Told]

    @property
    def addressee(self) -> str:
        """To whom it is written."""
        return f"{self.town}長　様"


def letter_sheet(letter: Letter) -> Sheet:
    """Lay out the letter: each need with its answer in one block, which stands on one page where it can."""
    blocks = [_opening(letter), *map(_need, letter.needs), [_line(END, "plain", right=True)]]
    lines: list[Line] = []
    breaks, filled = [], 0.0
    for block in blocks:
        height = sum(line.height or 15.0 for line in block)
        if lines and filled + height > PAGE and (height <= PAGE or filled > PAGE / 2):
            breaks.append(len(lines))
            filled = 0.0
        lines += block
        filled = (filled + height) % PAGE
    paging = Paging(scale=100, row_breaks=tuple(breaks), portrait=True)
    return Sheet(SHEET, WIDTHS, lines, paging=paging, accent=True, overlay=_overlay(lines))


def _overlay(lines: Sequence[Line]) -> Overlay:
    """Name the cells for opinions, and say at each what it takes."""
    names, rules, intakes = {}, [], []
    for row, line in enumerate(lines):
        control = labelled(str(line.cells[0])) if line.cells else ""
        if control:
            area = spot(SHEET, row, 1)
            names[name_of(control)] = area
            rules.append(Rule(area, f"LEN({cell(row, 1, 'both')})>{LONGEST_OPINION}", LONG))
            intakes.append(_intake(area, control))
    return Overlay(names, rules, intakes)


def _intake(area: Area, control: str) -> Intake:
    message = f"{control}への回答について御意見があるときは、ここに記入してください（{LONGEST_OPINION}字まで）。"
    return Intake(area, f"{LABEL}　{control}", message, longest=LONGEST_OPINION)


def _opening(letter: Letter) -> Block:
    title = letter.title if "「" in letter.title else f"「{letter.title}」"
    told = f"{title}により提出のありました要望事項について、次のとおり回答します。{''.join(_later(letter.needs))}"
    again = f"（第{letter.issue.number}回）" if letter.issue.number > 1 else ""
    return [
        _line(show_day(letter.answered_at.date()), "plain", right=True),
        EMPTY,
        _line(letter.addressee, "plain strong"),
        _line(sender(letter.issuer), "plain", right=True),
        EMPTY,
        Line([Span(f"要望事項への回答{again}", 2)], ["title centred"], 30),
        EMPTY,
        _line(told, "lead top"),
        _line(_OPINIONS.format(issuer=office(letter.issuer)), "lead top"),
        _line(f"要望 {len(letter.needs)}件　／　{letter.issue.serial}", "remark"),
        EMPTY,
    ]


def _later(needs: Sequence[Told]) -> Iterator[str]:
    """Yield what is said of the needs that have no answer yet."""
    left = [need for need in needs if need.lead is None]
    if any(not need.unasked for need in left):
        yield "担当課の回答を待っているものは、回答があり次第お知らせします。"
    if any(need.unasked for need in left):
        yield "担当課を調整中のものは、担当課が決まり、回答があり次第お知らせします。"


def _line(text: str, style: str, *, right: bool = False) -> Line:
    if right:
        return Line([Span(text, 2)], [f"{style} flush"], height_of(1))
    return Line([Span(text, 2)], [style], height_of(lines_of(text, sum(WIDTHS))))


def _need(need: Told) -> Block:
    heading = "　".join(part for part in (need.control, need.subject or "（件名なし）") if part)
    topic = "・".join(label.ja for label in (need.field, need.form) if label is not None)
    lines = [Line([Span(heading, 2)], ["group wrapped"], height_of(lines_of(heading, sum(WIDTHS))))]
    if topic:
        lines += _rows("分野・形態", topic)
    lines += _rows("要望の内容", need.detail)
    lines += _rows(_LEAD, status(need), strong=True)
    if need.lead is not None:
        lines += _answer(need.lead, _CONTACT)
    for one in need.supports:
        name = office(one.name)
        lines += _rows("関係課の回答", name if one.label is None else f"{name}　（{one.label.ja}）")
        lines += _answer(one, "")
    return [*lines, *_opinion(need.control), EMPTY]


def _opinion(control: str) -> Iterator[Line]:
    """Yield the cell in which the municipality writes what it says to the answer."""
    if control:
        yield Line([label_of(control), None], [_LABEL, "answer"], height_of(OPINION_LINES))


def _answer(answer: Answer, who: str) -> Iterator[Line]:
    yield from _rows("対応内容", answer.text)
    for label, words in facts(answer):
        yield from _rows(label, words)
    if who:
        yield from _rows(who, "　".join(part for part in (office(answer.name), answer.contact) if part))
    elif answer.contact:
        yield from _rows(_CONTACT, answer.contact)


def _rows(label: str, text: str, *, strong: bool = False) -> Iterator[Line]:
    """Yield a row with a text; what is taller than a row can be goes on in the next."""
    width = WIDTHS[1] - PADDING  # the indent
    style = f"{_TEXT} strong" if strong else _TEXT
    for place, part in enumerate(parts(text, width)):
        height = height_of(lines_of(part, width))
        yield Line([label if place == 0 else f"{label}（続き）", part], [_LABEL, style], height)


def parts(text: str, width: float, most: int = most_lines() - 1) -> Iterator[str]:
    """Yield a text in parts of ``most`` lines; joined by line breaks where they were cut at one.

    Without ``most``, each fits into the tallest row.
    """
    if lines_of(text, width) <= most:
        yield text
        return
    held: list[str] = []
    for piece in (piece for line in text.split("\n") for piece in _pieces(line, width * most * 0.9)):
        if held and lines_of("\n".join([*held, piece]), width) > most:
            yield "\n".join(held)
            held = []
        held.append(piece)
    if held:
        yield "\n".join(held)


def _pieces(line: str, room: float) -> Iterator[str]:
    """Yield one line in pieces of at most ``room`` pixels, cut behind a full stop or a comma where one is near."""
    start, taken = 0, 0.0
    for place, character in enumerate(line):
        width = text_width(character, BODY)
        if taken + width > room:
            stop = max(line.rfind(mark, start, place) for mark in "。、") + 1
            end = stop if stop - start > (place - start) / 2 else place
            yield line[start:end]
            start, taken = end, text_width(line[end:place], BODY)
        taken += width
    yield line[start:]
