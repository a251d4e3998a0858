"""Compares what a division's workbook says with its responses as they stand: cell by cell, nobody overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.divisions.anchors import DIGEST
from exports.divisions.reading import ReadBook, ReadCell, ReadRow
from exports.form.opened import Spot
from exports.needs import Key
from questions.problems import NOTHING
from questions.responses import read_response, responding
from questions.setting import Setting
from survey_app.consulting.findings import BookFinding, Sign
from survey_app.consulting.identifying import LONGEST_CONTENT, Identifier
from survey_app.consulting.matters import Matter
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.findings import Weight
from survey_app.receiving.received import Verdict
from survey_app.store.responses import COLUMNS, Response

Place = tuple[Key, str]
"""A need and a question."""


@dataclass(frozen=True)
class TextLine:
    """One text compared. ``mine`` is the workbook's, ``theirs`` the response's now; ``taken`` in without a choice."""

    key: Key
    control: str
    question: str
    verdict: Verdict
    mine: str
    theirs: str
    spot: Spot
    taken: bool

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.key, self.question


@dataclass(frozen=True)
class Standing:
    """The responses of one division as they stand, with the needs that it is asked about."""

    matters: Mapping[Key, Matter]
    responses: Mapping[Key, Response]
    setting: Setting

    def texts(self, key: Key) -> Mapping[str, str]:
        """Return the texts of a response; blank ones when there is none."""
        found = self.responses.get(key)
        return dict.fromkeys(COLUMNS, "") if found is None else found.texts

    def is_settled(self, key: Key) -> bool:
        """Was it handed in?"""
        found = self.responses.get(key)
        return found is not None and found.handed_at is not None


@dataclass
class Comparison:
    """What came out of it; ``digests``: which state of a need a response in the workbook is about."""

    lines: list[TextLine] = field(default_factory=list)
    findings: list[BookFinding] = field(default_factory=list)
    digests: dict[Key, str] = field(default_factory=dict)


def compare(read: ReadBook, standing: Standing) -> Comparison:
    """Compare."""
    return _Comparer(read, standing).compared()


def same(question: str, one: str, other: str, setting: Setting) -> bool:
    """Do two texts say the same to a question?"""
    if one == other:
        return True
    kind = responding().questions[question].kind
    values = [kind.parse((text,), setting).value if text.strip() else None for text in (one, other)]
    return values[0] is not None and values[0] == values[1]


class _Comparer:
    def __init__(self, read: ReadBook, standing: Standing) -> None:
        self.read, self.standing = read, standing
        self.found = Comparison()

    def compared(self) -> Comparison:
        self._about_the_table()
        if self.read.copied:
            return self.found
        identifier = Identifier(self.standing.matters)
        rows = identifier.identified([row for row in self.read.rows if not self._is_as_issued(row)])
        self.found.findings += identifier.findings
        for key in self.standing.matters:
            if key in rows:
                self._row(key, rows[key])
        self.found.findings.sort(key=lambda one: (one.spot is not None, one.spot or ("", 0, 0)))
        return self.found

    def _about_the_table(self) -> None:
        read = self.read
        at = (read.sheet, 0, 0)
        if read.copied:
            self.found.findings.append(BookFinding(Sign.COPIED_TABLE, Weight.REFUSED, at))
        for name in read.lost:
            self.found.findings.append(BookFinding(Sign.LOST_COLUMN, Weight.NOTE, question=name))
        for name in read.doubled:
            self.found.findings.append(BookFinding(Sign.DOUBLED_COLUMN, Weight.REFUSED, at, question=name))
        for cell in read.outside:
            content = cell.content[:LONGEST_CONTENT]
            self.found.findings.append(BookFinding(Sign.OUTSIDE_ROW, Weight.REFUSED, cell.spot, content=content))

    def _is_as_issued(self, row: ReadRow) -> bool:
        """Does a row of a need that is asked no longer hold only what it was issued with?"""
        if row.key is None or row.key in self.standing.matters or self.read.issued is None:
            return False
        issued = self.read.issued.get(row.key)
        return issued is not None and all(
            same(name, one.text, issued.get(name, ""), self.standing.setting) for name, one in row.cells.items()
        )

    # ---- One row

    def _row(self, key: Key, row: ReadRow) -> None:
        matter, control = self.standing.matters[key], self.standing.matters[key].asked.control
        digest = self._as_issued(key, DIGEST) or matter.asked.digest
        self.found.digests[key] = digest
        lines = []
        for name, cell in row.cells.items():
            if cell.doubt is not None:
                self._find(CellSign(cell.doubt.value), Weight.REFUSED, control, name, cell)
            elif (line := self._line(key, control, name, cell)) is not None:
                lines.append(line)
                if cell.note is not None:
                    self._find(CellSign(cell.note.value), Weight.NOTE, control, name, cell)
        self.found.lines += lines
        if any(one.taken for one in lines):
            self._about_the_need(matter, digest, row)
        self._problems(key, row, lines)

    def _about_the_need(self, matter: Matter, digest: str, row: ReadRow) -> None:
        control = matter.asked.control
        if matter.now is None:
            self.found.findings.append(BookFinding(Sign.NEED_GONE, Weight.NOTE, row.spot, control))
        elif matter.now.digest != digest:
            self.found.findings.append(BookFinding(Sign.NEED_CHANGED, Weight.NOTE, row.spot, control))

    def _line(self, key: Key, control: str, name: str, cell: ReadCell) -> TextLine | None:
        """Compare one cell; None when there is nothing on either side."""
        mine, theirs = cell.text, self.standing.texts(key)[name]
        if not mine and not theirs.strip():
            return None
        verdict = self._verdict(name, mine, theirs, self._issued_text(key, name))
        if verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT) and self.standing.is_settled(key):
            verdict = Verdict.SETTLED
            self._find(Sign.SETTLED, Weight.REFUSED, control, name, cell)
        elif verdict is Verdict.CONFLICT:
            self._find(Sign.CONFLICT, Weight.REFUSED, control, name, cell, {"theirs": theirs})
        taken = verdict is Verdict.NEW or (verdict is Verdict.CHANGED and self._may_replace(name, mine, theirs))
        return TextLine(key, control, name, verdict, mine, theirs, cell.spot, taken)

    def _verdict(self, name: str, mine: str, theirs: str, issued: str | None) -> Verdict:
        setting = self.standing.setting
        if not mine:
            return Verdict.NEWER if issued == "" else Verdict.BLANK
        if same(name, mine, theirs, setting):
            return Verdict.UNCHANGED
        if issued is not None and same(name, mine, issued, setting):
            return Verdict.NEWER
        if not theirs.strip():
            return Verdict.NEW
        return Verdict.CHANGED if issued is not None and same(name, issued, theirs, setting) else Verdict.CONFLICT

    def _may_replace(self, name: str, mine: str, theirs: str) -> bool:
        """What cannot be read never replaces what can."""
        kind = responding().questions[name].kind
        return not kind.parse((mine,), self.standing.setting).problems or bool(
            kind.parse((theirs,), self.standing.setting).problems
        )

    def _issued_text(self, key: Key, name: str) -> str | None:
        """Return a text as it stood in the workbook when it was made; None when that is lost."""
        if self.read.issued is None or key not in self.read.issued:
            return None
        return self.read.issued[key].get(name, "")

    def _as_issued(self, key: Key, name: str) -> str:
        return (self.read.issued or {}).get(key, {}).get(name, "")

    def _problems(self, key: Key, row: ReadRow, lines: list[TextLine]) -> None:
        """Say what keeps the response from being handed in as it will be, where the workbook says anything to it."""
        if self.standing.is_settled(key) or not any(one.mine for one in lines):
            return
        texts = {**self.standing.texts(key), **{one.question: one.mine for one in lines if one.taken}}
        shown = {one.question: one for one in lines}
        for problem in read_response(texts, self.standing.setting).blocking():
            cell = row.cells.get(problem.question, ReadCell(row.spot))
            line = shown.get(problem.question)
            untaken = line is not None and line.mine and not line.taken and line.verdict is not Verdict.UNCHANGED
            if cell.doubt is None and not untaken:
                control = self.standing.matters[key].asked.control
                self._find(Sign.PROBLEM, Weight.WRONG, control, problem.question, cell, {"problem": problem})
        for line in lines:
            if line.verdict is Verdict.CHANGED and not line.taken:
                problem = (
                    responding().questions[line.question].kind.parse((line.mine,), self.standing.setting).problems[0]
                )
                self._find(
                    Sign.PROBLEM,
                    Weight.REFUSED,
                    line.control,
                    line.question,
                    row.cells[line.question],
                    {"problem": problem},
                )

    def _find(
        self,
        sign: Sign | CellSign,
        weight: Weight,
        control: str,
        question: str,
        cell: ReadCell,
        context: Mapping[str, object] = NOTHING,
    ) -> None:
        content = cell.content[:LONGEST_CONTENT]
        self.found.findings.append(BookFinding(sign, weight, cell.spot, control, question, content, context))
