"""No need and no municipality's name reaches a reader who may not see it, in no part of any file that is handed out."""

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from book_hands import handled
from book_hands import put as respond
from caging import cage_of
from canaries import ANSWERS, DRAFTING, NEED, THIRD, TOWNS, Cage, Canary, named
from every_part import found_in
from filling import changed, put
from round_desk import LEADER
from town import DEADLINE, OTHER, OWN, fukushima

from exports.answers.books import all_letters, letter_bytes, letter_of, list_bytes
from exports.compiled import write_compiled
from exports.data.writing import write_data
from exports.xlsform.writing import write_xlsform
from survey_app.consulting.books import division_book, zipped_books
from survey_app.consulting.marking import marked_book as marked_division_book
from survey_app.consulting.matters import consultation
from survey_app.consulting.taking import Expected
from survey_app.consulting.taking import receive as receive_division_book
from survey_app.receiving.forms import earlier_of, form_book
from survey_app.receiving.marking import marked_book
from survey_app.receiving.taking import receive
from survey_app.store.cuts import take_cut
from survey_app.store.database import connect
from survey_app.store.returns import open_items
from survey_app.store.rounds import asked, rounds

Wanted = Callable[[Canary], bool]
SAID = frozenset({"R2", "R3", "R5", "R6", "R7"})
NAMES = {one.code: one.name for one in fukushima()}


@pytest.fixture(scope="module")
def cage(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cage]:
    """The inquiry with its canaries; the tests only read it."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("cage") / "shokai.db"))
    with connect(path) as database:
        yield cage_of(database)


def look(cage: Cage, content: bytes, must: Wanted, may: Wanted = lambda _one: False) -> None:
    """Look into every part of a file for the canaries that must stand there, and those that must not."""
    found, parts = found_in(content, cage.canaries)
    assert parts
    assert named(one for one in found if not (must(one) or may(one))) == [], "read by somebody who may not"
    missing = named(one for one in cage.canaries if must(one) and one not in found)
    assert missing == [], "the canaries are not where they should be"


def without_names(content: bytes, towns: tuple[str, ...]) -> None:
    """No name and no code of some municipalities stands in a file."""
    words = [word for town in towns for word in (NAMES[town], town)]
    found, _ = found_in(content, [Canary(word, "name") for word in words])
    assert named(found) == []


def test_there_are_canaries_of_all_kinds(cage: Cage) -> None:
    kinds = {one.what.removeprefix("unsaid ") for one in cage.canaries}
    assert kinds > ANSWERS | SAID | {"message", "file", "reason", "opinion", "remark", "call", "merge", "comment"}
    assert len({one.text for one in cage.canaries}) == len(cage.canaries) > 400


# ---- 回答票


def _form(cage: Cage, town: str, inquiry: str = "support_needs") -> bytes:
    reply = cage.reply(town, LEADER, inquiry)
    returned = {place: item.reason for place, item in open_items(cage.database, reply).items()}
    return form_book(reply, DEADLINE, returned=returned, earlier=earlier_of(cage.database, reply))


def _retyped(cage: Cage, one: Canary) -> bool:
    """Does another text stand there now, which was not handed in?"""
    return any((other.what, other.key) == (f"unsaid {one.what}", one.key) for other in cage.canaries)


def _in_form(cage: Cage, town: str) -> Wanted:
    """All that the town has answered, as it stands now, and why items came back."""

    def wanted(one: Canary) -> bool:
        answer = one.what.removeprefix("unsaid ") in ANSWERS and not _retyped(cage, one)
        return one.town == town and (answer or one.what in ("row", "reason"))

    return wanted


@pytest.mark.parametrize("town", TOWNS)
def test_a_form_holds_one_municipality_alone(cage: Cage, town: str) -> None:
    look(cage, _form(cage, town), _in_form(cage, town))


@pytest.mark.parametrize("town", TOWNS)
def test_a_marked_form_holds_one_municipality_alone(cage: Cage, town: str) -> None:
    sent = changed(_form(cage, town), put("H1", "多数"), put("A6", "x"))
    reply = cage.reply(town, LEADER)
    marked = marked_book(sent, receive(cage.database, reply, sent, file="回答票.xlsx", sure=True))
    kept = _in_form(cage, town)
    look(cage, marked, lambda one: kept(one) and not one.what.endswith("A6"), kept)
    assert found_in(marked, [Canary("多数", "typed")])[0]


@pytest.mark.parametrize("town", TOWNS)
def test_a_form_shows_whom_this_town_named_elsewhere(cage: Cage, town: str) -> None:
    """The contact is filled in from another inquiry, in grey: the municipality's own."""
    contact = ("A2", "A3", "A4", "A5", "A6") if town != DRAFTING else ()
    look(cage, _form(cage, town, "cooperation_cases"), lambda one: one.town == town and one.what in contact)


@pytest.mark.parametrize("town", [OWN, OTHER])
def test_files_are_named_in_their_own_form_only(cage: Cage, town: str) -> None:
    wanted = ("Q", "file")
    look(cage, _form(cage, town, "with_files"), lambda one: one.town == town and one.what in wanted)


# ---- 関係課別


def _in_book(cage: Cage, division: int, number: int) -> tuple[Wanted, Wanted]:
    """What the division is asked, in all its columns, and its own responses of this round; of before what it saw."""
    keys = {one.key for one in asked(cage.database, rounds(cage.database, cage.inquiry)[number - 1], division=division)}
    before = {one.key for one in asked(cage.database, cage.first, division=division)} if number == 2 else set()
    beside = {other for other, first in cage.merged.items() if first in keys}

    def must(one: Canary) -> bool:
        needs = one.key in keys and one.what in (*NEED, "row", "control")
        named_beside = one.key in beside and one.what in ("D5", "control")
        told = number == 1 and one.division == division and one.what.removeprefix("unsaid ") in SAID
        remark = number == 1 and one.division == division and one.what == "remark"
        said = one.key in keys | beside and one.what == "opinion"
        return needs or named_beside or told or remark or said or (one.what == "request" and number == 2)

    def may(one: Canary) -> bool:
        return one.key in before and one.what.removeprefix("unsaid ") in SAID

    return must, may


def _books(cage: Cage) -> list[tuple[int, int]]:
    desk = cage.desk
    return [(1, desk.tax), (1, desk.people), (2, desk.tax), (2, desk.people), (2, cage.third)]


@pytest.mark.parametrize("place", range(5))
def test_a_division_reads_what_it_is_asked(cage: Cage, place: int) -> None:
    number, division = _books(cage)[place]
    held = consultation(cage.database, cage.inquiry, number)
    content = division_book(cage.database, held, division, DEADLINE)
    must, may = _in_book(cage, division, number)
    look(cage, content, must, may)
    without_names(content, (DRAFTING, THIRD) if division == cage.third else (DRAFTING,))
    marked = _marked(cage, content, division, number)
    look(cage, marked, must, may)
    assert found_in(marked, [Canary("いつか", "typed")])[0]


def _marked(cage: Cage, content: bytes, division: int, number: int) -> bytes:
    key = next(
        one.key for one in asked(cage.database, rounds(cage.database, cage.inquiry)[number - 1], division=division)
    )
    sent = ("返送.xlsx", handled(content, respond(key, {"R4": "いつか"})))
    expected = Expected(number, division)
    return marked_division_book(sent[1], receive_division_book(cage.database, cage.inquiry, sent, expected, DEADLINE))


def test_the_zip_of_all_books_holds_each_as_it_is(cage: Cage) -> None:
    held = consultation(cage.database, cage.inquiry, 1)
    with zipfile.ZipFile(io.BytesIO(zipped_books(cage.database, held, DEADLINE))) as packed:
        books = {name: packed.read(name) for name in packed.namelist()}
    assert len(books) == 2
    for name, content in books.items():
        look(cage, content, *_in_book(cage, int(name.split("_")[-2]), 1))


# ---- 回答書 and the shared list


def _in_letter(cage: Cage, town: str) -> Wanted:
    """Its needs whatever was disclosed, and what was handed in about them."""
    told = cage.told(town)
    needs = ("D5", "D6", "control")
    return lambda one: (
        (one.what in needs and one.key in cage.fields and one.town == town) or (one.what in SAID and one.key in told)
    )


def _own_row(town: str) -> Wanted:
    """By which an opinion that is written into the letter finds its need."""
    return lambda one: one.town == town and one.what == "row"


@pytest.mark.parametrize("town", [OWN, OTHER, THIRD])
def test_a_letter_holds_one_municipality_alone(cage: Cage, town: str) -> None:
    published = cage.published
    content = letter_bytes(letter_of(published.contents, town, published.number, published.published_at))
    look(cage, content, _in_letter(cage, town), _own_row(town))
    without_names(content, tuple(one for one in TOWNS if one != town))


def _in_list(cage: Cage) -> Wanted:
    """Subject, detail and answers of what may be shared, without the persons whom divisions name."""
    shared = cage.shared()
    answered = set(shared.values())
    return lambda one: (
        (one.what in ("D5", "D6") and one.key in shared) or (one.what in SAID - {"R7"} and one.key in answered)
    )


def test_the_shared_list_holds_what_may_be_shared(cage: Cage) -> None:
    content = list_bytes(cage.published.contents, DEADLINE)
    look(cage, content, _in_list(cage))
    without_names(content, (THIRD, DRAFTING))
    names, _ = found_in(content, [Canary(NAMES[town], "name") for town in (OWN, OTHER)])
    assert len(names) == 2, "those that let their names be known are named"
    codes, _ = found_in(content, [Canary(town, "code") for town in TOWNS])
    assert named(codes) == []


def test_the_zip_of_letters_holds_the_letters_and_the_list(cage: Cage) -> None:
    published = cage.published
    content = all_letters(published.contents, published.number, published.published_at)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    look(cage, held.pop("要望と回答の一覧.xlsx"), _in_list(cage))
    assert len(held) == 3
    for name, letter in held.items():
        town = name.split("_")[1]
        look(cage, letter, _in_letter(cage, town), _own_row(town))
        without_names(letter, tuple(one for one in TOWNS if one != town))


# ---- What all may have, and what counts


def test_a_questionnaire_holds_nobodys_words(cage: Cage) -> None:
    file = io.BytesIO()
    write_xlsform(cage.inquiry.questionnaire, file, DEADLINE)
    look(cage, file.getvalue(), lambda _one: False)
    without_names(file.getvalue(), TOWNS)


@pytest.mark.parametrize("ending", [".book", ".xlsx", ".zip"])
def test_what_was_not_handed_in_is_in_no_book_of_figures(cage: Cage, ending: str, tmp_path: Path) -> None:
    """The compiled book and the data hold what was handed in: nothing typed since, no draft, nothing said beside."""
    cut = take_cut(cage.database, cage.inquiry, DEADLINE)
    file = tmp_path / f"x{ending}"
    if ending == ".book":
        write_compiled(cut, file)
    else:
        write_data(cut, file)
    look(cage, file.read_bytes(), lambda one: one.what in ANSWERS, lambda one: one.what in ("row", "control"))
    drafted = [one for one in cage.canaries if one.town == DRAFTING]
    assert len(drafted) > 60
    assert found_in(file.read_bytes(), drafted)[0] == set()
