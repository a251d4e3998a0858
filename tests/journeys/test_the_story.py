"""From 52 replies to promises that were kept, told at the browser: everything after the replies goes through pages."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import story_steps as steps
from halls import BOTH, press, text
from story_steps import ANSWERS, CONSULT, LEADER, NEEDS, OWN, PUBLISH, Story
from the_story import BREAKS, BROKEN, INQUIRY, LATE, LATER, OPINION, REPLIES, SIX, response_of

from survey_app.store.database import connect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
Open = Callable[..., Any]
AGAIN = "会津若松市でも研修会を開きます。"
CHANGED = "会津若松市を会場として、徴収担当職員向けの研修を年2回お願いします。"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database before the story."""
    path = tmp_path_factory.mktemp("story") / "begun.db"
    steps.before_the_story(path)
    return path


@pytest.fixture
def path(begun: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    return Path(shutil.copy(begun, tmp_path / "shokai.db"))


@BOTH
def test_from_replies_to_responses(person: Open, path: Path, tmp_path: Path, *, scripts: bool) -> None:
    with connect(path) as database:
        story = Story(database, person, scripts, tmp_path)
        lead = story.person(LEADER)
        compiled_and_routed(story, lead)
        first_round(story, lead)
        second_round(story, lead)
        published(story, lead)
        kept(story, lead)


def compiled_and_routed(story: Story, lead: Any) -> None:
    """52 of 59; a cut; two of a kind are one matter; each need has a division but one."""
    empty = story.need("HR")
    story.change_need(empty, D5="特になし", D6="特になし")
    page = lead.go(f"/board/{INQUIRY}")
    assert f"{REPLIES}／59団体" in text(page)
    page = lead.go(f"{NEEDS}/cuts")
    steps.fix_cut(page, "第1次集計")
    book = steps.download(page, "td a:has-text('ダウンロード')", story.files)
    assert book.stat().st_size > 20_000

    page = lead.go(NEEDS)
    page.fill("#text", "特になし")
    press(page, ".filter button:has-text('絞り込む')")
    assert page.locator(".needs-sheet tbody tr").count() == 1
    press(page, f"a:has-text('{empty.control}')")
    press(page, "button:has-text('要望として扱わない')")
    page = lead.go(f"{NEEDS}/similar")
    press(page, "button:has-text('印の付いた要望をまとめる') >> nth=0")
    assert "一つの要望にまとめました" in text(page)

    for field, lead_division in (("LAW", "市町村行政課"), ("ICT", "災害対策課")):
        page = lead.go("/divisions/routing/")
        press(page, f"a.route-cell[href$='field={field}']")
        page.select_option("#division-lead", str(story.identity(lead_division)))
        press(page, "button:has-text('この課を主担当にする')")
        assert "振り分けを変えました" in text(page)
    page = lead.go(NEEDS)
    assert "担当課の決まっていない要望が2件あります" in text(page)
    press(page, ".unowned .towns a >> nth=0")
    page.click("summary:has-text('担当課を変える')")
    page.select_option("#lead", str(story.identity("市町村行政課")))
    page.fill("#reason", "どの分野にも当たらないため、取りまとめ課で受けます。")
    press(page, "button:has-text('担当課を変える')")
    assert "担当課を変えました" in text(page)
    assert "担当課の決まっていない要望が1件あります" in text(lead.go(NEEDS))


def first_round(story: Story, lead: Any) -> None:
    """Each division sees and answers its own; one breaks a rule; two are late."""
    page = steps.open_round(lead, "R99.1.8 17:15", "対応を検討してください。")
    assert "照会していない要望（1件）" in text(page)
    for division in SIX:
        if division not in LATE:
            answered(story, division)
    story.let_the_date_pass()
    page = lead.go(f"{CONSULT}/1")
    assert "期限を過ぎて、提出の終わっていない課が2あります" in text(page)
    page = lead.go(f"{CONSULT}/1/reminders")
    for division in LATE:
        assert division in text(page)
        answered(story, division)
    assert "提出の終わっていない課" not in text(lead.go(f"{CONSULT}/1"))


def answered(story: Story, division: str) -> None:
    """A division answers one need in the browser and the others in its workbook."""
    if not story.scripts and division not in (BREAKS, LATE[0]):
        return steps.answer_beside(story, division)
    page = story.person(division).go(f"{OWN}/{story.number}")
    needs = story.asked(division)
    first = needs[0]
    assert page.locator(".consulted-sheet tbody tr").count() == len(needs)
    press(page, f"a[href*='{first.control}']")
    if division == BREAKS:
        steps.answer(page, BROKEN, "check")
        problems = page.inner_text("#problems")
        assert "措置が必要です" in problems
        assert "予定の年月" in problems
        assert page.input_value("[name=R2]") == BROKEN["R2"]
    steps.answer(page, response_of(division, first), "next")
    page.goto(page.url.split("/needs/")[0])
    steps.answer_by_book(page, story, division, needs[1:])
    return None


def second_round(story: Story, lead: Any) -> None:
    """A need changes after it was answered: it is marked, and asked again beside what was answered."""
    need = story.need("TAX")
    story.change_need(need, D6=CHANGED)
    assert "1団体" in lead.go(f"{NEEDS}/cuts").inner_text("section[aria-labelledby=waiting]")
    steps.fix_cut(lead.page, "第2次集計")
    assert "要望がその後変わっています" in lead.go(f"{CONSULT}/1?state=changed").inner_text(
        f"tr:has-text('{need.control}')"
    )
    press(lead.page, "button:has-text('第1回を締め切る')")
    steps.open_round(lead, "R99.2.8 17:15", "内容の変わった要望を見てください。")
    tax = story.person(BREAKS)
    page = tax.go(f"{OWN}/2/needs/{need.control}")
    assert CHANGED in text(page)
    assert BROKEN["R2"] in text(page)
    again = response_of(BREAKS, need) | {"R2": AGAIN, "R4": steps.last_month()}
    steps.answer(page, again, "check")
    page = tax.go(f"{OWN}/2")
    assert page.locator(".consulted-sheet tbody tr").count() == 1
    press(page, "button:has-text('全ての回答を提出する')")
    row = lead.go(f"{CONSULT}/2/compare").inner_text(f"tr:has-text('{need.control}')")
    assert BROKEN["R2"] in row
    assert AGAIN in row


def published(story: Story, lead: Any) -> None:
    """The municipality sees its answers, the others what they may see; it says something, which is asked again."""
    need = story.need("TAX")
    page = lead.go(PUBLISH)
    assert "担当課なし" in text(page)
    page.check("#unowned")
    page.check("#sure")
    press(page, "button:has-text('市町村に公表する')")
    steps.download(page, "a:has-text('全団体の回答書')", story.files)
    officer = story.officer(need.municipality)
    page = officer.go(f"/inquiries/{INQUIRY}")
    press(page, "a:has-text('要望への県の回答を見る')")
    section = page.locator("section.told", has_text=need.control)
    assert AGAIN in section.inner_text()
    assert steps.download(page, "a:has-text('回答書をダウンロード')", story.files).stem.startswith("回答書")
    section.locator("summary", has_text="意見を送る").click()
    section.locator("textarea").fill(OPINION)
    press(page, f"section.told:has-text('{need.control}') button:has-text('意見を送る')")
    assert OPINION in text(page)
    press(page, "a:has-text('ほかの団体の要望と回答の一覧')")
    shared = page.locator(".told-shared tbody tr")
    disclosed = Counter(one.disclosure for one in story.needs.values())
    assert 0 < shared.count() <= disclosed["open"] + disclosed["anon"]
    assert 0 < shared.filter(has_text="（団体名非公表）").count() <= disclosed["anon"]
    open_words = {one.detail for one in story.needs.values() if one.disclosure != "closed"}
    closed = [one for one in story.needs.values() if one.disclosure == "closed" and one.detail not in open_words]
    assert closed
    assert not any(one.detail.strip() in text(page) for one in closed if len(one.detail) > 20)
    steps.download(page, "a:has-text('この一覧をダウンロード')", story.files)

    page = lead.go(f"{PUBLISH}/opinions")
    assert OPINION in text(page)
    press(page, "a:has-text('次の回の照会を準備する')")
    again = page.locator("section[aria-labelledby=divisions] li", has_text=need.control)
    assert "市町村の意見あり" in (again.first.text_content() or "")
    steps.open_round(lead, "R99.3.8 17:15", "意見のあった要望を見てください。")
    assert OPINION in text(story.person(BREAKS).go(f"{OWN}/3/needs/{need.control}"))


def kept(story: Story, lead: Any) -> None:
    """The month of a promise has passed: what became of it is noted, and told."""
    need = story.need("TAX")
    page = lead.go(f"{PUBLISH}/follow-ups")
    over = page.locator("section[aria-labelledby=over]")
    assert need.control in over.inner_text()
    promise = over.locator("section.told", has_text=need.control)
    promise.locator("summary").click()
    promise.locator("select").select_option("done")
    promise.locator("textarea").fill(LATER)
    press(page, f"section.told:has-text('{need.control}') button:has-text('記録する')")
    assert LATER in text(story.officer(need.municipality).go(ANSWERS))
