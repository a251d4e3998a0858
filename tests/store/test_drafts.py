"""Drafts of inquiries: nobody is overwritten, one token makes one draft, one confirmation one inquiry."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlite_utils import Database
from town import OPENED

from questions.reading import read_catalogue
from survey_app.store.audit import Who
from survey_app.store.calendar import open_dues
from survey_app.store.drafts import (
    Draft,
    DraftChanged,
    DraftSettled,
    Edit,
    Origin,
    choose_questionnaire,
    discard_draft,
    draft_of,
    drafts,
    find_draft,
    mark,
    open_draft,
    save_draft,
    start_draft,
)
from survey_app.store.inquiries import InquiryExists, NewInquiry, find_inquiry, standings

FIRST, SECOND = Who(None, "佐藤 花子", OPENED), Who(None, "鈴木 一郎", OPENED + timedelta(minutes=1))
CATALOGUE = Origin("catalogue", "support_needs")
Begin = Callable[..., Draft]


@pytest.fixture
def begin(database: Database) -> Begin:
    """Begin a draft: ``begin(title="…")``."""

    def begun(token: str = "token", **texts: str) -> Draft:
        return start_draft(database, read_catalogue("support_needs"), texts, (CATALOGUE, token), FIRST)

    return begun


def edit(draft: Draft, **texts: str) -> Edit:
    """What the page of a draft sends: the marks are those of the texts that it was opened with."""
    return Edit(texts, {name: mark(draft.text(name)) for name in texts})


def new(draft: Draft, name: str = "fresh") -> NewInquiry:
    """What a draft is opened as."""
    assert draft.questionnaire is not None
    return NewInquiry(name, "件名", "課", "趣旨", draft.questionnaire, OPENED + timedelta(days=20), ("074446",))


def events(database: Database) -> list[str]:
    """The acts of the trail about drafts."""
    acts = "('start_draft', 'save_draft', 'choose_questionnaire', 'discard_draft', 'open_draft')"
    return [row[0] for row in database.execute(f"SELECT act FROM event WHERE act IN {acts} ORDER BY id")]


def test_it_keeps_texts_as_they_were_typed(database: Database, begin: Begin) -> None:
    typed = "　=SUM(A1)\n−５　㈱　"
    draft = save_draft(database, begin(title="件名"), Edit({"purpose": typed}), SECOND).draft
    assert (draft.text("title"), draft.text("purpose"), draft.text("letter_body")) == ("件名", typed, "")
    assert (draft.revision, draft.made_by, draft.changed_by) == (2, "佐藤 花子", "鈴木 一郎")
    assert draft.questionnaire == read_catalogue("support_needs")
    assert drafts(database) == (draft,)
    assert events(database) == ["start_draft", "save_draft"]
    row = database.execute("SELECT before, after FROM event ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(row[0]) == {"draft": draft.id, "purpose": ""}
    assert json.loads(row[1]) == {"draft": draft.id, "purpose": typed}


def test_one_token_makes_one_draft(database: Database, begin: Begin) -> None:
    assert begin("once", title="一").id == begin("once", title="二").id
    assert [one.text("title") for one in drafts(database)] == ["一"]
    save_draft(database, begin("once"), Edit({"title": "三"}), SECOND)
    assert begin("once").text("title") == "三"


def test_different_fields_of_two_officials_merge(database: Database, begin: Begin) -> None:
    seen = begin(title="件名", purpose="趣旨")
    save_draft(database, seen, edit(seen, title="新しい件名", purpose="趣旨"), FIRST)
    saved = save_draft(database, seen, edit(seen, title="件名", purpose="別の趣旨"), SECOND)
    assert saved.clashes == ()
    assert (saved.draft.text("title"), saved.draft.text("purpose")) == ("新しい件名", "別の趣旨")


def test_the_same_field_is_told_and_not_overwritten(database: Database, begin: Begin) -> None:
    seen = begin(title="件名")
    save_draft(database, seen, edit(seen, title="佐藤の件名"), FIRST)
    saved = save_draft(database, seen, edit(seen, title="鈴木の件名", issuer="課"), SECOND)
    (clash,) = saved.clashes
    assert (clash.name, clash.mine, clash.theirs, clash.by) == ("title", "鈴木の件名", "佐藤の件名", "佐藤 花子")
    assert (saved.draft.text("title"), saved.draft.text("issuer")) == ("佐藤の件名", "課")
    chosen = save_draft(database, seen, edit(saved.draft, title="鈴木の件名"), SECOND)
    assert chosen.draft.text("title") == "鈴木の件名"


def test_saving_nothing_new_is_no_change(database: Database, begin: Begin) -> None:
    draft = begin(title="件名")
    assert save_draft(database, draft, edit(draft, title="件名"), SECOND).draft.revision == 1
    assert events(database) == ["start_draft"]


def test_another_questionnaire_is_taken_unless_somebody_was_first(database: Database, begin: Begin) -> None:
    seen = begin(title="件名")
    other = read_catalogue("cooperation_cases")
    remarks = (("survey", "B2", "x", "日本語", "English"),)
    held = choose_questionnaire(database, seen, other, Origin("file", "a.xlsx", remarks=remarks), FIRST)
    assert (held.questionnaire, held.text("title"), held.origin.remarks) == (other, "件名", remarks)
    with pytest.raises(DraftChanged):
        choose_questionnaire(database, seen, read_catalogue("grant_small"), CATALOGUE, SECOND)
    assert find_draft(database, seen.id).questionnaire == other


def test_a_questionnaire_that_can_no_longer_be_read_must_be_chosen_anew(database: Database, begin: Begin) -> None:
    draft = begin(title="件名")
    database.execute("INSERT INTO questionnaire VALUES ('faulty', 'x', '{\"name\": \"x\"}', '2026-01-01')")
    database.execute("UPDATE inquiry_draft SET questionnaire = 'faulty'")
    broken = find_draft(database, draft.id)
    assert broken.questionnaire is None
    mended = choose_questionnaire(database, broken, read_catalogue("support_needs"), CATALOGUE, SECOND)
    assert mended.questionnaire is not None


def test_it_is_opened_once(database: Database, begin: Begin) -> None:
    draft = begin(title="件名")
    opened = open_draft(database, draft, new(draft), SECOND)
    again = open_draft(database, draft, new(draft, "another"), SECOND)
    assert again == opened == find_inquiry(database, "fresh")
    assert [one.municipality for one in standings(database, opened)] == ["074446"]
    assert drafts(database) == ()
    kept = draft_of(database, opened)
    assert kept is not None
    assert (kept.id, kept.inquiry) == (draft.id, "fresh")
    assert events(database).count("open_draft") == 1
    for act in (
        lambda: save_draft(database, draft, Edit({"title": "遅い"}), FIRST),
        lambda: choose_questionnaire(database, draft, read_catalogue("grant_small"), CATALOGUE, FIRST),
        lambda: discard_draft(database, draft, FIRST),
    ):
        with pytest.raises(DraftSettled):
            act()


def test_what_was_shown_is_what_is_opened(database: Database, begin: Begin) -> None:
    shown = begin(title="件名")
    save_draft(database, shown, Edit({"title": "あとの件名"}), SECOND)
    with pytest.raises(DraftChanged):
        open_draft(database, shown, new(shown), FIRST)
    assert find_draft(database, shown.id).inquiry is None


def test_a_name_that_is_taken_opens_nothing(database: Database, begin: Begin) -> None:
    draft = begin()
    with pytest.raises(InquiryExists):
        open_draft(database, draft, new(draft, "support_needs"), FIRST)
    assert find_draft(database, draft.id).inquiry is None
    assert events(database) == ["start_draft"]


def test_a_discarded_draft_stays_in_the_trail(database: Database, begin: Begin) -> None:
    draft = begin(title="件名")
    discard_draft(database, draft, SECOND)
    discard_draft(database, draft, SECOND)
    assert drafts(database) == ()
    assert find_draft(database, draft.id).discarded
    assert events(database) == ["start_draft", "discard_draft"]
    before = database.execute("SELECT before FROM event WHERE act = 'discard_draft'").fetchone()[0]
    assert json.loads(before)["title"] == "件名"
    with pytest.raises(DraftSettled):
        open_draft(database, draft, new(draft), FIRST)


def test_there_is_no_such_draft(database: Database) -> None:
    with pytest.raises(LookupError):
        find_draft(database, 99)


def test_only_inquiries_that_take_replies_are_due(database: Database) -> None:
    dues = open_dues(database, OPENED)
    assert len(dues) == 4
    assert {len(one.targets) for one in dues} == {59}
    database.execute("UPDATE inquiry SET closed_at = '2026-11-20T09:00:00+09:00' WHERE name = 'grant_small'")
    database.execute("UPDATE inquiry SET cancelled_at = '2026-11-20T09:00:00+09:00' WHERE name = 'support_needs'")
    assert len(open_dues(database, OPENED)) == 2
    assert open_dues(database, OPENED + timedelta(days=60)) == ()
