"""People in a real browser: a new officer comes in by paper and by link, with and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from town import OWN

from survey_app.passwords import NOBODY
from survey_app.store.accounts import Account, add_account, find_account
from survey_app.store.audit import Who
from survey_app.store.contacts import contacts
from survey_app.store.divisions import Division, add, listed

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
NEW = "あたらしいひみつの言葉"


def choose_password(page: Any, button: str) -> None:
    page.fill("#password_new", NEW)
    page.fill("#password_again", NEW)
    page.click(f"main button:has-text('{button}')")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_paper_to_the_first_page(person: Open, scripts: bool, database: Database, tmp_path: Path) -> None:
    division = person("division", scripts=scripts)
    page = division.go("/people/accounts/officers")
    assert page.locator("input[name=town]").count() == 57
    for place in range(2, 57):
        page.locator("input[name=town]").nth(place).uncheck()
    page.click("text=選んだ市町村に利用者を作る")
    page.click("text=初期パスワードを発行して表示する")
    page.wait_for_selector(".paper")
    assert page.locator(".paper").count() == 2
    letter = page.locator(".paper").first
    name, password = letter.locator(".paper-code").nth(1).inner_text(), letter.locator(".paper-password").inner_text()
    if scripts:
        assert division.violations() == []
        printed = page.pdf(format="A4")
        assert printed.count(b"/Type /Page\n") == 2, "one page for each person"
    officer = person(scripts=scripts)
    page = officer.go("/sign-in")
    page.fill("[name=sign_in_name]", name)
    page.fill("[name=password]", password)
    page.click("main button")
    officer.go("/inquiries/support_needs")
    assert page.inner_text("h1") == "パスワードを決めてください"
    choose_password(page, "このパスワードにする")
    page.wait_for_url("**/inquiries/support_needs")
    account = find_account(database, name)
    assert account is not None
    assert not account.must_change


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_link_to_the_first_page(person: Open, scripts: bool, database: Database) -> None:
    division = person("division", scripts=scripts)
    page = division.go(f"/people/accounts/new?role=approver&municipality={OWN}")
    page.fill("#sign_in_name", "kacho")
    page.fill("#name", "総務課長")
    page.click("main form button")
    page.click("text=招待リンクを作る")
    link = page.input_value("#link")
    guest = person(scripts=scripts)
    guest.page.goto(link)
    choose_password(guest.page, "パスワードを決めて始める")
    guest.page.wait_for_url("**/inquiries")
    assert "三島町" in guest.page.inner_text(".person")
    guest.page.goto(link)
    assert guest.page.inner_text("h1") == "この招待リンクは使えません"


@pytest.mark.parametrize("scripts", [True, False])
def test_contacts_by_hand_and_by_list(person: Open, scripts: bool, database: Database) -> None:
    here = person("division", scripts=scripts)
    page = here.go(f"/people/{OWN}")
    page.fill("#name", "佐藤 花子")
    page.fill("#section", "総務課")
    page.click("main form button")
    assert "連絡先を追加しました" in page.inner_text("main")
    here.go("/people/contacts")
    text = f"団体コード,課・係,職,氏名,電話番号,メールアドレス\n{OWN},総務課,主査,佐藤 花子,0241,\n"
    file = {"name": "連絡先.csv", "mimeType": "text/csv", "buffer": text.encode("cp932")}
    page.set_input_files("#file", file)
    page.click("text=送って違いを見る")
    assert "主査" in page.inner_text("main")
    assert not scripts or here.violations() == []
    page.click("text=この内容で取り込む")
    page.wait_for_url("**/people/")
    (one,) = contacts(database, OWN)
    assert (one.contact.post, one.contact.telephone) == ("主査", "0241")


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_about_people_are_open_to_all(person: Open, width: int, database: Database, clock: Any) -> None:
    who = Who(None, "試験", clock.now)
    division = add(database, Division(0, "総務部", "税務課", clock.now.date()), who)
    add_account(database, Account(None, "new", "新人 一", "officer", OWN, NOBODY), who)
    officer = find_account(database, "mishima")
    assert officer is not None
    here = person("division", width=width)
    addresses = (
        "/people/",
        f"/people/{OWN}",
        "/people/groups/edit",
        "/people/roster",
        "/people/contacts",
        "/people/accounts",
        "/people/accounts/new",
        f"/people/accounts/{officer.id}",
        f"/people/accounts/{officer.id}/successor",
        "/people/accounts/officers",
        "/people/accounts/passwords",
        "/divisions/",
        f"/divisions/{division}",
        "/invitations/unknown",
    )
    for address in addresses:
        page = here.go(address)
        assert here.violations() == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page = here.go("/people/accounts/new")
    page.click("main form button")
    assert here.violations() == []
    assert page.evaluate("document.activeElement.id") == "problems"
    assert len(listed(database)) == 1
