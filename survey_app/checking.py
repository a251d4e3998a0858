"""What the division looks at in a reply: what was confirmed, what stands out, what is not as it was last time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from exports.medians import Outlier, outliers
from questions.across import Finding
from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.contents import Contents
from questions.differences import Sort
from questions.labels import Language
from questions.model import Question, Questionnaire, Table
from questions.problems import Level
from questions.setting import Roster, Setting
from survey_app import wording, wording_checking
from survey_app.comparing import breaches
from survey_app.connections import moment
from survey_app.forms import Message
from survey_app.last_time import LastTime
from survey_app.showing_changes import ShownChange
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry
from survey_app.store.memory import Memory, file_of
from survey_app.store.submissions import Handed, newest_submission

CONFIRMED, NOTED, ACROSS, OUTSTANDING = "confirmed", "noted", "across", "outstanding"
SORTS = (CONFIRMED, NOTED, ACROSS, OUTSTANDING)


@dataclass(frozen=True)
class Remark:
    """One thing to look at before a reply is accepted: its sort, where it is, and a sentence."""

    sort: str
    place: Place
    text: str


@dataclass(frozen=True)
class Compared:
    """What is known from all replies of an inquiry, against which each is read."""

    inquiry: Inquiry
    roster: Roster
    breaches: tuple[Finding, ...]
    outliers: dict[str, tuple[Outlier, ...]]

    def remarks(
        self, handed: Handed, setting: Setting, language: Language, *, alone: bool = False
    ) -> tuple[Remark, ...]:
        """Return what is to be looked at in one submission, in the order of SORTS.

        ``alone``: it is not the last one, so that nothing is known of it from the other replies.
        """
        found = [*self._examined(handed, setting, language)]
        if alone:
            return tuple(found)
        for one in self.breaches:
            if handed.municipality in one.municipalities:
                found.append(Remark(ACROSS, ("", one.rule.question), one.rule.message.text(language)))
        for far in self.outliers.get(handed.municipality, ()):
            found.append(Remark(OUTSTANDING, (far.row, far.question), wording_checking.outlier(far, language)))
        return tuple(sorted(found, key=lambda one: SORTS.index(one.sort)))

    def _examined(self, handed: Handed, setting: Setting, language: Language) -> Iterator[Remark]:
        """Yield what the officer confirmed, and the notes, as on the day when it was handed in."""
        then = replace(setting, municipality=handed.municipality, today=handed.submitted_at.date())
        questionnaire = self.inquiry.questionnaire
        for one in Examination(questionnaire, answers_of(handed.contents, questionnaire), then).problems():
            if one.level is not Level.ERROR:
                sort = CONFIRMED if one.level is Level.CONFIRM else NOTED
                yield Remark(sort, one.place, wording.problem(one, language))


def compared(database: Database, inquiry: Inquiry, roster: Roster) -> Compared:
    """Compare all replies of an inquiry."""
    key = (file_of(database), inquiry.id, newest_submission(database, inquiry), inquiry.questionnaire.digest, roster)
    known = _OUTLIERS.find(key)
    if known is None:
        known = _OUTLIERS.keep(key, outliers(take_cut(database, inquiry, moment())))
    return Compared(inquiry, roster, breaches(database, inquiry), known)


_OUTLIERS: Memory[tuple[str, int, int, str, Roster], dict[str, tuple[Outlier, ...]]] = Memory(most=16)


def answers_of(contents: Contents, questionnaire: Questionnaire) -> Answers:
    """Return what was handed in as answers that can be held against the questionnaire of now."""
    questions = questionnaire.questions
    entries = {
        place: Entry(questions[place[1]].kind.texts(value), value)
        for place, value in contents.values.items()
        if value is not None and place[1] in questions
    }
    return Answers(entries, {name: ids for name, ids in contents.rows.items() if name in questionnaire.tables})


def marks(remarks: Iterable[Remark], changes: Iterable[tuple[Place, str]]) -> dict[Place, list[Message]]:
    """Return the sentences beside single answers: what is to be looked at, then what was there before."""
    found: dict[Place, list[Message]] = {}
    for one in remarks:
        found.setdefault(one.place, []).append(Message(Level.CONFIRM, one.text))
    for place, text in changes:
        found.setdefault(place, []).append(Message(Level.NOTE, text))
    return found


def since_last_time(last: LastTime, contents: Contents) -> tuple[ShownChange, ...]:
    """Return what a submission says otherwise than the municipality's reply of last time.

    Rows of tables have nothing in common but what they say: they are held together by their headings.
    """
    found: list[ShownChange] = []
    for _, item in last.questionnaire.items():
        found += _of_table(item, last, contents) if isinstance(item, Table) else _of_answer(item, last, contents)
    return tuple(found)


def _of_answer(question: Question, last: LastTime, contents: Contents) -> Iterator[ShownChange]:
    earlier = last.earlier
    if question.prefilled or question.anew or not earlier.asked_same(question.name, last.questionnaire):
        return
    was, now = earlier.contents.value(question.name), contents.value(question.name)
    same = was == now or (isinstance(was, tuple) and isinstance(now, tuple) and set(was) == set(now))
    if same or not contents.asked(question.name) or not earlier.contents.asked(question.name):
        return
    answer = last.answer(question.name)
    sort: Sort = "answered" if was is None else "cleared" if now is None else "changed"
    before = "" if answer is None else answer.text
    yield ShownChange(question.name, _label(question, last), sort, before, _shown(question, now, last))


def _of_table(table: Table, last: LastTime, contents: Contents) -> Iterator[ShownChange]:
    heading = table.question(table.need.subject if table.need else table.questions[0].name)
    label = table.label.text(last.language)
    then = [row.heading for row in last.rows(table)]
    rows = contents.row_ids(table.name) if contents.asked(heading.name) or table.name in contents.rows else ()
    now = [_shown(heading, contents.value(heading.name, row), last) for row in rows]
    if not then:
        return
    for text in now:
        if text in then:
            then.remove(text)
        else:
            yield ShownChange(table.name, label, "row_added", "", text)
    for text in then:
        yield ShownChange(table.name, label, "row_removed", text, "")


def _label(question: Question, last: LastTime) -> str:
    return question.label.text(last.language)


def _shown(question: Question, value: object, last: LastTime) -> str:
    if value is None:
        return ""
    shown = question.kind.show(value, last.language, last.setting)
    unit = getattr(question.kind, "unit", None)
    return shown if unit is None else f"{shown} {unit.text(last.language)}"
