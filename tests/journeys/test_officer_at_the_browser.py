"""An officer's journey in a real browser: with and without scripts, on a narrow screen, for everybody."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
INQUIRY = "/inquiries/support_needs"
CONTACT = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "0241-48-5511（内線12）",
    "A6": "somu@town.mishima.lg.jp",
    "A8": "R8.11.20",
}
Open = Callable[..., Any]


def sound(here: Any) -> None:
    """A page has no violation, and no part of it is out of reach at the side."""
    assert here.violations() == [], here.page.url
    wide = here.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, here.page.url


def save(page: Any, go: str = "next") -> None:
    """Press a button under the form."""
    with page.expect_navigation():
        page.locator(f".acts button[value={go}]").click()


def contact(page: Any) -> None:
    """Fill in section A."""
    for name, text in CONTACT.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=A7][value=head]")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_sound(person: Open, width: int) -> None:
    here = person("mishima", width=width)
    page = here.page
    sound(here)
    here.go(INQUIRY)
    sound(here)
    here.go(f"{INQUIRY}/sections/A")
    contact(page)
    page.fill("[name=A6]", "somu")
    save(page)
    page.wait_for_function("document.activeElement.id === 'problems'")
    sound(here)
    page.fill("[name=A6]", CONTACT["A6"])
    save(page)
    page.check("[name=B1][value='1']")
    page.wait_for_selector("#w-B4:not([hidden])")
    for field in ("TAX", "LAW"):
        page.check(f"[name=B4][value={field}]")
    sound(here)
    save(page)
    sound(here)
    here.go(f"{INQUIRY}/sections/L")
    page.check("[name=L3][value=review]")
    page.wait_for_selector("#w-L4:not([hidden])")
    page.locator("[name$='.L4a']").first.fill("空き家対策条例")
    page.locator("[name$='.L4b']").first.fill("来年")
    save(page)
    sound(here)
    here.go(f"{INQUIRY}/tables/D/rows/new")
    sound(here)
    page.locator("[name$='.D5']").fill("徴収職員の派遣")
    save(page)
    sound(here)
    here.go(f"{INQUIRY}/review")
    sound(here)
    page.locator(".summary a").last.click()
    page.wait_for_url("**show=all**")
    page.wait_for_function("document.activeElement.id === location.hash.slice(1)")
    sound(here)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_nil_reply_from_sign_in_to_the_receipt(person: Open, scripts: bool) -> None:
    here = person("mishima", scripts=scripts)
    page = here.go(INQUIRY)
    page.click("button:has-text('「該当なし」で回答する')")
    page.wait_for_url("**/sections/A")
    contact(page)
    save(page)
    page.wait_for_url("**/review")
    page.click("button:has-text('提出する')")
    page.wait_for_url("**/receipts/1")
    assert "三島町" in page.inner_text(".receipt")
    if scripts:
        sound(here)
        assert page.is_visible("[data-print]")
    here.go(INQUIRY)
    page.click("button:has-text('取り下げて修正する')")
    assert "提出を取り下げました" in page.inner_text("main")


def test_the_script_shows_what_is_asked_and_how_it_is_read(person: Open) -> None:
    page = person("mishima").go(f"{INQUIRY}/sections/B")
    assert page.is_hidden("#w-B4")
    page.check("[name=B1][value='1']")
    page.wait_for_selector("#w-B4:not([hidden])")
    page.check("[name=B1][value='0']")
    page.wait_for_selector("#w-B4", state="hidden")
    page.wait_for_selector("#w-B2:not([hidden])")
    page.check("[name=B1][value='1']")
    page.wait_for_selector("#w-B4:not([hidden])")
    page.check("[name=B4][value=TAX]")
    save(page)
    page.wait_for_url("**/sections/T")
    page.fill("[name=T1]", "１２，３４５")
    page.fill("[name=T2]", "たくさん")
    page.press("[name=T2]", "Tab")
    page.wait_for_selector("#q-T1-reading:has-text('12,345')")
    page.wait_for_selector("#q-T2-messages")
    page.fill("[name=T2]", "▲１")
    page.press("[name=T2]", "Tab")
    page.wait_for_selector("#q-T2-messages:has-text('以上')")
    page.fill("[name=T2]", "２３４")
    page.press("[name=T2]", "Tab")
    page.wait_for_selector("#q-T2-messages", state="detached")


def test_characters_are_counted_and_never_cut(person: Open) -> None:
    page = person("mishima").go(f"{INQUIRY}/sections/Z")
    text = "𠮟" * 801
    page.fill("[name=Z1]", text)
    assert page.inner_text("#q-Z1-count") == "801字／800字"
    assert "count-over" in (page.get_attribute("#q-Z1-count", "class") or "")
    save(page, "stay")
    assert page.input_value("[name=Z1]") == text


def test_leaving_with_something_unsaved_is_asked(person: Open) -> None:
    page = person("mishima").go(f"{INQUIRY}/sections/A")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("[name=A2]", "総務課")
    page.click(".trail a >> nth=1")
    page.wait_for_url(f"**{INQUIRY}")
    assert asked == ["beforeunload"]


def test_municipalities_are_filtered_and_counted(person: Open) -> None:
    page = person("mishima").go("/inquiries/grant_small/sections/B")
    page.check("[name=B1][value='1']")
    save(page)
    page.wait_for_url("**/sections/G")
    page.fill(".town-filter input", "三島")
    assert page.locator(".town:visible").all_inner_texts() == ["三島町"]
    page.check("[name=G3][value='074446']")
    page.fill(".town-filter input", "")
    assert page.locator(".town:visible").count() == 59
    assert page.inner_text(".town-chosen") == "1団体を選択中"
