"""Setting up an inquiry: choosing, filling in, looking at it, sending it once; nothing typed is lost."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from preparer import ABOUT, TERM, fill, marks, seen, send
from sqlite_utils import Database

from survey_app.store.drafts import drafts
from survey_app.store.inquiries import find_inquiry, inquiries, standings

Open = Callable[..., Any]


def test_from_the_catalogue_to_the_board(desk: Any, database: Database, browser: Open) -> None:
    assert desk.post("/prepare/1/steps/about", {**ABOUT, "go": "next"}) == "/prepare/1/targets"
    assert desk.post("/prepare/1/targets", {"target": ["074446", "074454"], "go": "next"}) == "/prepare/1/steps/term"
    assert desk.post("/prepare/1/steps/term", {**TERM, "go": "next"}) == "/prepare/1/steps/letter"
    page = desk.get("/prepare/1/open")
    for text in (
        "令和8年12月18日（金） 17:15",
        "三島町、金山町",
        "令和14年3月31日",
        "電話：024-521-7000",
        "2団体に発出する",
    ):
        assert text in page
    assert send(desk) == "/board/needs_r8"
    assert "発出しました" in desk.get("/board/needs_r8")
    made = find_inquiry(database, "needs_r8")
    assert [one.municipality for one in standings(database, made)] == ["074446", "074454"]
    assert (made.title, made.legal_ground, made.use_of_results) == (
        ABOUT["title"],
        ABOUT["legal_ground"],
        ABOUT["use_of_results"],
    )
    assert made.inquiries_to.splitlines()[0] == "市町村行政課"
    assert made.retain_until is not None
    assert made.retain_until.isoformat() == "2032-03-31"
    assert "令和8年12月18日（金）17時15分" in made.letter
    town = browser("mishima").get("/inquiries/needs_r8")
    for text in (ABOUT["purpose"], ABOUT["legal_ground"], ABOUT["use_of_results"], "024-521-7000"):
        assert text in town
    assert desk.get("/prepare/").count("/prepare/1") == 0
    assert desk.client.get("/prepare/1/steps/about").headers["Location"] == "/board/needs_r8"


def test_pressed_twice_it_is_opened_once(desk: Any, database: Database) -> None:
    fill(desk)
    fields = {"seen": seen(desk.get("/prepare/1/open"))}
    assert desk.post("/prepare/1/open", fields) == desk.post("/prepare/1/open", fields) == "/board/needs_r8"
    assert len(inquiries(database)) == 5
    assert database.execute("SELECT count(*) FROM event WHERE act = 'open_draft'").fetchone()[0] == 1


def test_what_changed_after_the_last_look_is_not_sent(desk: Any, database: Database) -> None:
    fill(desk)
    fields = {"seen": seen(desk.get("/prepare/1/open"))}
    desk.post("/prepare/1/steps/about", {"purpose": "別の趣旨です。"})
    page = desk.post("/prepare/1/open", fields, 409)
    assert "まだ発出していません" in page
    assert "別の趣旨です。" in page
    assert len(inquiries(database)) == 4


def test_everything_missing_is_told_at_once_with_links(desk: Any, database: Database) -> None:
    page = desk.get("/prepare/1/open")
    assert "団体に発出する</button>" not in page
    for field in ("about#f-purpose", "about#f-contact_telephone", "targets#f-targets", "term#f-deadline_day"):
        assert field in page
    assert "直すところ" in send(desk, status=422)
    assert len(inquiries(database)) == 4


def test_wrong_values_stay_as_they_were_typed(desk: Any, database: Database) -> None:
    typed = {**ABOUT, "name": "支援 照会", "contact_mail": "なし", "title": "件\u0007名"}
    assert "show=typed" in desk.post("/prepare/1/steps/about", {**typed, "go": "stay"})
    page = desk.get("/prepare/1/steps/about?show=typed")
    assert "「支援 照会」は使えません" in page
    assert "U+0007" in page
    assert 'href="/prepare/1/steps/about#f-contact_mail"' in page
    assert drafts(database)[0].text("name") == "支援 照会"
    desk.post("/prepare/1/steps/term", {"deadline_day": "来週", "deadline_time": "夕方", "retain_years": "永年"})
    page = desk.get("/prepare/1/steps/term?show=all")
    assert page.count('class="message message-error"') == 3
    assert 'value="来週"' in page
    desk.post("/prepare/1/steps/term", {"deadline_day": "R8.11.20", "deadline_time": "17:15", "retain_years": "5"})
    assert "過ぎています" in desk.get("/prepare/1/steps/term?show=all")


def test_a_name_is_not_given_twice(desk: Any) -> None:
    assert drafts_name(desk) == "support_needs_2"
    desk.post("/prepare/1/steps/about", {"name": "support_needs"})
    assert "すでにあります" in desk.get("/prepare/1/steps/about?show=all")
    desk.post("/prepare/new", {"source": "catalogue:support_needs", "token": "second"})
    assert drafts_name(desk, 2) == "support_needs_2"


def drafts_name(desk: Any, draft: int = 1) -> str:
    """The name that stands in the field."""
    return re.findall(r'name="name" value="([^"]*)"', desk.get(f"/prepare/{draft}/steps/about"))[0]


def test_two_officials_choose_between_two_texts(desk: Any, browser: Open, database: Database) -> None:
    other = browser("division")
    page, theirs = desk.get("/prepare/1/steps/about"), other.get("/prepare/1/steps/about")
    desk.post("/prepare/1/steps/about", {**ABOUT, **marks(page), "purpose": "先の趣旨です。"})
    fields = {"purpose": "後の趣旨です。", "title": "後の件名", **marks(theirs)}
    told = other.post("/prepare/1/steps/about", fields, 409)
    assert "先の趣旨です。" in told
    assert "後の趣旨です。" in told
    assert "theirs.purpose" in told
    assert drafts(database)[0].text("purpose") == "先の趣旨です。"
    other.post("/prepare/1/steps/about", {"purpose": "後の趣旨です。", **marks(told)})
    assert drafts(database)[0].text("purpose") == "後の趣旨です。"


def test_theirs_can_be_kept(desk: Any, database: Database) -> None:
    page = desk.get("/prepare/1/steps/about")
    desk.post("/prepare/1/steps/about", {"purpose": "先の趣旨です。"})
    told = desk.post("/prepare/1/steps/about", {"purpose": "後の趣旨です。", **marks(page)}, 409)
    desk.post("/prepare/1/steps/about", {"purpose": "後の趣旨です。", "theirs.purpose": "1", **marks(told)})
    assert drafts(database)[0].text("purpose") == "先の趣旨です。"


def test_what_is_typed_into_a_settled_draft_stays_on_the_page(desk: Any) -> None:
    fill(desk)
    send(desk)
    page = desk.post("/prepare/1/steps/about", {"purpose": "遅れて書いた趣旨です。"}, 409)
    assert "遅れて書いた趣旨です。" in page
    assert "保存していません" in page


def test_targets_by_bureau_group_list_and_paste(desk: Any, database: Database) -> None:
    address = "/prepare/1/targets"
    desk.post(address, {"go": "add:bureau:会津"})
    assert "13団体" in desk.get(address)
    chosen = list(drafts(database)[0].targets)
    desk.post(address, {"target": chosen, "go": "drop:group:村"})
    assert "10団体" in desk.get(address)
    page = desk.post(address, {"target": ["072010"], "pasted": "郡山市\n72028\n会津若松\n仙台市", "go": "paste"}, 422)
    assert "会津若松市" in page
    assert "「仙台市」は団体の一覧にありません" in page
    assert "会津若松\n仙台市</textarea>" in page
    assert drafts(database)[0].targets == ("072010", "072028", "072036")
    desk.post(address, {"go": "add:all:"})
    assert len(drafts(database)[0].targets) == 59
    desk.post(address, {"target": ["999999"], "go": "stay"})
    assert drafts(database)[0].targets == ()


def test_two_choices_of_targets_are_both_shown(desk: Any, database: Database) -> None:
    page = desk.get("/prepare/1/targets")
    desk.post("/prepare/1/targets", {"target": ["072010"], **marks(page)})
    told = desk.post("/prepare/1/targets", {"target": ["074446"], **marks(page)}, 409)
    assert "<dd>三島町</dd>" in told
    assert "<dd>福島市</dd>" in told
    assert drafts(database)[0].targets == ("072010",)
    desk.post("/prepare/1/targets", {"target": ["074446"], **marks(told)})
    assert drafts(database)[0].targets == ("074446",)


def test_cautions_are_told_and_do_not_stop(desk: Any, clock: Any) -> None:
    fill(desk)
    desk.post("/prepare/1/steps/term", {**TERM, "deadline_day": "R8.11.29"})
    desk.post("/prepare/1/steps/letter", {"letter_body": "回答の期限は令和8年12月18日です。"})
    clock.move(hours=8)
    for address in ("/prepare/1/steps/term", "/prepare/1/open"):
        page = desk.get(address)
        for text in ("閉庁日です（土曜日・日曜日）", "開庁日は2日です", "執務時間外（18:00）", "いまの期限"):
            assert text in page, (address, text)
    assert send(desk) == "/board/needs_r8"


def test_the_same_week_is_told_with_the_number_of_shared_targets(desk: Any) -> None:
    fill(desk)
    assert desk.get("/prepare/1/open").count("対象が31団体重なります") == 4


def test_a_copy_takes_everything_over_but_the_deadline(desk: Any, database: Database) -> None:
    fill(desk)
    desk.post("/prepare/1/steps/letter", {"letter_sender": "総務部長", "letter_number": "８市町第１号"})
    send(desk)
    desk.get("/prepare/new")
    assert desk.post("/prepare/new", {"source": "earlier:needs_r8", "token": "copy"}) == "/prepare/2"
    (copy,) = drafts(database)
    kept = {name: copy.text(name) for name in ABOUT if name != "name"}
    assert kept == {name: text for name, text in ABOUT.items() if name != "name"}
    assert (copy.text("name"), copy.text("letter_sender")) == ("support_needs_2", "総務部長")
    assert [copy.text(name) for name in ("deadline_day", "letter_number")] == ["", ""]
    assert len(copy.targets) == 31
    desk.post("/prepare/2/steps/term", TERM)
    assert send(desk, 2) == "/board/support_needs_2"
    made = find_inquiry(database, "support_needs_2")
    assert made.earlier == find_inquiry(database, "needs_r8").id


def test_a_faulty_questionnaire_is_not_sent(desk: Any, database: Database) -> None:
    database.execute("INSERT INTO questionnaire VALUES ('faulty', 'x', '{\"name\": \"x\"}', '2026-01-01')")
    fill(desk)
    database.execute("UPDATE inquiry_draft SET questionnaire = 'faulty'")
    assert "調査票が読み取れません" in desk.get("/prepare/1/open")
    assert "発出できません" in send(desk, status=422)
    assert desk.client.get("/prepare/1/preview").status_code == 303
    assert len(inquiries(database)) == 4


def test_putting_a_draft_away(desk: Any, database: Database) -> None:
    desk.get("/prepare/1/discard")
    assert desk.post("/prepare/1/discard") == desk.post("/prepare/1/discard") == "/prepare/"
    assert "作成中の照会はありません" in desk.get("/prepare/")
    before = database.execute("SELECT before FROM event WHERE act = 'discard_draft'").fetchall()
    assert len(before) == 1
    assert json.loads(before[0][0])["name"] == "support_needs_2"
    assert desk.client.get("/prepare/1").status_code == 303


@pytest.mark.parametrize("address", ["/prepare/", "/prepare/new", "/prepare/1", "/prepare/1/open", "/prepare/1/letter"])
def test_town_halls_find_nothing_of_it(desk: Any, browser: Open, address: str) -> None:
    browser("mishima").get(address, 404)


def test_an_unknown_draft_is_no_page(desk: Any) -> None:
    for address in ("/prepare/99", "/prepare/99/targets", "/prepare/1/steps/nothing"):
        desk.get(address, 404)
    desk.post("/prepare/new", {"source": "earlier:nothing", "token": "x"}, 404)
