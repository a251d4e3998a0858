"""What the lead division's pages say when a colleague was first, and what nobody was asked about."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from round_desk import LEADER, asked_of, sign_up
from round_desk import Desk as RoundDesk
from round_desk import desk_of as round_desk
from sqlite_utils import Database
from telling import PROMISE, Desk, desk_of
from town import DEADLINE, PASSWORD, Clock

from survey_app.passwords import hash_password
from survey_app.store import merging
from survey_app.store.accounts import Account, create_account
from survey_app.store.asking import plan_round
from survey_app.store.publications import publications
from survey_app.store.rounds import round_divisions, rounds
from survey_app.store.routing import SUPPORT, routing_rules

Open = Callable[..., Any]
ASK, TELL, NEEDS = (f"/board/support_needs/{way}" for way in ("consult", "publish", "needs"))
THERE = "/inquiries/support_needs/answers"


@pytest.fixture
def asking(sampled: Database, clock: Clock) -> RoundDesk:
    clock.now = DEADLINE
    return round_desk(sampled)


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = desk_of(sampled)
    found.hand_in(found.tax)
    return found


@pytest.fixture
def colleagues(sampled: Database, browser: Open) -> tuple[Any, Any]:
    """Two officials of the lead division: 県庁 太郎 and 県庁 花子."""
    create_account(sampled, Account(0, "hanako", "県庁 花子", "division", None, hash_password(PASSWORD)), DEADLINE)
    return browser("division"), browser("hanako")


def fields(page: str, action: str, *names: str) -> dict[str, str]:
    """The hidden fields of the form that goes to an address."""
    form = page[page.index(f'method="post" action="{action}"') :]
    form = form[: form.index("</form>")]
    return {name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in names}  # type: ignore[index]


def test_a_round_that_a_colleague_opened_is_shown(asking: RoundDesk, colleagues: tuple[Any, Any]) -> None:
    names = ("token", "seen", "number", "cut", "which")
    sent = [fields(one.get(f"{ASK}/open"), f"{ASK}/open", *names) for one in colleagues]
    typed = {"due": "R9.1.8 17:15", "request": "花子の依頼文"}
    assert colleagues[0].post(f"{ASK}/open", sent[0] | typed | {"request": ""}) == f"{ASK}/1"
    page = colleagues[1].post(f"{ASK}/open", sent[1] | typed, 409)
    assert "ほかの方が照会を始めました" in page
    assert "県庁 太郎" in page
    assert f'href="{ASK}/1"' in page
    assert "花子の依頼文</textarea>" in page
    assert len(rounds(asking.database, asking.inquiry)) == 1
    assert colleagues[0].post(f"{ASK}/open", sent[0] | typed) == f"{ASK}/1", "the same page sent again"
    again = fields(page, f"{ASK}/open", *names)
    assert colleagues[1].post(f"{ASK}/open", again | typed) == f"{ASK}/2", "now it was seen"


def test_a_publication_that_a_colleague_made_is_shown(desk: Desk, colleagues: tuple[Any, Any]) -> None:
    names = ("token", "seen", "number", "round")
    sent = [fields(one.get(TELL), TELL, *names) | {"sure": "1", "unowned": "1"} for one in colleagues]
    assert colleagues[0].post(TELL, sent[0]) == f"{TELL}/1"
    page = colleagues[1].post(TELL, sent[1], 409)
    assert "ほかの方が公表しました" in page
    assert "県庁 太郎" in page
    assert f'href="{TELL}/1"' in page
    assert len(publications(desk.database, desk.inquiry)) == 1
    assert colleagues[0].post(TELL, sent[0]) == f"{TELL}/1", "the same page sent again"


def test_a_merge_that_a_colleague_made_is_shown(asking: RoundDesk, colleagues: tuple[Any, Any]) -> None:
    merge = f"{NEEDS}/similar/merge"
    needs = list(asking_needs(asking))[:3]
    typed = {"place": "numbers", "numbers": " ".join(needs[:2]), "subject": "甲の件名"}
    pages = [one.get(f"{NEEDS}/similar") for one in colleagues]
    sent = [{"seen": fields(page[page.index('id="by-number"') :], merge, "seen")["seen"]} for page in pages]
    colleagues[0].post(merge, typed | sent[0])
    page = colleagues[1].post(merge, typed | sent[1] | {"subject": "乙の件名"}, 409)
    assert "ほかの方が要望のまとめを変えました" in page
    assert "県庁 太郎" in page
    assert "乙の件名" in page, "what was typed stays"
    (group,) = merging.merges(asking.database, asking.inquiry)
    assert group.subject == "甲の件名"
    assert f'href="#group-{group.id}"' in page
    seen = fields(page[page.index('id="by-number"') :], merge, "seen")
    colleagues[1].post(merge, typed | seen | {"subject": "乙の件名"})
    assert [one.subject for one in merging.merges(asking.database, asking.inquiry)] == ["乙の件名"]


def asking_needs(desk: RoundDesk) -> dict[str, Any]:
    plan = plan_round(desk.database, desk.inquiry, 1, DEADLINE.date())
    return {one.need.control: one.need for one in (*plan.asked, *plan.unowned)}


def test_an_extension_that_a_colleague_gave_is_shown(desk: Desk, colleagues: tuple[Any, Any]) -> None:
    extend = f"{ASK}/1/divisions/{desk.people}/extend"
    sent = [fields(one.get(f"{ASK}/1"), extend, "seen") for one in colleagues]
    colleagues[0].post(extend, sent[0] | {"until": "R9.1.29 17:15"})
    page = colleagues[1].post(extend, sent[1] | {"until": "R8.12.25 17:15"}, 409)
    assert "ほかの方が人事課の期限を変えました" in page
    assert 'value="R8.12.25 17:15"' in page
    assert "2年以内" in colleagues[1].post(extend, {"until": "R99.12.31 17:00"}, 422)
    assert round_divisions(desk.database, desk.round)[desk.people].due.year == 2027


def test_what_nobody_was_asked_about_is_told_in_its_own_words(desk: Desk, browser: Open) -> None:
    unowned = [need for need in desk.needs.values() if need.field not in ("TAX", "HR")]
    division = browser("division")
    page = division.get(TELL)
    assert f"担当課が決まっていない要望が{len(unowned)}件あります。" in page
    assert f'href="{TELL}?round=1&amp;mark=unowned#list"' in page
    sent = fields(page, TELL, "token", "seen", "number", "round") | {"sure": "1"}
    page = division.post(TELL, sent, 422)
    assert 'href="#unowned"' in page
    assert publications(desk.database, desk.inquiry) == ()
    division.post(TELL, sent | {"unowned": "1"})
    told = publications(desk.database, desk.inquiry)[0].contents
    assert {need.key for need in told.needs if need.unasked} == {need.key for need in unowned}
    assert told.model_validate_json(told.stored).digest == told.digest

    need = next(one for one in unowned if one.municipality not in {two.municipality for two in desk.of("HR")})
    officer = Account(0, "hall", "担当 者", "officer", need.municipality, hash_password(PASSWORD))
    create_account(desk.database, officer, DEADLINE)
    hall = browser("hall")
    page = hall.get(THERE)
    assert "担当課を調整中です" in page
    assert "回答待ち" not in page
    card = hall.get("/inquiries")
    assert f'href="{THERE}">県の回答が届いています</a>' in card


def test_nothing_is_announced_before_it_is_told(desk: Desk, browser: Open) -> None:
    code = desk.of("TAX")[0].municipality
    officer = Account(0, "hall", "担当 者", "officer", code, hash_password(PASSWORD))
    create_account(desk.database, officer, DEADLINE)
    assert "県の回答が届いています" not in browser("hall").get("/inquiries")


def test_what_nobody_is_asked_about_is_counted_the_same_before_and_after(asking: RoundDesk, browser: Open) -> None:
    plan = plan_round(asking.database, asking.inquiry, 1, DEADLINE.date())
    together = [one.need.key for one in plan.unowned[:3]]
    merging.merge(asking.database, asking.inquiry, together, "一つに", LEADER)
    counts = f"担当課なし{len(plan.unowned) - 2}件、まとめ済み2件"
    division = browser("division")
    page = division.get(f"{ASK}/open")
    assert counts in page
    sent = fields(page, f"{ASK}/open", "token", "seen", "number", "cut") | {"due": "R9.1.8", "request": ""}
    division.post(f"{ASK}/open", sent)
    assert division.get(f"{ASK}/1").count(counts) == 2


def test_a_division_without_users_is_told_how_it_answers(asking: RoundDesk, browser: Open) -> None:
    division = browser("division")
    page = division.get(f"{ASK}/open")
    assert "利用者のいない課：税務課、人事課" in page
    assert "代わりに提出済みにする" in page
    assert 'href="/people/accounts' in page
    sent = fields(page, f"{ASK}/open", "token", "seen", "number", "cut") | {"due": "R9.1.8", "request": ""}
    division.post(f"{ASK}/open", sent)
    assert division.get(f"{ASK}/1").count("利用者がいないため") == 2
    assert asked_of(asking, asking.tax)
    sign_up(asking)
    assert "利用者がいないため" not in division.get(f"{ASK}/1")
    assert "利用者のいない課" not in division.get(f"{ASK}/open?which=all")


def test_a_lead_that_supported_is_taken_out_of_support(asking: RoundDesk, browser: Open) -> None:
    division = browser("division")
    page = division.get("/divisions/routing/cell?field=TAX")
    sent = fields(page, "/divisions/routing/lead", "seen", "field", "form")
    division.post("/divisions/routing/lead", sent | {"division": asking.people, "since": ""})
    page = division.get("/divisions/routing/cell?field=TAX")
    assert "この課を「関係」から外しました" in page
    today = DEADLINE.date()
    supporting = [one for one in routing_rules(asking.database) if one.part == SUPPORT and one.is_valid(today)]
    assert supporting == []


def test_an_old_note_stays_as_history(desk: Desk, browser: Open, clock: Clock) -> None:
    division, need = browser("division"), desk.of("TAX")[0]
    desk.publish("one")
    follow = f"{TELL}/follow-ups/{need.municipality}/{need.row}"
    first = fields(division.get(f"{TELL}/follow-ups"), follow, "token", "seen")
    division.post(follow, first | {"status": "done", "text": "春に開きました。"})
    desk.open_round("again")
    desk.hand_in(desk.tax, **PROMISE | {"R3": "次の研修を開きます。", "R4": "令和9年10月"})
    desk.publish("two")
    page = division.get(f"{TELL}/follow-ups")
    assert "済んだ約束（" not in page
    assert "以前の約束についての記録（1件）" in page
    assert page.count("春に開きました。") == 1
    page = division.post(follow, first | {"token": "x", "status": "done", "text": "前の画面から"}, 409)
    assert "約束が変わりました" in page
    assert "前の画面から" in page
    officer = Account(0, "hall", "担当 者", "officer", need.municipality, hash_password(PASSWORD))
    create_account(desk.database, officer, DEADLINE)
    page = browser("hall").get(THERE)
    assert "別の回の回答についての記録" in page
    assert page.count("春に開きました。") == 1
    assert "別の回の回答についての記録" not in browser("hall").get(f"{THERE}?number=1")
