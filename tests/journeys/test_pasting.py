"""A block of cells from a spreadsheet, pasted into a table in a real browser: looked at, mended, added."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import Hall

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
BILLS = "件名\t議会提出予定\t根拠法令等\n空き家対策条例\tらいねん\t空家法\n森林条例\t令和９年６月\t\n"


def sound(here: Any) -> None:
    """A page has no violation, and no part of it is out of reach at the side."""
    assert here.violations() == [], here.page.url
    assert not here.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), here.page.url


@pytest.fixture
def law(hall: Hall) -> Hall:
    """A town hall whose reply asks for L4 (a grid) and D (cards)."""
    hall.save(B1="1", B4="TAX;LAW", L3="review")
    return hall


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_block_is_looked_at_mended_and_added(law: Hall, visitor: Visit, *, scripts: bool) -> None:
    page = visitor(law.person(), scripts=scripts).go(f"{law.here}/sections/L")
    page.locator("[name$='.L4a']").first.fill("前からの条例")
    page.click("button[value='paste:L4']")
    page.wait_for_url("**/tables/L4/paste")
    assert [law.value("L4a", row) for row in law.reply().answers.row_ids("L4")] == ["前からの条例"]
    page.fill("#text", BILLS)
    page.click("button:has-text('内容を確かめる')")
    page.wait_for_selector("#problems")
    if scripts:
        page.wait_for_function("document.activeElement.id === 'problems'")
    assert "2行目 L4b 議会提出予定「らいねん」" in page.inner_text("#problems")
    page.click("#problems a")
    assert page.evaluate("location.hash") == "#cell-2-L4b" if scripts else page.url.endswith("#cell-2-L4b")
    page.fill("#text", BILLS.replace("らいねん", "Ｒ９．４"))
    page.click("button:has-text('もう一度内容を確かめる')")
    page.wait_for_selector("#problems", state="detached")
    assert "令和9年4月" in page.inner_text("table.pasted")
    page.click("button:has-text('この内容で追加する（2行）')")
    page.wait_for_url("**/sections/L#table-L4")
    assert "貼り付けた行を追加しました。" in page.inner_text("main")
    kept = [law.value("L4a", row) for row in law.reply().answers.row_ids("L4")]
    assert kept == ["前からの条例", "空き家対策条例", "森林条例"]


def test_what_the_clipboard_of_a_spreadsheet_holds_is_pasted_as_it_is(law: Hall, visitor: Visit) -> None:
    here = visitor(law.person())
    page = here.go(f"{law.here}/tables/D/paste")
    copied = '税の滞納整理\t\tSECOND\t派遣\t"一行目\r\n二行目\t""引用"""\r\n'
    heads = "分野\t関連分野\t支援の形態\t件名\t具体的内容\r\n"
    page.evaluate(
        "text => { const area = document.getElementById('text'); area.focus();"
        " document.execCommand('insertText', false, text); }",
        heads + copied,
    )
    page.click("button:has-text('内容を確かめる')")
    page.click("button:has-text('この内容で追加する（1行）')")
    page.wait_for_url("**/sections/D#table-D")
    (row,) = law.reply().answers.row_ids("D")
    assert law.value("D6", row) == '一行目\n二行目\t"引用"'
    assert (law.value("D1", row), law.value("D4", row)) == (1, "SECOND")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_sound(law: Hall, visitor: Visit, width: int) -> None:
    here = visitor(law.person(), width=width)
    page = here.go(f"{law.here}/tables/D/paste")
    sound(here)
    page.click("summary:has-text('見出しの行')")
    sound(here)
    page.click("button:has-text('内容を確かめる')")
    page.wait_for_selector("#text-fault")
    sound(here)
    heads = "優先順位\t分野\t支援の形態\t件名\t希望時期\t備考\n"
    page.fill("#text", heads + "１\t税の滞納整理\tSECOND\t派遣\tらいねん\tx\n" + "２\t\tADVICE\t相談\tR9.4\t\n" * 21)
    page.click("button:has-text('内容を確かめる')")
    page.wait_for_selector("table.pasted")
    sound(here)
    page.click("button:has-text('先頭の20行だけを追加する')")
    page.wait_for_url("**/sections/D?show=typed#problems")
    sound(here)
