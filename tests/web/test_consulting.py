"""The pages of asking the divisions: the lead's, and those of a division, which sees its own needs and nothing else."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from book_hands import handled, put
from round_desk import HANAKO, LEADER, WHOLE, Desk, desk_of, open_first, sign_up
from sqlite_utils import Database
from town import DEADLINE, OPENED, Clock

from survey_app.store import merging
from survey_app.store.asking import plan_round
from survey_app.store.handing_responses import hand_in
from survey_app.store.rounds import NewRound, close_round, open_round, rounds

Open = Callable[..., Any]
BOARD, OWN = "/board/support_needs/consult", "/consulted/support_needs/1"


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    found = desk_of(sampled)
    sign_up(found)
    return found


@pytest.fixture
def opened_desk(desk: Desk) -> Desk:
    open_first(desk)
    desk.database.execute("UPDATE round SET due = '2027-01-08T17:15:00+09:00'")
    return desk


def at(desk: Desk, number: int, division: int | None = None) -> tuple[str, str]:
    """The number of a need of 税務課, and the address of its page."""
    control = desk.control(desk.needs_of(division or desk.tax)[number])
    return control, f"{OWN}/needs/{control}"


# ---- The lead division


def test_a_round_is_looked_at_and_opened_once(desk: Desk, browser: Open) -> None:
    lead = browser("division")
    assert "まだありません" in lead.get(BOARD)
    page = lead.get(f"{BOARD}/open")
    plan = plan_round(desk.database, desk.inquiry, 1, DEADLINE.date())
    assert f"担当課の決まっていない要望が{len(plan.unowned)}件あります" in page
    assert all(one.need.control in page for one in plan.unowned)
    assert "2課に照会する" in page
    sent = _fields(page, "token", "seen", "cut") | {"due": "R9.1.8 17:15", "request": "検討を\r\nお願いします"}
    for _ in range(2):
        assert lead.post(f"{BOARD}/open", sent) == f"{BOARD}/1"
    assert [(one.number, one.request) for one in rounds(desk.database, desk.inquiry)] == [(1, "検討を\nお願いします")]
    page = lead.get(f"{BOARD}/1")
    assert "関係課に照会しました" in page
    assert "税務課" in page
    assert "024-521-1111" in page


def test_what_is_handed_in_now_is_fixed_when_it_is_asked(desk: Desk, browser: Open) -> None:
    lead = browser("division")
    page = lead.get(f"{BOARD}/open?cut=now")
    sent = _fields(page, "token", "seen", "cut") | {"due": "2027-01-08 17:15", "request": ""}
    assert sent["cut"] == "now"
    for _ in range(2):
        assert lead.post(f"{BOARD}/open", sent) == f"{BOARD}/1"
    assert desk.round.cut == 2
    assert desk.consultation.cut.cut.name == "関係課照会 第1回"


@pytest.mark.parametrize(("due", "said"), [("あした", "回答期限を"), ("R8.1.1", "いまより後"), ("", "回答期限を")])
def test_a_wrong_date_leaves_what_was_typed(desk: Desk, browser: Open, due: str, said: str) -> None:
    lead = browser("division")
    page = lead.get(f"{BOARD}/open")
    sent = _fields(page, "token", "seen", "cut") | {"due": due, "request": "長い依頼文"}
    page = lead.post(f"{BOARD}/open", sent, 422)
    assert said in page
    assert "長い依頼文</textarea>" in page
    assert rounds(desk.database, desk.inquiry) == ()


def test_a_plan_that_changed_is_shown_anew(desk: Desk, browser: Open) -> None:
    lead = browser("division")
    page = lead.get(f"{BOARD}/open")
    sent = _fields(page, "token", "seen", "cut") | {"due": "R9.1.8", "request": ""}
    merging.remark(desk.database, desk.inquiry, _tax(desk)[0], merging.NOT_A_NEED, LEADER)
    assert "要望か振り分けが変わりました" in lead.post(f"{BOARD}/open", sent, 409)
    assert rounds(desk.database, desk.inquiry) == ()


def _tax(desk: Desk) -> list[tuple[str, str]]:
    plan = plan_round(desk.database, desk.inquiry, 1, DEADLINE.date())
    return [one.need.key for one in plan.asked if one.route.lead == desk.tax]


def test_those_late_come_first_and_get_more_time(opened_desk: Desk, browser: Open, clock: Clock) -> None:
    desk = opened_desk
    desk.respond_to_all(desk.tax)
    hand_in(desk.database, desk.round, desk.tax, HANAKO)
    clock.now = DEADLINE.replace(year=2027, month=1, day=12)
    lead = browser("division")
    page = lead.get(f"{BOARD}/1")
    table = page[page.index("consult-divisions") : page.index('id="books"')]
    assert table.index("人事課") < table.index("税務課")
    assert table.count("期限超過") == 1
    assert "人事課" in lead.get(f"{BOARD}/1/reminders")
    assert "回答期限としておりましたが" in lead.get(f"{BOARD}/1/reminders")
    page = lead.post(f"{BOARD}/1/divisions/{desk.people}/extend", {"until": "R8.1.1"}, 422)
    assert "この回の期限より後" in page
    lead.post(f"{BOARD}/1/divisions/{desk.people}/extend", {"until": "R9.1.29 17:15"})
    assert "期限超過</span>" not in lead.get(f"{BOARD}/1")


def test_a_response_goes_back_with_a_remark(opened_desk: Desk, browser: Open) -> None:
    desk = opened_desk
    desk.respond_to_all(desk.tax)
    hand_in(desk.database, desk.round, desk.tax, HANAKO)
    lead, (control, own) = browser("division"), at(desk, 0)
    page = lead.get(f"{BOARD}/1/needs/{control}")
    assert WHOLE["R2"] in page
    page = lead.post(f"{BOARD}/1/needs/{control}/return", {"division": desk.tax, "remark": " "}, 422)
    assert "差し戻す理由を入力してください" in page
    lead.post(f"{BOARD}/1/needs/{control}/return", {"division": desk.tax, "remark": "時期を示してください"})
    zeimu = browser("zeimu")
    assert "時期を示してください" in zeimu.get(OWN)
    page = zeimu.get(own)
    assert "時期を示してください" in page
    assert 'name="R2"' in page
    assert 'name="R2"' not in zeimu.get(at(desk, 1)[1]), "the others stay handed in"


def test_divisions_are_added_and_withdrawn(opened_desk: Desk, browser: Open) -> None:
    desk = opened_desk
    lead, (control, own) = browser("division"), at(desk, 0)
    lead.post(f"{BOARD}/1/needs/{control}/withdraw", {"division": desk.tax})
    assert "照会を取りやめ" in lead.get(f"{BOARD}/1/needs/{control}")
    zeimu = browser("zeimu")
    zeimu.get(own, 404)
    assert control not in zeimu.get(OWN)
    assert "照会する課を選んでください" in lead.post(f"{BOARD}/1/needs/{control}/add", {"part": "lead"}, 422)
    lead.post(f"{BOARD}/1/needs/{control}/add", {"division": desk.tax, "part": "lead"})
    zeimu.get(own)


def test_a_need_that_nobody_owned_can_be_asked_within_the_round(opened_desk: Desk, browser: Open) -> None:
    desk = opened_desk
    lead = browser("division")
    need = desk.consultation.unasked[0]
    assert need.control in lead.get(f"{BOARD}/1")
    lead.post(f"{BOARD}/1/needs/{need.control}/add", {"division": desk.tax, "part": "lead"})
    assert need.control in browser("zeimu").get(OWN)
    assert need.key not in {one.key for one in desk.consultation.unasked}


def test_rounds_stand_side_by_side(opened_desk: Desk, browser: Open) -> None:
    desk = opened_desk
    control, key = at(desk, 0)[0], desk.needs_of(desk.tax)[0]
    desk.respond(key, desk.tax, **{**WHOLE, "R2": "最初の回の内容"})
    close_round(desk.database, desk.round, LEADER)
    open_round(desk.database, desk.inquiry, NewRound(1, DEADLINE.replace(day=28), "", "two"), LEADER)
    desk.respond(key, desk.tax, **{**WHOLE, "R2": "次の回の内容"})
    lead = browser("division")
    for address in (f"{BOARD}/2/compare", f"{BOARD}/2/needs/{control}"):
        page = lead.get(address)
        assert "最初の回の内容" in page
        assert "次の回の内容" in page
    own = browser("zeimu").get(f"/consulted/support_needs/2/needs/{control}")
    assert "第1回の回答" in own
    assert "最初の回の内容" in own


def test_a_round_is_closed_and_opened_again(opened_desk: Desk, browser: Open) -> None:
    lead, zeimu = browser("division"), browser("zeimu")
    own = at(opened_desk, 0)[1]
    sent = {**WHOLE, "seen": 0, "R2": "まだ保存していない文章"}
    zeimu.get(own)
    lead.get(f"{BOARD}/1")
    lead.post(f"{BOARD}/1/close")
    page = zeimu.post(own, sent, 409)
    assert "締め切られたため、保存していません" in page
    assert "まだ保存していない文章</textarea>" in page
    lead.post(f"{BOARD}/1/open-again")
    zeimu.post(own, sent)
    assert opened_desk.response(opened_desk.needs_of(opened_desk.tax)[0], opened_desk.tax) is not None


def test_the_books_of_all_go_out_and_come_back_together(opened_desk: Desk, browser: Open) -> None:
    desk = opened_desk
    lead = browser("division")
    response = lead.client.get(f"{BOARD}/1/books.zip")
    with zipfile.ZipFile(io.BytesIO(response.data)) as held:
        books = {name: held.read(name) for name in held.namelist()}
    assert [name.rpartition("_")[2] for name in books] == ["税務課.xlsx", "人事課.xlsx"]
    key = desk.needs_of(desk.tax)[0]
    files = [(io.BytesIO(handled(content, put(key, WHOLE))), name) for name, content in books.items()]
    page = lead.get(f"{BOARD}/1")
    del page
    location = lead.post(f"{BOARD}/1/uploads", {"files": [*files, (io.BytesIO(b"x" * 50), "メモ.xlsx")]})
    page = lead.get(location)
    assert "6欄を取り込む" in page
    assert "メモ.xlsx" in page
    assert desk.response(key, desk.tax) is None
    kept = re.findall(r'name="file" value="([0-9a-f]+)"', page)
    lead.post(f"{BOARD}/1/uploads/take", {"file": kept})
    assert desk.texts(desk.tax) == desk.texts(desk.people) == {key: WHOLE}
    assert desk.response(key, desk.tax).source == "workbook"
    assert "取り込む内容を選" not in lead.get(f"{BOARD}/1")


def _fields(page: str, *names: str) -> dict[str, Any]:
    form = page[page.index('method="post" action="/board/support_needs/consult/open"') :]
    return {name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in names}


# ---- Who may see what


@pytest.mark.parametrize("name", ["zeimu", "mishima"])
def test_the_leads_pages_are_the_leads(opened_desk: Desk, browser: Open, name: str) -> None:
    somebody = browser(name)
    for address in (BOARD, f"{BOARD}/1", f"{BOARD}/1/books.zip", f"{BOARD}/1/compare"):
        somebody.get(address, 404)


def test_a_division_starts_at_its_own_list(opened_desk: Desk, browser: Open, clock: Clock) -> None:
    page = browser("zeimu").get("/consulted/")
    assert "税務課への照会" in page
    assert OWN in page
    clock.now = OPENED
    browser("division").get("/consulted/", 404)
