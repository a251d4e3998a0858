"""The division enters a reply for a municipality: apart from its draft, with its source, handed in once."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from officer import hidden_value
from sqlite_utils import Database
from town import OTHER, OWN
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.store.fixed_cuts import fix_cut, load_cut
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submissions_of, submit

Open = Callable[..., Any]
ENTER = f"/board/support_needs/{OWN}/enter"
CONTACT = {name: text for name, text in NIL_REPLY.items() if name.startswith("A")}
TOLD = {"source": "phone", "source_note": "総務課 佐藤様、11月24日"}
DRAFT = "市町村が書きかけた課"


@pytest.fixture
def desk(browser: Open) -> Any:
    """The division at its desk."""
    found = browser("division")
    found.get(ENTER)
    return found


def put(desk: Any, fields: dict[str, str], section: str = "A", status: int = 303) -> str:
    """Fill in a section."""
    page = desk.get(f"{ENTER}/sections/{section}")
    sent = {"seen": hidden_value(page, "seen"), "go": "next", **fields}
    answer: str = desk.post(f"{ENTER}/sections/{section}", sent, status)
    return answer


def fill(desk: Any) -> None:
    """Enter a nil reply."""
    put(desk, CONTACT)
    put(desk, {"B1": "0"}, "B")


def hand_in(desk: Any, status: int = 303, **fields: Any) -> str:
    """Look it over and hand it in."""
    page = desk.get(f"{ENTER}/review")
    sent = {name: hidden_value(page, name) for name in ("seen", "reply_seen", "token")}
    answer: str = desk.post(f"{ENTER}/submit", {**sent, **TOLD, **fields}, status)
    return answer


def handed(database: Database) -> Any:
    """The submissions of 三島町."""
    return submissions_of(database, find_inquiry(database, "support_needs"), OWN)


def trail(database: Database) -> list[str]:
    """What was done for 三島町."""
    query = "SELECT act FROM event WHERE municipality = ? ORDER BY id"
    return [row["act"] for row in database.execute(query, [OWN])]


def test_a_reply_by_telephone_is_handed_in_with_its_source(
    database: Database, desk: Any, browser: Open, reply: Callable[..., Reply]
) -> None:
    fill(desk)
    assert reply().state is State.NOT_STARTED  # until it is handed in, the town hall's reply is what it was
    assert "佐藤 花子" not in browser("mishima").get("/inquiries/support_needs/sections/A").split("<main", 1)[1]
    page = desk.get(hand_in(desk))
    assert "市町村の回答として提出しました" in page
    assert "電話" in page
    assert TOLD["source_note"] in page
    one = handed(database)[0]
    assert (one.nil, one.source.kind, one.source.note, one.actor) == (True, "phone", TOLD["source_note"], "県庁 太郎")
    assert reply().answers.entry("A5").texts == (NIL_REPLY["A5"],)
    assert trail(database)[-2:] == ["save", "enter"]


def test_everybody_is_told_that_the_division_entered_it(desk: Any, browser: Open) -> None:
    fill(desk)
    hand_in(desk)
    officer = browser("mishima")
    assert "県が代わりに入力し、提出しました（電話：総務課 佐藤様、11月24日）" in officer.get(
        "/inquiries/support_needs"
    )
    assert "県による代理入力" in officer.get("/inquiries/support_needs/receipts/1")
    assert "代理入力（電話）" in desk.get("/board/support_needs")
    assert "代理入力（電話）" in desk.get("/board/support_needs/check")


def test_the_workbook_says_so_and_a_fixed_cut_keeps_it(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    fill(desk)
    hand_in(desk)
    content = desk.client.get("/board/support_needs/workbook.xlsx").data
    listed = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["提出状況一覧"]
    rows = {row[1]: row[12] for row in listed.iter_rows(values_only=True)}
    assert rows[OWN] == "代理入力（電話）"
    assert rows[OTHER] is None
    fix_cut(database, reply().inquiry, "第1次集計", "token", around("division").who)
    kept = {one.municipality: one.source for one in load_cut(database, reply().inquiry, 1).targets}
    assert (kept[OWN], kept[OTHER]) == ("phone", "web")


def test_sent_twice_it_is_handed_in_once(database: Database, desk: Any) -> None:
    fill(desk)
    page = desk.get(f"{ENTER}/review")
    sent = {name: hidden_value(page, name) for name in ("seen", "reply_seen", "token")}
    first = desk.post(f"{ENTER}/submit", {**sent, **TOLD})
    assert desk.post(f"{ENTER}/submit", {**sent, **TOLD}) == first
    assert len(handed(database)) == 1


def test_without_its_source_nothing_is_handed_in_and_nothing_lost(database: Database, desk: Any) -> None:
    fill(desk)
    page = hand_in(desk, 422, source="", source_note="")
    assert "どの方法で受けた回答かを選んでください" in page
    assert "だれから、いつ受けたかを入力してください" in page
    assert hand_in(desk, 422, source="web").count("どの方法で受けた") >= 1
    page = hand_in(desk, 422, source_note="あ" * 301)
    assert "あ" * 301 in page
    assert handed(database) == ()
    assert "somu@town.mishima.lg.jp" in page


def test_what_is_missing_is_told_with_the_way_to_it(desk: Any) -> None:
    put(desk, {"A2": "総務課"})
    page = desk.get(f"{ENTER}/review")
    assert f'href="{ENTER}/sections/A?show=all#q-A3"' in page
    assert "この回答として提出" not in page
    assert f"{ENTER}/submit" not in page


def test_a_draft_of_the_town_hall_is_never_shown(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": DRAFT, "B1": "1"}), around().who)
    fill(desk)
    pages = ["", "/sections/A", "/sections/B", "/review"]
    for page in pages:
        assert DRAFT not in desk.get(ENTER + page)
    assert "画面で入力を始めています" in desk.get(ENTER)
    page = desk.get(f"{ENTER}/review")
    assert "市町村に画面で直してもらってください" in page
    assert "B1 県の技術的・専門的な支援に係る要望の有無" in page.split("食い違う項目：")[1].split("</ul>")[0]
    assert f"{ENTER}/submit" not in page


def test_with_a_draft_it_needs_the_agreement_and_replaces_nothing(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": DRAFT, "A3": NIL_REPLY["A3"]}), around().who)
    fill(desk)
    page = hand_in(desk, 422)
    assert "合わせて提出してよいと、市町村に確かめてください" in page
    page = hand_in(desk, 409, agreed="1")
    assert "A2 担当部署（課・係）は、市町村の入力のまま提出する" in page
    assert "A3" not in "".join(re.findall(r'name="theirs" value="([^"]*)"', page))  # both say the same
    assert handed(database) == ()
    hand_in(desk, agreed="1", theirs="/A2")
    one = handed(database)[0]
    assert one.contents.value("A2") == DRAFT
    assert one.contents.value("A4") == NIL_REPLY["A4"]
    assert trail(database)[-1] == "set_aside"
    aside = database.execute("SELECT before FROM event WHERE act = 'set_aside'").fetchone()[0]
    assert "総務課 行政係" in aside


def test_what_the_town_hall_must_mend_is_told_without_its_text(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    save_answers(database, reply(), changes(reply(), {"A6": "書きかけのメール"}), around().who)
    fill(desk)
    page = desk.get(f"{ENTER}/review")
    assert "市町村に画面で直してもらってください" in page
    assert "A6 電子メール" in page
    assert "書きかけのメール" not in page


def test_what_changed_meanwhile_is_looked_at_again(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    fill(desk)
    page = desk.get(f"{ENTER}/review")
    sent = {name: hidden_value(page, name) for name in ("seen", "reply_seen", "token")}
    save_answers(database, reply(), changes(reply(), {"Z1": "意見"}), around().who)
    page = desk.post(f"{ENTER}/submit", {**sent, **TOLD}, 409)
    assert "入力した内容か市町村の回答が変わりました" in page
    assert handed(database) == ()


def test_two_of_the_division_do_not_overwrite_each_other(desk: Any, browser: Open) -> None:
    page = desk.get(f"{ENTER}/sections/A")
    put(desk, {"A2": "総務課"})
    sent = {"seen": hidden_value(page, "seen"), "go": "next", "A2": "企画課", "A3": "主査"}
    page = desk.post(f"{ENTER}/sections/A", sent, 409)
    assert "ほかの方の変更と重なりました" in page
    assert "企画課" in page
    assert "総務課" in page


def test_after_the_deadline_the_division_enters_but_not_when_closed(database: Database, desk: Any, clock: Any) -> None:
    clock.move(days=30)
    database.execute("UPDATE session SET started_at = '2026-12-24T09:00:00+09:00'")
    fill(desk)
    database.execute("UPDATE inquiry SET closed_at = '2026-12-24T09:00:00+09:00' WHERE name = 'support_needs'")
    assert "締め切られました" in desk.get(ENTER)
    page = desk.get(f"{ENTER}/sections/A")
    assert 'name="A2"' not in page
    database.execute("UPDATE inquiry SET closed_at = NULL")
    hand_in(desk)
    assert len(handed(database)) == 1


def test_what_was_handed_in_meanwhile_stands_and_what_was_entered_is_kept(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Callable[..., Surroundings]
) -> None:
    put(desk, {"A2": "電話で聞いた課"})
    page = desk.get(f"{ENTER}/sections/A")
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "own"), around().who)
    kept = desk.post(f"{ENTER}/sections/A", {"seen": hidden_value(page, "seen"), "A3": "主任"}, 409)
    assert "保存していません" in kept
    assert "主任" in kept
    assert "ここまでに入力した内容は残っています" in desk.get(ENTER)
    assert "電話で聞いた課" in desk.get(f"{ENTER}/sections/A")
    assert handed(database)[0].contents.value("A2") == NIL_REPLY["A2"]


def test_what_was_entered_can_be_given_up(database: Database, desk: Any) -> None:
    put(desk, {"A2": "聞いた課"})
    desk.get(ENTER)
    desk.post(f"{ENTER}/discard")
    assert "聞いた課" not in desk.get(f"{ENTER}/sections/A")
    assert trail(database)[-2:] == ["save_entry", "discard_entry"]


def test_nil_in_two_clicks_and_rows_with_pages_of_their_own(desk: Any) -> None:
    assert desk.post(f"{ENTER}/nil") == f"{ENTER}/sections/A"
    put(desk, {"B1": "1"}, "B")
    put(desk, {"B2": "TAX"}, "B")
    row = desk.get(f"{ENTER}/tables/D/rows/new")
    fields = {"rows.D": hidden_value(row, "rows.D"), "seen": hidden_value(row, "seen"), "go": "next"}
    to = desk.post(f"{ENTER}/tables/D/rows/new", {**fields, f"{fields['rows.D']}.D5": "滞納整理の研修"})
    assert to.startswith(f"{ENTER}/")
    assert "滞納整理の研修" in desk.get(f"{ENTER}/sections/D")
    assert "Excelから貼り付ける" in desk.get(f"{ENTER}/tables/D/paste")


def test_autosaving_saves_to_the_copy_alone(database: Database, desk: Any, reply: Callable[..., Reply]) -> None:
    page = desk.get(f"{ENTER}/sections/A")
    sent = {"csrf_token": desk.token, "seen": hidden_value(page, "seen"), "page": "p", "A2": "総務課"}
    told = desk.client.post(f"{ENTER}/sections/A/autosave", data=sent).json
    assert told["conflicts"] == []
    assert reply().answers.entries == {}
    assert database.execute("SELECT count(*) FROM presence").fetchone()[0] == 0
    assert "総務課" in desk.get(f"{ENTER}/sections/A")


def test_town_halls_find_nothing_of_it(browser: Open) -> None:
    for name in ("mishima", "kaneyama"):
        browser(name).get(ENTER, 404)


def test_a_municipality_that_is_not_asked_has_no_page(database: Database, desk: Any) -> None:
    database.execute("DELETE FROM target WHERE municipality = ?", [OTHER])
    desk.get(f"/board/support_needs/{OTHER}/enter", 404)
