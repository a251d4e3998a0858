"""Looking over, handing in exactly once, the receipt, taking it back, and the nil reply in two clicks."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from officer import CONTACT, hidden_value
from sqlite_utils import Database
from town import Clock

from questions.life import State
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.submissions import accept

Open = Callable[..., Any]
Load = Callable[..., Reply]
GRANT = "/inquiries/grant_small"


def submissions(database: Database) -> int:
    """How many submissions there are."""
    return int(database.execute("SELECT count(*) FROM submission").fetchone()[0])


def test_nil_in_two_clicks(officer: Open, typed: Open, reply: Load) -> None:
    typed(CONTACT)
    here = officer()
    assert "「該当なし」で回答する" in here.see("")
    assert here.post("nil", {}).endswith("/review")
    assert here.hand_in().endswith("/receipts/1")
    assert reply().standing.nil is True


def test_nil_leads_to_what_it_still_needs_and_then_to_the_review(officer: Open, reply: Load) -> None:
    here = officer()
    here.see("")
    assert here.post("nil", {}).endswith("/sections/A")
    assert reply().answers.value("B1") == "0"
    assert here.send("sections/A", {**CONTACT, "go": "next"}).endswith("/review")
    assert here.hand_in().endswith("/receipts/1")


def test_nil_asks_first_when_there_are_answers(officer: Open, typed: Open, reply: Load) -> None:
    typed({**CONTACT, "B1": "1", "B4": "TAX", "T1": "5"})
    here = officer()
    here.see("")
    assert "「該当なし」に変えますか" in here.post("nil", {}, 200)
    assert reply().answers.value("B1") == "1"
    here.post("nil", {"sure": "1"})
    assert (reply().answers.value("B1"), reply().answers.value("T1")) == ("0", 5)


def test_handing_in_twice_is_once(officer: Open, typed: Open, database: Database) -> None:
    typed({**CONTACT, "B1": "0"})
    here = officer()
    text = here.see("review")
    fields = {"seen": hidden_value(text, "seen"), "token": hidden_value(text, "token")}
    addresses = {here.post("submit", fields) for _ in range(3)}
    assert addresses == {"/inquiries/support_needs/receipts/1"}
    assert submissions(database) == 1
    text = here.post("submit", {**fields, "token": "another"}, 409)
    assert "提出済み" in text
    assert "/receipts/1" in text
    assert submissions(database) == 1


def test_what_was_looked_over_is_what_is_handed_in(officer: Open, typed: Open, database: Database) -> None:
    typed({**CONTACT, "B1": "0"})
    here = officer()
    text = here.see("review")
    typed({"A2": "別の課"})
    fields = {"seen": hidden_value(text, "seen"), "token": hidden_value(text, "token")}
    text = here.post("submit", fields, 409)
    assert "確認した内容から変更されています" in text
    assert "別の課" in text
    assert submissions(database) == 0
    fields = {"seen": hidden_value(text, "seen"), "token": hidden_value(text, "token")}
    assert here.post("submit", fields).endswith("/receipts/1")


def test_an_incomplete_reply_is_not_taken(officer: Open, typed: Open, database: Database) -> None:
    typed({"B1": "0"})
    here = officer()
    revision = hidden_value(here.see("sections/A"), "seen")
    text = here.post("submit", {"seen": revision, "token": "t"}, 422)
    assert "提出の前に直すところが7件あります" in text
    assert "#q-A2" in text
    here.browser.post(here.full("submit"), {"seen": revision}, 400)
    assert submissions(database) == 0


def test_doubtful_answers_are_confirmed_one_by_one(
    officer: Open, database: Database, around: Callable[..., Surroundings]
) -> None:
    here = officer()
    here.send(f"{GRANT}/sections/A", {**CONTACT, "go": "stay"})
    here.send(f"{GRANT}/sections/B", {"B1": "1", "go": "stay"})
    rows = ["r" + "1" * 16, "r" + "2" * 16]
    answers = {
        "G1": "奥会津連携協議会",
        "G2": "074446",
        "G3": ["074446", "074454"],
        "G4": ["gen", "ict"],
        "G5": "2027",
        "G7": "目的",
        "G8": "効果",
        "G10": "三島町役場",
        "G11": "R9.4",
        "G12": "R10.3",
        "G13": "理由",
        "G14": "２，０００，０００",
        "G15": "１，２００，０００",
        "rows.G9": rows,
    }
    for row, town in zip(rows, ("074446", "074454"), strict=True):
        answers |= {f"{row}.G9a": town, f"{row}.G9b": "1", f"{row}.G9c": "full"}
    assert here.send(f"{GRANT}/sections/G", {**answers, "go": "next"}).endswith("/review")
    text = here.see(f"{GRANT}/review")
    assert re.findall(r'name="confirm" value="([^"]+)"', text) == ["G2-07", "G2-05"]
    fields = {"seen": hidden_value(text, "seen"), "token": hidden_value(text, "token")}
    text = here.post(f"{GRANT}/submit", {**fields, "confirm": ["G2-05"]}, 422)
    assert "しるしを付けてください" in text
    assert 'value="G2-05" checked' in text
    assert here.post(f"{GRANT}/submit", {**fields, "confirm": ["G2-05", "G2-07"]}).endswith("/receipts/1")
    assert "G2-05、G2-07" in here.see(f"{GRANT}/receipts/1")
    reply = find_reply(database, find_inquiry(database, "grant_small"), "074446", around())
    assert reply.state is State.SUBMITTED


def test_a_submission_is_withdrawn_corrected_and_handed_in_again(officer: Open, typed: Open, reply: Load) -> None:
    typed({**CONTACT, "B1": "0"})
    here = officer()
    here.hand_in()
    assert "取り下げて修正する" in here.see("receipts/1")
    assert here.post("withdraw", {}) == "/inquiries/support_needs"
    text = here.see("")
    assert "もう一度提出するまでは、最後に提出した内容が有効です。" in text
    here.send("sections/A", {"A2": "企画課", "go": "stay"})
    assert here.hand_in().endswith("/receipts/2")
    assert "総務課 行政係" in here.see("receipts/1")
    assert "企画課" in here.see("receipts/2")
    assert "この提出のあとに、新しい提出があります。" in here.see("receipts/1")
    assert "取り下げて修正する" not in here.see("receipts/1")
    assert here.see("").count("/receipts/") >= 2


def test_after_the_deadline_or_acceptance_nothing_is_taken_back(
    officer: Open, typed: Open, reply: Load, clock: Clock, database: Database, around: Callable[..., Surroundings]
) -> None:
    typed({**CONTACT, "B1": "0"})
    here = officer()
    here.hand_in()
    clock.move(days=25)
    here.browser.sign_in("mishima")
    assert "取り下げて修正する" not in here.see("receipts/1")
    assert "変更できません" in here.post("withdraw", {}, 409)
    accept(database, reply(), 1, around("division").who)
    assert "県が受け付けた回答です" in here.see("sections/A")
    assert reply().state is State.ACCEPTED


def test_handing_in_late_is_refused_and_nothing_is_lost(
    officer: Open, typed: Open, clock: Clock, database: Database
) -> None:
    typed({**CONTACT, "B1": "0"})
    here = officer()
    text = here.see("review")
    fields = {"seen": hidden_value(text, "seen"), "token": hidden_value(text, "token")}
    clock.move(days=25)
    here.browser.sign_in("mishima")
    text = here.post("submit", fields, 409)
    assert "回答期限を過ぎた" in text
    assert "総務課 行政係" in text
    assert submissions(database) == 0


@pytest.mark.parametrize("address", ["receipts/1", "receipts/99"])
def test_a_receipt_that_does_not_exist(officer: Open, address: str) -> None:
    officer().browser.get(f"/inquiries/support_needs/{address}", 404)
