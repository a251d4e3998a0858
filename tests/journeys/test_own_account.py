"""One's own account: the password, the places where one is signed in, the language."""

from collections.abc import Callable
from typing import Any

import pytest
from halls import BOTH, Hall, press, text
from town import PASSWORD

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
NEW = "あたらしいひみつ 2027"


def change(page: Any, present: str, new: str, again: str) -> None:
    """Fill in the three passwords and send them."""
    labels = ("いまのパスワード", "新しいパスワード", "新しいパスワード（確認）")
    for label, typed in zip(labels, (present, new, again), strict=True):
        page.get_by_label(label, exact=True).fill(typed)
    press(page, "button:has-text('パスワードを変更する')")


@BOTH
def test_a_new_password_signs_out_everywhere_else(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    here, elsewhere = (visitor(hall.person(), scripts=scripts) for _ in range(2))
    page = here.go("/account/")
    change(page, "wrong", NEW, NEW)
    assert "いまのパスワードが違います" in text(page)
    change(page, PASSWORD, "short", "other")
    assert page.locator("#problems li, .summary li").count() == 2
    change(page, PASSWORD, NEW, NEW)
    assert "パスワードを変更しました" in text(page)
    elsewhere.go(hall.here)
    assert elsewhere.page.url.startswith(f"{here.address}/sign-in")
    for password, refused in ((PASSWORD, True), (NEW, False)):
        elsewhere.page.fill("[name=sign_in_name]", hall.person())
        elsewhere.page.fill("[name=password]", password)
        press(elsewhere.page, "main button")
        assert elsewhere.page.is_visible("[name=password]") == refused
    assert elsewhere.page.url == here.address + hall.here


@BOTH
def test_the_other_places_are_listed_and_signed_out(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    here, elsewhere = (visitor(hall.person(), scripts=scripts) for _ in range(2))
    page = here.go("/account/")
    assert text(page).count("（この画面）") == 1
    press(page, "button:has-text('ほかの場所をすべてサインアウトする')")
    assert "ほかの場所をサインアウトしました" in text(page)
    assert page.locator("button:has-text('ほかの場所をすべてサインアウトする')").count() == 0
    elsewhere.go("/account/")
    assert elsewhere.page.url.startswith(f"{here.address}/sign-in")


@BOTH
def test_the_pages_are_read_in_english_and_stay_so(hall: Hall, visitor: Open, *, scripts: bool) -> None:
    here = visitor(hall.person(), scripts=scripts)
    page = here.go(f"{hall.here}/sections/A")
    press(page, ".masthead button:has-text('English')")
    assert page.url == f"{here.address}{hall.here}/sections/A"
    assert page.get_attribute("html", "lang") == "en"
    page.fill("[name=A6]", "no mail")
    press(page, ".acts button[value=next]")
    assert not japanese(page.inner_text("#problems"))
    press(here.go("/account/"), ".masthead button:has-text('サインアウト'), .masthead button:has-text('Sign out')")
    assert page.get_attribute("html", "lang") == "en"
    here.sign_in(hall.person())
    assert page.get_attribute("html", "lang") == "en"
    press(page, ".masthead button:has-text('日本語')")
    assert page.get_attribute("html", "lang") == "ja"


def japanese(found: str) -> str:
    """The kana in a text."""
    return "".join(one for one in found if "\u3040" <= one <= "\u30ff")
