"""Opinions that come back in a 回答書: whose they are, which are not taken in, and why; each is kept once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import filling
import pytest
from openpyxl.workbook import Workbook
from sqlite_utils import Database
from story_books import opinion_cell, say
from telling import LEADER, Desk, desk_of
from town import DEADLINE

from exports.answers.anchors import END, LABEL, LONGEST_OPINION, SHEET
from exports.answers.books import letter_bytes, letter_of
from exports.answers.told import Told
from survey_app.opinions.findings import LetterReason, Sign
from survey_app.opinions.reporting import marked_book
from survey_app.opinions.taking import LetterBatch, TakenLetter
from survey_app.receiving.findings import Sign as CellSign
from survey_app.store.opinions import opinions, say_opinion
from survey_app.store.publications import Published

Step = Callable[[Workbook], object]
TEXT = "=時期を早めてください。\n２行目"


@dataclass
class Post:
    """A letter to one municipality, sent back after it went through hands."""

    desk: Desk
    published: Published

    @property
    def needs(self) -> tuple[Told, ...]:
        """What the municipality was told."""
        return self.published.contents.of(self.published.contents.told_to[0])

    def letter(self, *steps: Step) -> bytes:
        """The letter, changed."""
        code = self.needs[0].municipality
        content = letter_bytes(letter_of(self.published.contents, code, self.published.number, DEADLINE))
        return filling.changed(content, *steps) if steps else content

    def taken(self, content: bytes, *, dry: bool = False) -> TakenLetter:
        """What becomes of a workbook that came back."""
        (found,) = LetterBatch(self.desk.database, self.desk.inquiry, LEADER, dry=dry).take([("戻り.xlsx", content)])
        return found

    def stored(self) -> list[tuple[str, str]]:
        """The opinions as they are stored."""
        return [(one.key[1], one.text) for one in opinions(self.desk.database, self.desk.inquiry)]


@pytest.fixture
def post(sampled: Database) -> Iterator[Post]:
    desk = desk_of(sampled)
    desk.hand_in(desk.tax)
    return Post(desk, desk.publish())


def typed(control: str, text: str) -> Step:
    """Type a text into the cell for an opinion, as a text whatever it looks like."""
    return lambda book: filling.type_text(opinion_cell(book, control), text)


def without_names(book: Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def without_meta(book: Workbook) -> None:
    book.remove(book["_meta"])


def rows_inserted(book: Workbook) -> None:
    for area in list(book[SHEET].merged_cells.ranges):  # openpyxl leaves them where they were
        book[SHEET].unmerge_cells(str(area))
    book[SHEET].insert_rows(3, 2)
    without_names(book)


def labels_lost(book: Workbook) -> None:
    for row in book[SHEET].iter_rows(max_col=1):
        if str(row[0].value or "").startswith(LABEL):
            row[0].value = None


@pytest.mark.parametrize(
    "steps",
    [(), (without_names,), (without_meta,), (rows_inserted,), (labels_lost,)],
    ids=["as it was", "names", "meta", "rows", "labels"],
)
def test_an_opinion_is_kept_once_whatever_became_of_the_workbook(post: Post, steps: tuple[Step, ...]) -> None:
    need = post.needs[0]
    content = post.letter(typed(need.control, TEXT), *steps)
    assert post.taken(content, dry=True).new
    assert post.stored() == []
    first, second = post.taken(content), post.taken(content)
    assert (len(first.new), first.findings, len(second.new), len(second.said)) == (1, (), 0, 1)
    assert post.stored() == [(need.row, TEXT)]
    assert post.desk.acts().count("say_opinion") == 1


def test_a_blank_letter_says_nothing(post: Post) -> None:
    found = post.taken(post.letter())
    assert (found.whole, found.said, found.findings) == (True, (), ())


def test_what_was_said_on_the_page_is_not_kept_twice(post: Post) -> None:
    need = post.needs[0]
    say_opinion(post.desk.database, post.published, need.key, TEXT, "page", LEADER)
    assert post.taken(post.letter(typed(need.control, TEXT))).new == ()


def test_what_is_too_long_or_elsewhere_is_left_out_and_told_by_cell(post: Post) -> None:
    need = post.needs[0]

    def beside(book: Workbook) -> None:
        cell = opinion_cell(book, need.control)
        cell.offset(0, 1).value = "欄の右です"
        end = next(row[0] for row in book[SHEET].iter_rows(max_col=1) if row[0].value == END)
        end.offset(2, 0).value = "下です"

    content = post.letter(say(need.control, "あ" * (LONGEST_OPINION + 1)), beside)
    found = post.taken(content)
    assert [one.sign for one in found.findings] == [Sign.OUTSIDE, Sign.OUTSIDE, Sign.PROBLEM]
    assert (found.whole, post.stored()) == (False, [])
    assert found.findings[2].control == need.control
    assert filling.opened(marked_book(content, found)).sheetnames[0] == "確認事項"


def test_cells_in_doubt_and_needs_that_were_not_told(post: Post) -> None:
    need = post.needs[0]

    def other(book: Workbook) -> None:
        label = opinion_cell(book, need.control).offset(0, -1)
        label.value = f"{LABEL}（999999-01）"

    found = post.taken(post.letter(say(need.control, "宛て先違い"), other, without_names))
    assert [one.sign for one in found.findings] == [Sign.UNKNOWN_NEED]
    found = post.taken(post.letter(say(need.control, "=A1")))
    assert [one.sign for one in found.findings] == [CellSign.NOT_CALCULATED]
    assert post.stored() == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("inquiry", "cooperation_cases", LetterReason.OTHER_INQUIRY),
        ("publication", "7", LetterReason.UNKNOWN_PUBLICATION),
        ("digest", "0" * 64, LetterReason.UNKNOWN_PUBLICATION),
        ("municipality", "999999", LetterReason.NOT_TOLD),
    ],
)
def test_letters_of_others_are_refused(post: Post, name: str, value: str, reason: LetterReason) -> None:
    def changed(book: Workbook) -> None:
        for row in book["_meta"].iter_rows():
            if row[0].value == name:
                row[1].value = value
        for row in book[SHEET].iter_rows(max_col=1):
            if "整理番号" in str(row[0].value):
                row[0].value = None

    found = post.taken(post.letter(say(post.needs[0].control, TEXT), changed))
    assert found.refusal is not None
    assert found.refusal.reason is reason
    assert post.stored() == []


def test_two_letters_in_one_and_another_workbook(post: Post, tmp_path: Path) -> None:
    def another_line(book: Workbook) -> None:
        book[SHEET]["A1"].value = f"整理番号：{post.desk.inquiry.name}/999999/公表1/{'0' * 12}"

    found = post.taken(post.letter(another_line))
    assert found.refusal is not None
    assert found.refusal.reason is LetterReason.CONTRADICTORY
    file = BytesIO()
    Workbook().save(file)
    found = post.taken(file.getvalue())
    assert found.refusal is not None
    assert found.refusal.reason is LetterReason.NOT_A_LETTER


def test_a_newer_publication_is_mentioned(post: Post) -> None:
    content = post.letter(typed(post.needs[0].control, "前の回への意見"))
    post.desk.hand_in(post.desk.people)
    post.desk.publish("two")
    found = post.taken(content)
    assert [one.sign for one in found.findings] == [Sign.OLD_PUBLICATION]
    assert (found.whole, len(post.stored())) == (True, 1)
