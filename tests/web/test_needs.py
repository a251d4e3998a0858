"""The needs at the division's desk: listed, searched, merged, said to be none, given to other divisions."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from handing_again import first_submitted, hand_in_again
from sqlite_utils import Database
from town import DEADLINE, OPENED, Clock

from exports.needs import Need, needs_of
from survey_app.routing_start import take_start
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.divisions import Division, add, listed
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.merging import IS_A_NEED, NOT_A_NEED, merges, not_similar, remarked
from survey_app.store.rosters import roster
from survey_app.store.routing import routes

HERE = "/board/support_needs/needs"
WHO = Who(None, "県庁 太郎", OPENED)
Open = Callable[..., Any]


@pytest.fixture
def inquiry(sampled: Database, clock: Clock) -> Inquiry:
    """様式1 with sample replies; two divisions, and who answers by the list that comes with the product."""
    clock.now = DEADLINE
    for name in ("市町村行政課", "税務課"):
        add(sampled, Division(0, "総務部", name, OPENED.date()), WHO)
    take_start(sampled, WHO)
    return find_inquiry(sampled, "support_needs")


@pytest.fixture
def needs(sampled: Database, inquiry: Inquiry) -> tuple[Need, ...]:
    return needs_of(take_cut(sampled, inquiry, DEADLINE))


@pytest.fixture
def division(inquiry: Inquiry, browser: Open) -> Any:
    return browser("division")


def controls(page: str) -> list[str]:
    """The control numbers of the list, in its order."""
    table = page[page.index('class="sheet needs-sheet"') :] if "needs-sheet" in page else ""
    return re.findall(r'class="need-control"><a [^>]*>([^<]+)<', table)


def address(need: Need) -> str:
    return f"{HERE}/{need.municipality}/{need.row}"


def test_all_are_listed_those_without_a_division_first(division: Any, needs: tuple[Need, ...]) -> None:
    page = division.get(HERE)
    found = controls(page)
    assert sorted(found) == sorted(one.control for one in needs)
    owned = [one.control for one in needs if one.field in ("HR", "TAX", "INFO")]
    unowned = [one.control for one in needs if one.field not in ("HR", "TAX", "INFO")]
    assert owned
    assert unowned
    assert found == unowned + owned, "each part in the official order"
    assert f"担当課の決まっていない要望が{len(unowned)}件あります" in page
    assert "税務課" in page


@pytest.mark.parametrize("field", ["TAX", "HR", "OTH"])
def test_filtered_by_field_and_form(division: Any, needs: tuple[Need, ...], field: str) -> None:
    wanted = {one.control for one in needs if one.field == field}
    assert set(controls(division.get(f"{HERE}?field={field}"))) == wanted
    form = needs[0].form
    both = {one.control for one in needs if (one.field, one.form) == (field, form)}
    assert set(controls(division.get(f"{HERE}?field={field}&form={form}"))) == both


def test_searched_by_words_numbers_and_names(division: Any, sampled: Database, needs: tuple[Need, ...]) -> None:
    need = needs[0]
    word = need.subject[:6]
    found = controls(division.get(f"{HERE}?text={word}"))
    assert need.control in found
    assert len(found) < len(needs)
    wide = need.control.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789"})
    assert controls(division.get(f"{HERE}?text={wide}")) == [need.control]
    town = roster(sampled)[need.municipality].name
    of_town = {one.control for one in needs if one.municipality == need.municipality}
    assert of_town <= set(controls(division.get(f"{HERE}?text={town}")))
    assert "あてはまる要望はありません" in division.get(f"{HERE}?text=どこにもない言葉")


def test_filtered_by_division_and_bureau_and_sorted(division: Any, sampled: Database, needs: tuple[Need, ...]) -> None:
    tax = next(one.id for one in listed(sampled) if one.name == "税務課")
    wanted = {one.control for one in needs if one.field == "TAX"}
    assert set(controls(division.get(f"{HERE}?division={tax}"))) == wanted
    known = roster(sampled)
    bureau = known[needs[0].municipality].bureau
    there = {one.control for one in needs if known[one.municipality].bureau == bureau}
    assert set(controls(division.get(f"{HERE}?bureau={bureau}"))) == there
    order = {code: place for place, code in enumerate(("HR", "TAX", "LAW", "ICT", "INFO", "OTH"))}
    by_control = {one.control: one for one in needs}
    places = [
        (by_control[one].field in ("HR", "TAX", "INFO"), order[by_control[one].field])
        for one in controls(division.get(f"{HERE}?sort=topic"))
    ]
    assert places == sorted(places)


def test_one_need_with_its_history(division: Any, needs: tuple[Need, ...]) -> None:
    need = next(one for one in needs if one.field == "TAX")
    page = division.get(address(need))
    assert need.control in page
    assert need.subject in page
    assert "初めて提出" in page
    assert "総務部 税務課" in page
    division.get(f"{HERE}/{need.municipality}/never", 404)
    division.get(f"{HERE}/999999/{need.row}", 404)


def test_given_to_another_division_and_back(
    division: Any, sampled: Database, inquiry: Inquiry, needs: tuple[Need, ...]
) -> None:
    need = next(one for one in needs if one.field == "TAX")
    lead, tax = (one.id for one in listed(sampled))
    page = division.get(address(need))
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    wrong = division.post(f"{address(need)}/move", {"lead": lead, "reason": "", "seen": seen}, 422)
    assert "理由を入力してください" in wrong
    assert f'value="{lead}" selected' in wrong, "what was chosen stays"
    division.post(f"{address(need)}/move", {"lead": "", "reason": "わけ", "seen": seen}, 422)
    sent = {"lead": lead, "supports": [tax], "reason": "職員の派遣を含むため", "seen": seen}
    division.post(f"{address(need)}/move", sent)
    division.post(f"{address(need)}/move", sent)
    route = routes(sampled, inquiry, needs, DEADLINE.date())[need.key]
    assert (route.lead, route.supports, route.by_hand) == (lead, (tax,), True)
    told = sampled.execute("SELECT count(*) FROM event WHERE act = 'move_need'").fetchone()[0]
    assert told == 1, "sent twice, moved once"
    assert controls(division.get(f"{HERE}?mark=moved")) == [need.control]
    stale = division.post(f"{address(need)}/move", {"lead": tax, "reason": "別のわけ", "seen": seen}, 409)
    assert "ほかの方がこの要望の担当課を変えました" in stale
    assert "別のわけ" in stale
    page = division.get(address(need))
    assert "職員の派遣を含むため" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    division.post(f"{address(need)}/move", {"back": "1", "seen": seen})
    assert routes(sampled, inquiry, needs, DEADLINE.date())[need.key].lead == tax


def test_what_says_nothing_is_told_and_decided(
    division: Any, sampled: Database, inquiry: Inquiry, needs: tuple[Need, ...]
) -> None:
    code = first_submitted(sampled, inquiry)
    empty = next(one for one in needs if one.municipality == code)
    hand_in_again(sampled, inquiry, code, {(empty.row, "D5"): "特になし"})
    assert controls(division.get(f"{HERE}?mark=empty")) == [empty.control]
    assert "内容なしの疑い（1件）" in division.get(f"{HERE}/similar")
    division.post(f"{address(empty)}/remark", {"said": "not_a_need", "page": "similar"})
    page = division.get(f"{HERE}/similar")
    assert "要望として扱わないもの（1件）" in page
    assert "内容なしの疑い" not in page
    assert remarked(sampled, inquiry, NOT_A_NEED) == {empty.key}
    assert empty.control in controls(division.get(HERE)), "it stays visible"
    assert controls(division.get(f"{HERE}?mark=aside")) == [empty.control]
    division.post(f"{address(empty)}/remark", {"said": "is_a_need"})
    assert remarked(sampled, inquiry, IS_A_NEED) == {empty.key}
    assert controls(division.get(f"{HERE}?mark=empty")) == []


def offered(page: str) -> list[dict[str, Any]]:
    """The proposals of the page: their place and the needs that they offer."""
    parts = page.split('<form class="proposal"')[1:]
    return [
        {
            "place": re.search(r'name="place" value="([^"]+)"', part).group(1),
            "offered": re.findall(r'name="offered" value="([^"]+)"', part),
        }
        for part in parts
    ]


def test_similar_ones_are_merged_renamed_and_taken_apart(division: Any, sampled: Database, inquiry: Inquiry) -> None:
    page = division.get(f"{HERE}/similar")
    first = offered(page)[0]
    assert "<mark>" in page
    sent = {**first, "needs": first["offered"], "subject": "まとめた要望"}
    wrong = division.post(f"{HERE}/similar/merge", {**sent, "subject": ""}, 422)
    assert f'href="#subject-{first["place"]}"' in wrong
    wrong = division.post(f"{HERE}/similar/merge", {**sent, "needs": first["offered"][:1]}, 422)
    assert "2件以上選んでください" in wrong
    assert "まとめた要望" in wrong, "what was typed stays"
    for _ in range(2):
        division.post(f"{HERE}/similar/merge", sent)
    (group,) = merges(sampled, inquiry)
    assert {"/".join(key) for key in group.needs} == set(first["offered"])
    page = division.get(f"{HERE}/similar")
    assert first["place"] not in [one["place"] for one in offered(page) if one["offered"] == first["offered"]]
    assert "まとめた要望（1組）" in page
    assert len(controls(division.get(f"{HERE}?mark=merged"))) == len(group.needs)
    division.post(f"{HERE}/similar/merge", {"needs": first["offered"], "subject": "別の件名", "place": "group-1"})
    (group,) = merges(sampled, inquiry)
    assert group.subject == "別の件名"
    division.post(f"{HERE}/similar/{group.id}/dissolve")
    assert merges(sampled, inquiry) == ()
    division.post(f"{HERE}/similar/{group.id}/dissolve")
    assert "すでに取り消されている" in division.get(f"{HERE}/similar")


def test_different_ones_are_not_proposed_again(division: Any, sampled: Database, inquiry: Inquiry) -> None:
    before = offered(division.get(f"{HERE}/similar"))
    first = before[0]
    division.post(f"{HERE}/similar/apart", first)
    pairs = not_similar(sampled, inquiry)
    assert len(pairs) == len(first["offered"]) * (len(first["offered"]) - 1) / 2
    after = offered(division.get(f"{HERE}/similar"))
    assert not any(len(set(one["offered"]) & set(first["offered"])) > 1 for one in after)


def test_merged_by_their_numbers(division: Any, sampled: Database, inquiry: Inquiry, needs: tuple[Need, ...]) -> None:
    one, other = needs[0], needs[-1]
    division.get(f"{HERE}/similar?numbers={one.control}")
    typed = {"place": "numbers", "numbers": f"{one.control}　072010-99", "subject": "一つに"}
    page = division.post(f"{HERE}/similar/merge", typed, 422)
    assert "072010-99 の要望は、ここにはありません" in page
    assert f"{one.control}　072010-99" in page, "what was typed stays"
    division.post(f"{HERE}/similar/merge", {**typed, "numbers": f"{one.control}、{other.control}"})
    (group,) = merges(sampled, inquiry)
    assert set(group.needs) == {one.key, other.key}
    page = division.get(address(one))
    assert other.control in page
    assert "「一つに」として" in page


def test_of_a_cut_and_of_now(division: Any, sampled: Database, inquiry: Inquiry, needs: tuple[Need, ...]) -> None:
    fix_cut(sampled, inquiry, "第1次集計", "one", Who(None, "県庁 太郎", DEADLINE))
    page = division.get(HERE)
    assert "「第1次集計」（" in page, "the last cut is shown unless another is chosen"
    assert len(controls(page)) == len(needs)
    assert "いま提出されている要望です" in division.get(f"{HERE}?cut=now")
    division.get(f"{HERE}?cut=2", 404)
    division.get(f"{HERE}?cut=x", 404)
    assert controls(division.get(f"{HERE}?cut=now&mark=changes")) == []


def test_what_changed_since_the_last_cut(
    division: Any, sampled: Database, inquiry: Inquiry, needs: tuple[Need, ...]
) -> None:
    fix_cut(sampled, inquiry, "第1次集計", "one", Who(None, "県庁 太郎", DEADLINE))
    code = first_submitted(sampled, inquiry)
    need = next(one for one in needs if one.municipality == code)
    hand_in_again(sampled, inquiry, code, {(need.row, "D5"): "件名を改めました"})
    assert controls(division.get(f"{HERE}?cut=now&mark=changed")) == [need.control]
    assert controls(division.get(f"{HERE}?cut=now&mark=new")) == []
    page = division.get(f"{address(need)}?cut=now")
    assert "内容変更" in page
    assert f"<del>{need.subject}</del>" in page
    assert "<ins>件名を改めました</ins>" in page
    assert need.subject in division.get(f"{address(need)}?cut=1")
    assert "件名を改めました" not in controls(division.get(HERE))


def test_an_inquiry_without_needs_says_so(division: Any) -> None:
    assert "要望を1件ずつ書く表がありません" in division.get("/board/grant_small/needs")
    division.get("/board/grant_small/needs/cuts")
    division.get("/board/nowhere/needs", 404)


def test_only_the_division_sees_them(browser: Open, needs: tuple[Need, ...]) -> None:
    officer = browser("mishima")
    for path in (HERE, f"{HERE}/similar", address(needs[0]), "/divisions/routing/"):
        officer.get(path, 404)
