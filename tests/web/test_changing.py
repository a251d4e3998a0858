"""The division changes a live questionnaire: edits, faults, two officials, the impact, the change, the history."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from random_changes import present
from sqlite_utils import Database
from town import OWN
from typing_in import NIL_REPLY, changes

from exports.xlsform.writing import write_xlsform
from questions.life import State
from questions.reading import read_catalogue
from survey_app.store.closing import close_inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply, save_answers
from survey_app.store.revisions import revisions
from survey_app.store.submissions import Order, submit

AT = "/board/support_needs/change"


def seen(page: str) -> str:
    """The proposal that a page shows."""
    return re.findall(r'name="seen" value="([^"]*)"', page)[0]


def token(page: str) -> str:
    return re.findall(r'name="token" value="([^"]*)"', page)[0]


def fields(page: str) -> dict[str, object]:
    """The texts that stand in the fields of a question's page."""
    found = dict(re.findall(r'<input class="control"[^>]* name="([^"]+)" type="text" value="([^"]*)"', page))
    areas = re.findall(r'<textarea class="control"[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    required = {"required": "1"} if re.search(r'name="required" value="1" checked', page) else {}
    return {**found, **dict(areas), **required, "seen": seen(page)}


def edit(desk: Any, name: str, status: int = 303, **typed: object) -> str:
    """Send a question's page with some fields changed."""
    page = desk.get(f"{AT}/questions/{name}")
    answer: str = desk.post(f"{AT}/questions/{name}", {**fields(page), "act": "words", **typed}, status)
    return answer


def make(desk: Any, status: int = 303, **typed: object) -> str:
    """Make the proposed change."""
    page = desk.get(f"{AT}/impact")
    sent = {"seen": seen(page), "token": token(page), "reason": "実態に合わせるため", "again": "none", **typed}
    answer: str = desk.post(f"{AT}/impact", sent, status)
    return answer


@pytest.fixture
def desk(browser: Callable[..., Any]) -> Any:
    return browser("division")


@pytest.fixture
def handed_in(reply: Callable[..., Reply], database: Database, around: Callable[..., Surroundings]) -> None:
    """三島町 has handed in 該当なし."""
    who = around().who
    save_answers(database, reply(), changes(reply(), {**NIL_REPLY, "B2": "none"}), who)
    submit(database, reply(), Order(reply().revision, "token"), who)


def test_a_label_is_corrected_only_when_the_change_is_made(desk: Any, database: Database) -> None:
    edit(desk, "A5", label_ja="電話番号（代表）")
    assert present(database).questionnaire.questions["A5"].label.ja != "電話番号（代表）"
    assert "A5 の文を" in desk.get(AT)
    assert make(desk).endswith("/change/history")
    assert present(database).questionnaire.questions["A5"].label.ja == "電話番号（代表）"
    page = desk.get(f"{AT}/history")
    for told in ("実態に合わせるため", "県庁 太郎", "電話番号（代表）"):
        assert told in page


def test_choices_are_added_reworded_and_retired(desk: Any, database: Database) -> None:
    page = desk.get(f"{AT}/questions/B4")
    assert "D2、D3" in page
    edit(desk, "B4", **{"option_new_ja": "広域連携", "option.LAW.ja": "政策法務の支援", "act": "retire_option:TAX"})
    make(desk)
    codes = {one.code: one.label.ja for one in present(database).questionnaire.questions["B4"].kind.options(None)}  # type: ignore[arg-type]
    assert "TAX" not in codes
    assert codes["x1"] == "広域連携"
    assert codes["LAW"] == "政策法務の支援"


def test_a_question_is_added_and_moved(desk: Any, database: Database) -> None:
    page = desk.get(f"{AT}/questions/A5/new")
    typed = {"label_ja": "連絡の方法", "kind": "one", "options": "電話 / Telephone\nメール", "seen": seen(page)}
    assert desk.post(f"{AT}/questions/A5/new", typed).endswith("#q-A10")
    page = desk.get(AT)
    desk.post(f"{AT}/questions/A10/move", {"act": "up", "seen": seen(page)})
    make(desk)
    names = list(present(database).questionnaire.questions)
    assert names.index("A10") == names.index("A5") - 1
    labels = [one.label.en for one in present(database).questionnaire.questions["A10"].kind.options(None)]  # type: ignore[arg-type]
    assert labels == ["Telephone", "メール"]


def test_what_was_typed_stays_when_something_is_wrong(desk: Any) -> None:
    page = edit(desk, "A5", 422, label_ja="", hint_ja="消えてはならない説明")
    assert "消えてはならない説明" in page
    assert "設問の文を入力してください。" in page
    page = desk.get(f"{AT}/questions/A5/new")
    page = desk.post(
        f"{AT}/questions/A5/new", {"label_ja": "消えない", "kind": "several", "options": "", "seen": seen(page)}, 422
    )
    assert "消えない" in page
    page = desk.get(f"{AT}/rules/new")
    typed = {"at": "H2", "expression": "${H2} <", "message_ja": "消えない文", "level": "error", "seen": seen(page)}
    page = desk.post(f"{AT}/rules/new", typed, 422)
    assert "消えない文" in page
    assert "${H2} &lt;" in page


def test_what_others_depend_on_is_not_retired(desk: Any) -> None:
    page = edit(desk, "B2", 422, act="retire")
    assert "B3 がこの設問を使っています" in page
    edit(desk, "B3", act="retire")
    edit(desk, "B2", act="retire")
    assert "廃止します" in desk.get(AT)


def test_two_officials_do_not_overwrite_each_other(desk: Any, browser: Callable[..., Any]) -> None:
    page = desk.get(f"{AT}/questions/A5")
    mine = {**fields(page), "label_ja": "わたしの文", "act": "words"}
    edit(browser("division"), "A3", label_ja="ほかの方の文")
    page = desk.post(f"{AT}/questions/A5", mine, 409)
    assert "わたしの文" in page
    assert "ほかの方が変更案を変えました" in page
    desk.post(f"{AT}/questions/A5", {**mine, "seen": seen(page)})
    page = desk.get(AT)
    assert "わたしの文" in page
    assert "ほかの方の文" in page
    again = desk.get(f"{AT}/impact")
    edit(browser("division"), "A4", label_ja="さらに")
    sent = {"seen": seen(again), "token": "t", "reason": "残る理由"}
    assert "残る理由" in desk.post(f"{AT}/impact", sent, 409)


@pytest.mark.usefixtures("handed_in")
def test_the_affected_are_asked_again_for_what_is_new(
    desk: Any, browser: Callable[..., Any], database: Database, around: Callable[..., Surroundings]
) -> None:
    page = desk.get(f"{AT}/questions/A5/new")
    new = {"label_ja": "緊急時の連絡先", "kind": "line", "required": "1", "seen": seen(page)}
    desk.post(f"{AT}/questions/A5/new", new)
    page = desk.get(f"{AT}/impact")
    assert "三島町" in page
    assert "A10 緊急時の連絡先" in page
    assert "変える理由を入力してください" in make(desk, 422, reason="", again="all")
    make(desk, again="some", town=OWN)
    reply = find_reply(database, present(database), OWN, around())
    assert reply.state is State.RETURNED
    page = browser("mishima").get("/inquiries/support_needs")
    assert "実態に合わせるため" in page
    assert "緊急時の連絡先" in page


@pytest.mark.usefixtures("handed_in")
def test_a_retired_answer_is_still_read(desk: Any, browser: Callable[..., Any]) -> None:
    edit(desk, "B3", act="retire")
    edit(desk, "B2", act="retire")
    make(desk)
    assert "該当なしの理由（廃止）" in desk.get(f"/board/support_needs/{OWN}")
    assert "該当なしの理由（廃止）" in browser("mishima").get("/inquiries/support_needs/receipts/1")
    assert "該当なしの理由" not in browser("mishima").get("/inquiries/support_needs/sections/B")


def test_an_old_page_loses_nothing(desk: Any, browser: Callable[..., Any], database: Database) -> None:
    officer = browser("mishima")
    officer.get("/inquiries/support_needs/sections/A")
    edit(desk, "A9", act="retire")
    make(desk)
    officer.post("/inquiries/support_needs/sections/A", {"seen": 0, "A9": "８総行第９号", "A2": "総務課", "go": "stay"})
    assert "廃止しました" in officer.get("/inquiries/support_needs/sections/A")
    texts = {row["question"]: row["texts"] for row in database.execute("SELECT question, texts FROM answer")}
    assert texts["A9"] == '["８総行第９号"]'
    assert texts["A2"] == '["総務課"]'


def test_an_excel_file_is_taken_and_another_questionnaire_is_not(desk: Any, database: Database) -> None:
    book = io.BytesIO(desk.client.get(f"{AT}/questionnaire.xlsx").data)
    page = desk.get(AT)
    desk.post(f"{AT}/upload", {"file": (book, "調査票.xlsx"), "seen": seen(page)})
    assert not revisions(database, present(database))
    other = io.BytesIO()
    write_xlsform(read_catalogue("grant_small"), other)
    other.seek(0)
    page = desk.post(f"{AT}/upload", {"file": (other, "other.xlsx"), "seen": seen(desk.get(AT))}, 422)
    assert "ほかの調査票" in page
    assert "選んでください" in desk.post(f"{AT}/upload", {"seen": seen(page)}, 422)


def test_the_proposal_can_be_given_up(desk: Any) -> None:
    edit(desk, "A5", label_ja="電話")
    page = desk.get(AT)
    desk.post(f"{AT}/discard", {"seen": seen(page)})
    page = desk.get(AT)
    assert "変更案を取り消しました" in page
    assert "変わるところ" not in page


def test_a_closed_inquiry_is_only_shown(desk: Any, database: Database, around: Callable[..., Surroundings]) -> None:
    close_inquiry(database, present(database), around("division").who)
    assert "締め切ったか取りやめた" in desk.get(AT)
    page = edit(desk, "A5", 409, label_ja="遅い直し")
    assert "遅い直し" in page


def test_officers_see_no_such_page(browser: Callable[..., Any]) -> None:
    browser("mishima").get(AT, 404)
