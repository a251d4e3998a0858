"""A questionnaire changes while it is answered: no answer moves or goes, and only the affected are asked again."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from random_changes import (
    OFFICIAL,
    change,
    document_of,
    each_value_under_its_question,
    handed_in,
    present,
    random_change,
    stored_texts,
)
from sqlite_utils import Database
from town import DEADLINE, OPENED
from typing_in import NIL_REPLY, changes

from exports.compiled import write_compiled
from questions import editing
from questions.carrying_over import revised
from questions.life import State
from questions.problems import Level
from survey_app.receiving.forms import form_book
from survey_app.receiving.opening import Opener
from survey_app.receiving.received import Verdict
from survey_app.receiving.taking import receive
from survey_app.sample import Run, hand_in
from survey_app.store.approvals import ask_approval, last_approval
from survey_app.store.audit import Who
from survey_app.store.closing import close_inquiry
from survey_app.store.cuts import take_cut
from survey_app.store.database import connect
from survey_app.store.fixed_cuts import fix_cut, load_cut
from survey_app.store.former import keep_former
from survey_app.store.impacts import impact
from survey_app.store.inquiries import find_inquiry, softened, standings
from survey_app.store.overtaking import Overtaken
from survey_app.store.proposals import NotLive, find_proposal, keep_proposal
from survey_app.store.replies import Changes, Reply, Surroundings, find_reply, save_answers
from survey_app.store.returns import open_items
from survey_app.store.revisions import CannotChange, NoReason, Revision, apply_revision, revisions
from survey_app.store.rosters import roster
from survey_app.store.submissions import ChangedMeanwhile, Order, submit

NEW = {"name": "A10", "kind": "line", "label": {"ja": "緊急時の連絡先", "en": "In urgent cases"}, "required": True}
CHANGES, SEEDS = 4, (1, 2, 3)


@pytest.fixture(scope="session")
def prepared_live(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """様式1 with 40 replies that were handed in and 10 that were begun, the answers of others in them."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("live") / "shokai.db"))
    with connect(path) as database:
        hand_in(database, present(database), Run(40, 2, until=DEADLINE), lambda _done: None)
        targets = standings(database, present(database))
        done = [one.municipality for one in targets if one.number is not None]
        blank = [one.municipality for one in targets if one.changed_at is None]
        for code, other in zip(blank[:10], done, strict=False):
            begin_like(database, code, other)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def begin_like(database: Database, code: str, other: str) -> None:
    """Begin a reply with another's answers."""
    who = Who(None, "担当", OPENED)
    answers = reply_of(database, other).answers
    here = find_reply(database, present(database), code, Surroundings(roster(database), who))
    save_answers(database, here, Changes(0, answers.entries, answers.rows), who)


@pytest.fixture(scope="session")
def opener() -> Iterator[Opener]:
    """One process that opens all files of the tests."""
    with Opener() as held:
        yield held


@pytest.fixture
def live(prepared_live: Path, path: Path) -> Iterator[Database]:
    """This test's own database, with 40 submissions and 10 drafts in it."""
    shutil.copy(prepared_live, path)
    with connect(path) as opened:
        yield opened


def reply_of(database: Database, code: str) -> Reply:
    return find_reply(database, present(database), code, Surroundings(roster(database), OFFICIAL))


def in_state(database: Database, state: State) -> str:
    return next(one.municipality for one in standings(database, present(database)) if one.state is state)


def test_there_are_forty_submissions_and_ten_drafts(live: Database) -> None:
    found = standings(live, present(live))
    assert sum(one.number is not None for one in found) == 40
    assert sum(one.number is None and one.changed_at is not None for one in found) >= 10


@pytest.mark.parametrize("seed", SEEDS)
def test_no_change_moves_or_loses_an_answer(live: Database, tmp_path: Path, opener: Opener, seed: int) -> None:
    random = Random(seed)
    texts, contents = stored_texts(live), handed_in(live)
    for number in range(1, CHANGES + 1):
        change(live, random_change(live, random))
        assert stored_texts(live) == texts
        assert handed_in(live) == contents
        assert len(revisions(live, present(live))) == number
    each_value_under_its_question(live, tmp_path)
    for code in random.sample([code for code, _ in contents], 2):
        the_form_comes_back_unchanged(live, code, opener)


def the_form_comes_back_unchanged(database: Database, code: str, opener: Opener) -> None:
    reply = reply_of(database, code)
    received = receive(database, reply, form_book(reply, OPENED), opener=opener)
    assert received.refusal is None
    assert {line.verdict for line in received.lines} <= {Verdict.UNCHANGED}


def test_the_impact_says_whom_it_concerns(live: Database) -> None:
    wanted = editing.option_retired(document_of(live), "B4", "TAX")
    wanted = editing.with_question(editing.retired(wanted, "A9"), "A5", NEW, {})
    after = revised(present(live).questionnaire, wanted)
    found = impact(live, present(live), after, OFFICIAL)
    begun = [one for one in standings(live, present(live)) if one.changed_at is not None]
    assert [one.municipality for one in found] == [one.municipality for one in begun]
    for one in found:
        answers = reply_of(live, one.municipality).answers
        assert ("", "A10") in one.asked
        assert ("required:A10", ("", "A10")) in one.broken
        assert (("", "A9") in one.unasked) == bool(answers.entry("A9").texts)
        assert (("", "B4") in one.unoffered) == ("TAX" in (answers.value("B4") or ()))


def test_only_the_affected_are_asked_again_and_only_for_that(live: Database) -> None:
    code, other = in_state(live, State.SUBMITTED), in_state(live, State.ACCEPTED)
    change(live, editing.with_question(document_of(live), "A5", NEW, {}), frozenset({code}))
    asked = reply_of(live, code)
    assert asked.state is State.RETURNED
    assert list(open_items(live, asked)) == [("", "A10")]
    assert reply_of(live, other).state is State.ACCEPTED
    with pytest.raises(Exception, match="item"):
        save_answers(live, asked, changes(asked, {"A2": "別の課"}), OFFICIAL)
    saved = save_answers(live, asked, changes(asked, {"A10": "090-0000-0000"}), OFFICIAL)
    assert not saved.conflicts


def test_new_rules_warn_those_who_handed_in_and_bind_those_who_did_not(live: Database) -> None:
    done = in_state(live, State.SUBMITTED)
    begun = next(one.municipality for one in standings(live, present(live)) if one.changed_at and one.number is None)
    change(live, editing.with_question(document_of(live), "A5", NEW, {}))
    levels = {}
    for code in (done, begun):
        problems = reply_of(live, code).examination().problems()
        levels[code] = {one.level for one in problems if one.question == "A10"}
    assert levels == {done: {Level.NOTE}, begun: {Level.ERROR}}
    assert softened(live, present(live), begun)[1] == frozenset()


def test_a_waiting_approval_is_cancelled_and_says_why(
    database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    who = around().who
    save_answers(database, reply(), changes(reply(), NIL_REPLY | {"B2": "none"}), who)
    ask_approval(database, reply(), Order(reply().revision, "t"), who)
    change(database, editing.reworded(document_of(database), "A5", editing.Wording({"ja": "電話", "en": "Tel"})))
    found = last_approval(database, reply())
    assert found is not None
    assert found.outcome == "cancelled"
    assert found.comment == "実態に合わせるため"
    assert find_reply(database, present(database), found_code(reply), around()).state is State.DRAFT


def found_code(reply: Callable[..., Reply]) -> str:
    return reply().municipality


def test_a_page_of_before_hands_nothing_in_that_nobody_saw(
    database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    who = around().who
    save_answers(database, reply(), changes(reply(), NIL_REPLY | {"B2": "none"}), who)
    seen = reply()
    change(database, editing.retired(document_of(database), "A9"))
    with pytest.raises(ChangedMeanwhile):
        submit(database, seen, Order(seen.revision, "token"), who)


def test_what_an_old_page_sends_for_a_retired_question_is_kept(
    database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    change(database, editing.retired(document_of(database), "A9"))
    now = find_reply(database, present(database), reply().municipality, around())
    assert keep_former(database, now, {"A9": ["８総行第９号"], "A2": ["総務課"]}, around().who)
    assert not keep_former(database, now, {"A9": ["８総行第９号"]}, around().who)
    assert [text for (_, _, name), text in stored_texts(database).items() if name == "A9"] == ['["８総行第９号"]']


def test_a_fixed_cut_stays_as_it_was(live: Database, tmp_path: Path) -> None:
    fix_cut(live, present(live), "第1次集計", "token", OFFICIAL)
    write_compiled(load_cut(live, present(live), 1), tmp_path / "before.xlsx")
    change(live, editing.moved(editing.retired(document_of(live), "A9"), "A5", -1))
    write_compiled(load_cut(live, present(live), 1), tmp_path / "after.xlsx")
    assert (tmp_path / "before.xlsx").read_bytes() == (tmp_path / "after.xlsx").read_bytes()
    names = list(take_cut(live, present(live), DEADLINE).questionnaire.questions)
    assert "A9" in names
    assert names.index("A5") == names.index("A4") - 1


def test_it_happens_once_and_only_as_it_was_looked_at(live: Database) -> None:
    inquiry = present(live)
    wanted = revised(inquiry.questionnaire, editing.retired(document_of(live), "A9"))
    keep_proposal(live, inquiry, wanted, inquiry.questionnaire.digest, OFFICIAL)
    with pytest.raises(Overtaken):
        keep_proposal(live, inquiry, inquiry.questionnaire, "somebody else's", OFFICIAL)
    with pytest.raises(Overtaken):
        apply_revision(live, inquiry, Revision("理由", inquiry.questionnaire.digest, "t"), OFFICIAL)
    with pytest.raises(NoReason):
        apply_revision(live, inquiry, Revision(" ", wanted.digest, "t"), OFFICIAL)
    order = Revision("理由", wanted.digest, "t")
    made = [apply_revision(live, inquiry, order, OFFICIAL).number for _ in range(2)]
    assert made == [1, 1]
    assert find_proposal(live, present(live)) is None
    with pytest.raises(CannotChange):
        apply_revision(live, inquiry, Revision("理由", wanted.digest, "other"), OFFICIAL)


def test_a_closed_inquiry_is_not_changed(live: Database) -> None:
    inquiry = present(live)
    wanted = revised(inquiry.questionnaire, editing.retired(document_of(live), "A9"))
    close_inquiry(live, inquiry, OFFICIAL)
    with pytest.raises(NotLive):
        keep_proposal(live, find_inquiry(live, inquiry.name), wanted, inquiry.questionnaire.digest, OFFICIAL)
