"""The states that one officer meets: each sets itself up and walks through its pages."""

from io import BytesIO
from typing import Any

import openpyxl
from town import PASSWORD
from walking import Walk

from survey_app import clock
from survey_app.receiving.forms import form_book
from survey_app.store.appointments import issue_passwords
from survey_app.store.invitations import invite

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def signed_out(walk: Walk) -> None:
    page = walk.enter()
    walk.go("/sign-in")
    page.fill("[name=sign_in_name]", "nobody")
    page.fill("[name=password]", "wrong")
    walk.press("main button", "a refused sign-in")
    walk.go("/shared/unknown")


def not_started(walk: Walk, inquiry: str) -> None:
    walk.hall = walk.hall.at(inquiry)
    walk.enter(walk.hall.person())
    walk.go("/inquiries", "", *walk.sections, *walk.rows, "/review", "/colleagues", "/questions", "/upload")


def filled_in(walk: Walk, inquiry: str) -> None:
    walk.hall = walk.hall.at(inquiry)
    walk.hall.fill()
    walk.enter(walk.hall.person())
    walk.go("/inquiries", "", *walk.sections, *walk.rows, "/review")


def nil_after_all(walk: Walk) -> None:
    walk.hall.fill()
    walk.enter(walk.hall.person())
    walk.go("")
    walk.press("form.nil button", "該当なし is asked again")


def with_problems(walk: Walk) -> None:
    walk.hall.save(A6="メールなし", A8="令和99年99月99日", B1="1", T1="たくさん")
    walk.enter(walk.hall.person())
    walk.go(*(f"{one}?show=all" for one in walk.sections), "", "/review")


def in_english(walk: Walk) -> None:
    walk.hall.fill()
    walk.enter(walk.hall.person())
    walk.go("")
    walk.press(".masthead form:has-text('English') button", "the overview in English")
    assert walk.here.page.get_attribute("html", "lang") == "en"
    walk.go("/inquiries", "/sections/A?show=all", "/sections/D", "/review", "/upload", "/account/")


def pasting(walk: Walk) -> None:
    """Paste rows into each table: nothing, what cannot be read, what can."""
    walk.hall.save(B1="1", B4="TAX LAW", L3="review")
    page = walk.enter(walk.hall.person())
    for table in walk.hall.inquiry.questionnaire.tables:
        walk.go(f"/tables/{table}/paste")
        walk.press("form:has(#text) button", f"nothing pasted into {table}")
        page.fill("#text", "来年\tわからない\t=1+1\n二\t税の滞納整理\t併任徴収\n" * 2)
        walk.press("form:has(#text) button", f"cells pasted into {table}")


def a_form_in_excel(walk: Walk) -> None:
    hall = walk.hall
    hall.save(A2="総務課", A3="主査")
    book = openpyxl.load_workbook(BytesIO(form_book(hall.reply(), clock.now())))
    for name, value in {"A2": "企画課", "A3": "係長", "A4": "佐藤", "A8": "令和99年99月99日", "T1": "=1/0"}.items():
        ((sheet, cell),) = book.defined_names[f"ans.{name}"].destinations
        book[sheet][cell.replace("$", "")] = value
    made = BytesIO()
    book.save(made)
    hall.save(A2="財政課")
    page = walk.enter(hall.person())
    walk.go("/upload")
    walk.press("button:has-text('送って違いを見る')", "no file")
    page.set_input_files("[name=file]", {"name": "表.csv", "mimeType": "text/csv", "buffer": "A2,総務課\n".encode()})
    walk.press("button:has-text('送って違いを見る')", "a refused file")
    page.set_input_files("[name=file]", {"name": "回答票.xlsx", "mimeType": SHEET, "buffer": made.getvalue()})
    walk.press("button:has-text('送って違いを見る')", "what a form would change")
    assert page.is_visible("#findings")
    walk.press("button:has-text('選んだとおりに取り込む')", "taken in")


def an_account(walk: Walk) -> None:
    page = walk.enter(walk.hall.person())
    walk.enter(walk.hall.person())
    page = walk.here.page
    walk.go("/account/")
    choose(page, "短い")
    walk.press("button:has-text('パスワードを変更する')", "a refused password")
    walk.press("button:has-text('サインアウトする')", "signed out elsewhere")


def an_initial_password(walk: Walk) -> None:
    """Be invited, and be given a password on paper."""
    hall = walk.hall
    page = walk.enter()
    number = hall.who().account
    assert number is not None
    walk.go("/invitations/unknown", f"/invitations/{invite(hall.database, number, hall.division())}")
    choose(page, "短い")
    walk.press("main form button", "an invitation with a short password")
    issue_passwords(hall.database, {number: hall.secret}, hall.division())
    walk.here.go(hall.here)
    page.fill("[name=sign_in_name]", hall.person())
    page.fill("[name=password]", PASSWORD)
    walk.press("main button", "an initial password")
    choose(page, PASSWORD)
    walk.press("main form button", "an initial password kept")


def last_time(walk: Walk) -> None:
    """Be asked again what was answered before."""
    walk.hall.fill()
    walk.hall.hand_in()
    walk.hall = walk.hall.of_its_own()
    walk.enter(walk.hall.person())
    walk.go("", *walk.sections)
    walk.hall.fill()
    walk.go("", *walk.sections, *walk.rows, "/review")


def choose(page: Any, password: str) -> None:
    """Fill in all fields for a password."""
    for field in page.locator("input[type=password]").all():
        field.fill(password)
