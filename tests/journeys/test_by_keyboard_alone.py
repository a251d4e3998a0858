"""From signing in to the receipt with the keys of a keyboard and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import Hall
from town import PASSWORD

pytestmark = pytest.mark.browser
CONTACT = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "0241-48-5511",
    "A6": "somu@town.mishima.lg.jp",
    "A8": "R8.11.20",
}
MOST_TABS = 80
FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
    return {name: one.name || "", value: one.value || "", text: (one.innerText || "").trim(), tag: one.tagName,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        shown: look.outlineStyle !== "none" || look.boxShadow !== "none"};
}"""


class Keyboard:
    """Somebody who has no mouse: every key goes to what has the focus."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def tab_to(self, **wanted: str) -> None:
        """Press Tab until what is wanted has the focus; each stop on the way is seen and marked."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            assert here["tag"] == "BODY" or (here["inside"] and here["shown"]), here
            if all(part in here[key] for key, part in wanted.items()):
                return
        pytest.fail(f"Tab does not lead to {wanted} at {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(name=name)
        self.page.keyboard.type(text)

    def press(self, key: str = "Enter") -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_signing_in_to_the_receipt(hall: Hall, visitor: Callable[..., Any], *, scripts: bool) -> None:
    page = visitor(scripts=scripts).go("/")
    keys = Keyboard(page)
    keys.write("sign_in_name", hall.person())
    keys.write("password", PASSWORD)
    keys.press()

    keys.tab_to(text="本文へ移動")
    page.keyboard.press("Enter")
    keys.tab_to(tag="A", text="支援について")
    keys.press()
    keys.tab_to(tag="A", text="回答を始める")
    keys.press()
    for name, typed in CONTACT.items():
        keys.write(name, typed)
        if name == "A6":
            keys.tab_to(name="A7")
            page.keyboard.press("Space")
    keys.tab_to(tag="BUTTON", text="保存して次へ")
    keys.press()

    keys.tab_to(name="B1")
    while page.evaluate(FOCUSED)["value"] != "0":
        page.keyboard.press("ArrowDown")
    keys.tab_to(tag="BUTTON", text="保存して")
    keys.press()
    while not page.url.endswith("/review"):
        keys.tab_to(tag="BUTTON", text="保存して")
        keys.press()
    keys.tab_to(tag="BUTTON", text="この内容で提出する")
    keys.press()
    page.wait_for_url("**/receipts/1")
    assert hall.reply().standing.number == 1
    assert hall.value("A2") == CONTACT["A2"]


def test_enter_in_a_field_saves_and_stays(hall: Hall, visitor: Callable[..., Any]) -> None:
    page = visitor(hall.person()).go(f"{hall.here}/sections/A")
    keys = Keyboard(page)
    keys.write("A2", "総務課")
    keys.press()
    assert page.url.endswith("/sections/A")
    assert hall.value("A2") == "総務課"
    assert page.input_value("[name=A2]") == "総務課"


def test_from_the_summary_of_problems_to_the_field(hall: Hall, visitor: Callable[..., Any]) -> None:
    page = visitor(hall.person()).go(f"{hall.here}/sections/A")
    keys = Keyboard(page)
    keys.write("A6", "メールなし")
    keys.tab_to(tag="BUTTON", text="保存して次へ")
    keys.press()
    page.wait_for_function("document.activeElement.id === 'problems'")
    keys.tab_to(tag="A", text="A6")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.name === 'A6'")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("somu@town.mishima.lg.jp")
    keys.press()
    assert hall.value("A6") == "somu@town.mishima.lg.jp"
    assert page.locator("#problems").count() == 0
