"""Last time's answers on the pages of the form, without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from last_year import NIL, answer, changed, hand_in, inquire, nil_last_year, reply_to, whole_last_year
from officer import Officer, hidden_value, part
from sqlite_utils import Database

from survey_app.store.conversations import NewMessage, say
from survey_app.store.delegations import NewDelegation, delegate
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Reply, Surroundings

Load = Callable[..., Reply]
Around = Callable[..., Surroundings]
Sit = Callable[..., Officer]
CONTACT = {name: NIL[name] for name in ("A2", "A3", "A4", "A5", "A6")}
FILLED_IN = "前回の照会の連絡先を入れてあります。確かめて保存してください。"


def held(page: str) -> dict[str, str]:
    """What the controls of the contact hold on a page."""
    return {name: part(page, name).split(' value="', 1)[1].split('"', 1)[0] for name in CONTACT}


def press(officer: Officer, address: str, go: str, **fields: object) -> str:
    """Press a button of a page that was just opened; return where it leads."""
    page = officer.see(address)
    sent = {name: hidden_value(page, name) for name in ("seen", "page", "shown")}
    return officer.post(address, {**sent, **fields, "go": go})


# ---- The contact


def test_the_contact_is_filled_in_and_answers_nothing_yet(database: Database, officer: Sit, reply: Load) -> None:
    nil_last_year(database)
    here = officer()
    page = here.see("sections/A")
    assert FILLED_IN in page
    assert "2025年の照会" in page
    assert held(page) == CONTACT
    assert reply().answers.entries == {}
    assert "必須の未回答 7件" in here.see("")
    press(here, "sections/A", "stay", **held(page))
    assert {name: reply().answers.value(name) for name in CONTACT} == CONTACT
    assert FILLED_IN not in here.see("sections/A")


def test_the_contact_comes_from_another_questionnaire_too(database: Database, officer: Sit) -> None:
    whole_last_year(database, "cooperation_cases", A4="目黒 誠")
    page = officer().see("sections/A")
    assert FILLED_IN in page
    assert held(page)["A4"] == "目黒 誠"
    assert "前回と同じ" not in page  # that was another questionnaire's time


def test_what_was_begun_is_not_filled_in(database: Database, officer: Sit, support_needs: Inquiry) -> None:
    nil_last_year(database)
    answer(database, support_needs, {"A3": "主任主査"})
    page = officer().see("sections/A")
    assert FILLED_IN not in page
    assert (held(page)["A3"], held(page)["A4"]) == ("主任主査", "")
    assert "佐藤 花子" in part(page, "A4")  # beside it, to be taken over


def test_another_button_does_not_save_the_contact_by_the_way(database: Database, officer: Sit, reply: Load) -> None:
    nil_last_year(database)
    here = officer()
    press(here, "sections/A", "same:A7", **CONTACT)
    assert {name for _, name in reply().answers.entries} == {"A7"}
    assert FILLED_IN in here.see("sections/A")
    press(here, "sections/A", "ask:A7", **{**CONTACT, "A4": "目黒 誠"})  # somebody has looked at it
    assert reply().answers.value("A4") == "目黒 誠"
    assert reply().answers.value("A2") == CONTACT["A2"]


def test_another_town_sees_nothing_of_it(database: Database, officer: Sit) -> None:
    nil_last_year(database)
    page = officer("kaneyama").see("sections/A")
    assert FILLED_IN not in page
    assert "佐藤 花子" not in page
    assert "前回" not in page


# ---- Single answers


def test_an_answer_is_taken_over_by_its_button(database: Database, officer: Sit, reply: Load) -> None:
    nil_last_year(database)
    here = officer()
    told = part(here.see("sections/A"), "A7")
    assert "前回の回答" in told
    assert 'value="same:A7"' in told
    assert press(here, "sections/A", "same:A7").endswith("/sections/A#q-A7")
    page = here.see("sections/A")
    assert reply().answers.value("A7") == "head"
    assert "前回の回答を入れて保存しました。" in page
    assert "前回と同じです" in part(page, "A7")
    assert "same:A7" not in page


def test_what_becomes_relevant_by_it_is_shown(database: Database, officer: Sit, reply: Load) -> None:
    nil_last_year(database)
    assert press(officer(), "sections/B", "same:B1").endswith("/sections/B#w-B2")
    assert reply().answers.value("B1") == "0"


def test_what_else_was_typed_on_the_page_is_saved_with_it(database: Database, officer: Sit, reply: Load) -> None:
    nil_last_year(database)
    press(officer(), "sections/A", "same:A7", A2="企画課", A9="8総行第1号")
    assert (reply().answers.value("A7"), reply().answers.value("A9")) == ("head", "8総行第1号")
    assert reply().answers.value("A2") == "企画課"


def test_somebody_elses_answer_is_not_overwritten(
    database: Database, officer: Sit, reply: Load, support_needs: Inquiry
) -> None:
    nil_last_year(database)
    here = officer()
    page = here.see("sections/B")
    answer(database, support_needs, {"B1": "1"})
    sent = {name: hidden_value(page, name) for name in ("seen", "page", "shown")}
    told = here.post("sections/B", {**sent, "go": "same:B1"}, 409)
    assert "ほかの方が先にこの回答を変えました" in part(told, "B1")
    assert reply().answers.value("B1") == "1"
    assert 'value="0" checked' in part(told, "B1")  # mine


def test_a_choice_that_is_no_longer_offered_is_shown_and_not_taken(
    database: Database, officer: Sit, reply: Load
) -> None:
    def before(document: dict[str, Any]) -> None:
        document["choices"]["approvers"]["deputy"] = {"ja": "助役", "en": "Deputy mayor"}

    inquiry = inquire(database, asked=changed("support_needs", before))
    answer(database, inquiry, {**NIL, "A7": "deputy"})
    hand_in(database, inquiry)
    here = officer()
    told = part(here.see("sections/A"), "A7")
    assert "いまの選択肢にないため写せません：助役" in told
    assert "same:A7" not in told
    press(here, "sections/A", "same:A7")
    assert reply().answers.entries == {}


@pytest.mark.parametrize("go", ["same:", "same:A1", "same:D5", "same:Q9", "copy:", "copy:r0123456789abcdef", "ask:Q9"])
def test_a_button_that_there_is_not_changes_nothing(database: Database, officer: Sit, reply: Load, go: str) -> None:
    nil_last_year(database)
    assert "/sections/B" in press(officer(), "sections/B", go)
    assert reply().answers.entries == {}


def test_what_concerns_one_reply_alone_is_not_offered(database: Database, officer: Sit) -> None:
    nil_last_year(database, A9="7総行第1号")
    page = officer().see("sections/A")
    assert "前回の回答" not in part(page, "A8")
    assert "7総行第1号" not in page


# ---- Rows of tables


@pytest.fixture
def asked_for(database: Database, support_needs: Inquiry) -> Inquiry:
    """Last year's requests, and a reply of now that says that there are some."""
    inquiry = whole_last_year(database)
    fields = reply_to(database, inquiry).answers.entry("B4").texts
    answer(database, support_needs, {"B1": "1", "B4": ";".join(fields)})
    return inquiry


def test_rows_are_copied_behind_those_that_are_there(
    database: Database, officer: Sit, reply: Load, asked_for: Inquiry
) -> None:
    then = reply_to(database, asked_for).answers
    first, second = then.row_ids("D")[:2]
    here = officer()
    assert "前回の行を写す" in here.see("sections/D")
    press(here, "sections/D", f"copy:{first}")
    page = here.see("sections/D")
    assert "前回の行を写しました" in page
    assert page.count('<span class="mark mark-done">写しました</span>') == 1
    press(here, "sections/D", f"copy:{second}")
    now = reply().answers
    rows = now.row_ids("D")
    assert not set(rows) & set(then.row_ids("D"))
    assert [now.value("D5", row) for row in rows] == [then.value("D5", first), then.value("D5", second)]
    assert now.value("D6", rows[0]) == then.value("D6", first)
    assert [now.value("D1", row) for row in rows] == [1, 2]


def test_a_button_pressed_twice_copies_once(database: Database, officer: Sit, reply: Load, asked_for: Inquiry) -> None:
    here = officer()
    page = here.see("sections/D")
    sent = {name: hidden_value(page, name) for name in ("seen", "page", "shown")}
    row = reply_to(database, asked_for).answers.row_ids("D")[0]
    for _ in range(2):
        here.post("sections/D", {**sent, "go": f"copy:{row}"})
    assert len(reply().answers.row_ids("D")) == 1


def test_a_full_table_takes_no_copy(database: Database, officer: Sit, reply: Load, asked_for: Inquiry) -> None:
    here = officer()
    row = reply_to(database, asked_for).answers.row_ids("D")[0]
    most = reply().inquiry.questionnaire.tables["D"].most
    for _ in range(most):
        press(here, "sections/D", f"copy:{row}")
    assert "これ以上は追加できないため、写せません。" in here.see("sections/D")
    press(here, "sections/D", f"copy:{row}")
    assert len(reply().answers.row_ids("D")) == most


def test_the_rows_of_a_grid_are_copied_with_what_was_typed_beside(database: Database, officer: Sit) -> None:
    whole_last_year(database, "grant_small")
    here = officer()
    address = "/inquiries/grant_small/sections/"
    press(here, f"{address}B", "same:B1")
    page = here.see(f"{address}G")
    row = part(page, "G9").split('value="copy:', 1)[1].split('"', 1)[0]
    press(here, f"{address}G", f"copy:{row}", G1="研究会")
    page = here.see(f"{address}G")
    assert part(page, "G9").count(">写しました<") == 1
    assert 'value="研究会"' in part(page, "G1")


# ---- Questions to the prefecture


def test_a_question_is_asked_at_its_item(
    database: Database, officer: Sit, reply: Load, around: Around, browser: Callable[..., Any]
) -> None:
    here = officer()
    assert "この設問について県に質問する" in part(here.see("sections/B"), "B1")
    where = press(here, "sections/B", "ask:B1", B1="0")
    assert where.endswith("/questions?question=B1#new")
    assert reply().answers.value("B1") == "0"
    page = here.see(where)
    assert '<option value="B1" selected>' in page
    assert "/sections/B#w-B1" in page
    here.post("questions?question=B1", {"question": "B1", "text": "範囲は", "token": "t"})
    assert "質問中" in part(here.see("sections/B"), "B1")
    assert press(here, "sections/B", "ask:B1").endswith("#thread-B1")
    inquiry = reply().inquiry
    say(database, inquiry, NewMessage(reply().municipality, "B1", "全部です", "division", "u"), around("division").who)
    assert "回答あり" in part(here.see("sections/B"), "B1")
    division = browser("division").get(f"/board/support_needs/{reply().municipality}/questions")
    assert "三島町とのやり取り" in division
    say(database, inquiry, NewMessage(reply().municipality, "Z1", "何ですか", "division", "v"), around("division").who)
    assert "県から質問あり" in part(here.see("sections/Z"), "Z1")


def test_a_colleague_by_link_asks_nobody(
    database: Database, browser: Callable[..., Any], reply: Load, around: Around, support_needs: Inquiry
) -> None:
    nil_last_year(database)
    who = around().who
    new = NewDelegation(reply().municipality, "B", "税務課", (who.at + timedelta(days=3)).date())
    token = delegate(database, support_needs, new, who)
    here = browser()
    here.get(f"/shared/{token}")
    here.post(f"/shared/{token}")
    page = here.get("/inquiries/support_needs/sections/B")
    assert "県に質問する" not in page
    assert "same:B1" in page
    assert "/receipts/" not in page
    sent = {"seen": hidden_value(page, "seen"), "go": "ask:B1"}
    assert "/questions" not in here.post("/inquiries/support_needs/sections/B", sent)


# ---- How long it takes


def test_the_overview_tells_how_much_is_asked(officer: Sit, typed: Callable[[dict[str, str]], None]) -> None:
    here = officer()
    assert "いま答えていただく設問は11問" in here.see("")
    assert "8問・約3分" in here.see("")
    typed(CONTACT)
    page = here.see("")
    assert "残りは約" in page
    assert "8問・残り約1分" in page


def test_nothing_of_last_time_is_shown_once_it_is_handed_in(database: Database, officer: Sit, typed: Any) -> None:
    nil_last_year(database)
    typed({**NIL, "A8": "R8.11.20"})
    here = officer()
    here.hand_in()
    assert "前回" not in here.see("sections/A")
