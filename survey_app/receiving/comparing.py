"""Compares what a form says with the reply as it stands: new, changed, unchanged, conflicting, blank."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questions.answers import BLANK, Entry, Place
from questions.model import Question, Table
from survey_app.receiving.findings import Finding, Sign, Weight
from survey_app.receiving.gathering import Gathered, Gotten, GottenRow
from survey_app.receiving.matching import match_rows, same
from survey_app.receiving.received import Line, RowLine, Verdict
from survey_app.store.openness import Openness
from survey_app.store.replies import Reply

Issued = Mapping[Place, tuple[str, ...]] | None


@dataclass
class Comparison:
    """What came out of it: answers, rows, and what is to be told besides."""

    lines: list[Line] = field(default_factory=list)
    rows: list[RowLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def compare(reply: Reply, gathered: Gathered, issued: Issued, openness: Openness | None) -> Comparison:
    """Compare. ``issued``: the answers as the form was made with; ``openness``: what is open in a returned reply."""
    return _Comparer(reply, gathered, issued, openness).compared()


class _Comparer:
    def __init__(self, reply: Reply, gathered: Gathered, issued: Issued, openness: Openness | None) -> None:
        self.reply, self.gathered, self.issued, self.openness = reply, gathered, issued, openness
        self.answers = reply.answers
        self.found = Comparison()

    def compared(self) -> Comparison:
        for _, item in self.reply.inquiry.questionnaire.items():
            if isinstance(item, Question):
                gotten = self.gathered.answers.get(("", item.name))
                self._add(self._line(("", item.name), gotten) if gotten is not None else None)
            elif item.name in self.gathered.rows:
                self._table(item)
        return self.found

    # ---- Rows of tables

    def _table(self, table: Table) -> None:
        rows = self.gathered.rows[table.name]
        present = self.answers.row_ids(table.name)
        lost = table.name in self.gathered.lost_ids
        seen: set[str] = set()
        for matched in match_rows(table, rows, self.answers, ids_lost=lost):
            if matched.id is None or matched.id in seen:
                self._unknown(table, matched.row)
                continue
            seen.add(matched.id)
            if matched.id in present:
                for line in self._lines(table, matched.row, matched.id):
                    self._add(line)
            else:
                self._new_row(table, matched.row, matched.id)
        unknown = len(seen) < len(rows)
        for row_id in present:
            if row_id not in seen and not unknown:
                self.found.rows.append(RowLine(table.name, row_id, Verdict.BLANK))

    def _new_row(self, table: Table, row: GottenRow, row_id: str) -> None:
        """Take a row that the reply does not have, or no longer; as a whole, or not at all."""
        lines = list(self._lines(table, row, row_id))
        if not lines:
            return
        settled = self.openness is not None and not self.openness.allows_rows(table.name)
        if settled:
            self._find(Sign.SETTLED, lines[0])
        verdict = Verdict.SETTLED if settled else Verdict.NEW
        if all(line.verdict is Verdict.NEWER for line in lines):  # removed meanwhile, and untouched in the form
            return
        self.found.rows.append(RowLine(table.name, row_id, verdict, row.spot))
        for line in lines:
            self._add(Line(line.place, verdict, line.mine, line.theirs, line.spot, table.name))

    def _lines(self, table: Table, row: GottenRow, row_id: str) -> Iterator[Line]:
        for question in table.questions:
            gotten = row.answers.get(question.name)
            line = self._line((row_id, question.name), gotten, table.name) if gotten is not None else None
            if line is not None:
                yield line

    def _unknown(self, table: Table, row: GottenRow) -> None:
        content = "、".join(gotten.content for gotten in row.answers.values() if gotten.content)
        place = (row.id or row.fresh, table.name)
        self.found.findings.append(Finding(Sign.UNKNOWN_ROW, Weight.REFUSED, place, row.spot, content[:200]))

    # ---- One answer

    def _line(self, place: Place, gotten: Gotten, table: str = "") -> Line | None:
        """Compare one answer; None when there is none on either side."""
        mine, theirs = gotten.entry, self._theirs(place, table)
        if not mine.texts and not theirs.texts:
            return None
        verdict = self._verdict(mine, theirs, self._as_issued(place))
        return Line(place, verdict, mine, theirs, gotten.spot, table)

    def _verdict(self, mine: Entry, theirs: Entry, issued: Entry | None) -> Verdict:
        if not mine.texts:
            return Verdict.NEWER if issued is not None and not issued.texts else Verdict.BLANK
        if same(mine, theirs):
            return Verdict.UNCHANGED
        if issued is not None and same(mine, issued):
            return Verdict.NEWER
        if not theirs.texts:
            return Verdict.NEW
        return Verdict.CHANGED if issued is not None and same(issued, theirs) else Verdict.CONFLICT

    def _theirs(self, place: Place, table: str) -> Entry:
        removed = bool(table) and place[0] not in self.answers.row_ids(table)
        return BLANK if removed else self.answers.entry(place[1], place[0])

    def _as_issued(self, place: Place) -> Entry | None:
        """Return an answer as it stood in the form when it was made; None when that is lost."""
        if self.issued is None:
            return None
        texts = self.issued.get(place, ())
        kind = self.reply.inquiry.questionnaire.questions[place[1]].kind
        return Entry(texts, kind.parse(texts, self.reply.setting).value) if texts else BLANK

    def _add(self, line: Line | None) -> None:
        """Add a line, with what is wrong in it; what takes no change now is settled."""
        if line is None:
            return
        changing = line.verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT)
        if changing and self.openness is not None and not self.openness.allows(line.place, line.table or None):
            line = Line(line.place, Verdict.SETTLED, line.mine, line.theirs, line.spot, line.table)
            self._find(Sign.SETTLED, line)
        self.found.lines.append(line)
        for problem in line.mine.problems:
            if line.verdict not in (Verdict.NEWER, Verdict.SETTLED):
                self._find(Sign.PROBLEM, line, {"problem": problem})

    def _find(self, sign: Sign, line: Line, context: Mapping[str, object] | None = None) -> None:
        kept = sign is Sign.SETTLED or not (line.taken or line.verdict is Verdict.UNCHANGED)
        weight = Weight.REFUSED if kept else Weight.WRONG
        content = "、".join(line.mine.texts)[:200]
        self.found.findings.append(Finding(sign, weight, line.place, line.spot, content, context or {}))
