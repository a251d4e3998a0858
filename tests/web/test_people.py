"""The division's pages about people: rosters, contacts, accounts, relevant divisions; and who may do what there."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from sqlite_utils import Database
from town import OPENED, OTHER, OWN, PASSWORD

from survey_app.passwords import NOBODY, hash_password
from survey_app.permissions import PEOPLE
from survey_app.store.accounts import Account, add_account, find_account
from survey_app.store.audit import Who
from survey_app.store.contacts import contacts, former_contacts
from survey_app.store.divisions import listed
from survey_app.store.people import Wanted, people
from survey_app.store.rosters import roster

Open = Callable[..., Any]
WHO = Who(None, "試験", OPENED)
SATO = {"section": "総務課", "post": "主査", "name": "佐藤 花子", "telephone": "0241-48-5511", "email": "a@b.lg.jp"}
CONTACTS = "団体コード,課・係,職,氏名,電話番号,メールアドレス\n"


@pytest.fixture
def division(browser: Open) -> Any:
    """A member of the division."""
    return browser("division")


@pytest.fixture
def others(database: Database) -> None:
    """An administrator, and a second member of the division."""
    secret = hash_password(PASSWORD)
    for name, role in (("admin", "administrator"), ("division2", "division")):
        add_account(database, Account(None, name, f"{name}さん", role, None, secret), WHO)


def number(database: Database, name: str) -> int:
    found = next(one.account for one in people(database, Wanted(state="all")) if one.account.sign_in_name == name)
    return found.id or 0


def send(person: Any, address: str, content: bytes | str, status: int = 200) -> str:
    """Send a file."""
    person.get(address)
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    page: str = person.post(address, {"file": (file, "一覧.csv")}, status)
    return page


def hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


def roster_rows(person: Any) -> list[list[str]]:
    text = person.client.get("/people/roster.csv").data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def written(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def test_only_the_division_opens_them(browser: Open, app: Any) -> None:
    officer = browser("mishima")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PEOPLE and not rule.endpoint.startswith("inviting."):
            address = rule.rule.replace("<int:number>", "1").replace("<code>", OWN)
            if "GET" in rule.methods:
                officer.get(address, 404)
            else:
                officer.post(address, {}, 404)


def test_a_contact_is_added_changed_and_ended(division: Any, database: Database) -> None:
    division.get(f"/people/{OWN}")
    page = division.post(f"/people/{OWN}/contacts", {**SATO, "name": "", "email": "nobody"}, 422)
    assert 'href="#name"' in page
    assert 'href="#email"' in page
    assert 'value="0241-48-5511"' in page
    division.post(f"/people/{OWN}/contacts", SATO)
    (kept,) = contacts(database, OWN)
    assert "佐藤 花子" in division.get("/people/")
    address = f"/people/{OWN}/contacts/{kept.id}"
    assert 'value="主査"' in division.get(address)
    division.post(address, {**SATO, "post": "係長"})
    lost = division.post(address, {**SATO, "post": "課長"}, 409)
    assert "ほかの方が先に変更" in lost
    assert 'value="課長"' in lost, "what was typed stays"
    division.post(f"/people/{OWN}/contacts/{contacts(database, OWN)[0].id}/end")
    assert "これまでの連絡先" in division.get(f"/people/{OWN}")
    assert [one.contact.post for one in former_contacts(database, OWN)] == ["係長", "主査"]
    division.get("/people/999999", 404)


def test_a_group_is_arranged(division: Any, database: Database) -> None:
    page = division.get("/people/groups/edit")
    new = {"known": "", "name": "会津の町", "members": [OWN, OTHER], "seen": hidden(page, "seen")}
    assert "選んでください" in division.post("/people/groups/edit", {**new, "members": []}, 422)
    division.post("/people/groups/edit", new)
    assert "会津の町" in roster(database)[OWN].groups
    narrowed = division.get("/people/?group=会津の町")
    assert "三島町" in narrowed
    assert "福島市" not in narrowed
    stale = {"known": "会津の町", "name": "会津の町", "members": [OWN], "seen": "stale"}
    assert "ほかの方" in division.post("/people/groups/edit", stale, 409)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_roster_is_compared_before_it_is_taken_in(division: Any, database: Database, encoding: str) -> None:
    rows = roster_rows(division)
    rows[1][1] = "新福島市"
    del rows[2]
    page = send(division, "/people/roster", written(rows).encode(encoding))
    assert "新福島市" in page
    assert "会津若松市" in page, "it is gone from the file, and told"
    assert roster(database)["072010"].name == "福島市", "nothing is changed yet"
    fields = {name: hidden(page, name) for name in ("records", "seen")}
    division.post("/people/roster/take", fields)
    assert (roster(database)["072010"].name, len(roster(database))) == ("新福島市", 59)
    division.post("/people/roster/take", fields)
    fields["records"] = json.dumps([[1, rows[0]], [2, [rows[1][0], "福島", *rows[1][2:]]]])
    assert "ほかの方" in division.post("/people/roster/take", fields, 409)
    assert roster(database)["072010"].name == "新福島市"


def test_every_fault_of_a_roster_is_told_by_line(division: Any) -> None:
    rows = roster_rows(division)
    rows[1][0], rows[2][0], rows[3][6] = "72010", "072029", "many"
    page = send(division, "/people/roster", written(rows), 422)
    for line, said in ((2, "先頭の0"), (3, "検査数字"), (4, "人口")):
        assert re.search(f"{line}行目：[^<]*{said}", page), line
    assert "ファイルを選んで" in division.post("/people/roster", {}, 422)


def test_excel_is_read_as_well(division: Any) -> None:
    book = Workbook()
    for row in roster_rows(division):
        book.active.append(row)
    book.active["A2"].value, book.active["A2"].number_format = 72010, "000000"
    book.active["B3"] = "新会津若松市"
    file = io.BytesIO()
    book.save(file)
    page = send(division, "/people/roster", file.getvalue())
    assert "新会津若松市" in page
    assert "新しい市町村</h2>" not in page
    assert "読み取れません" in send(division, "/people/roster", b"PK\x03\x04 no workbook", 422)


def test_contacts_are_taken_in_and_end_only_when_asked(division: Any, database: Database) -> None:
    division.get(f"/people/{OWN}")
    division.post(f"/people/{OWN}/contacts", SATO)
    text = CONTACTS + f"{OWN},総務課,係長,高橋 三郎,0241,\n{OTHER},,,,,\n072010,,,鈴木,,s@f.lg.jp\n"
    page = send(division, "/people/contacts", text.encode("cp932"))
    assert "一覧にない連絡先（1件）を終了する" in page
    fields = {name: hidden(page, name) for name in ("records", "seen")}
    division.post("/people/contacts/take", fields)
    assert [one.contact.name for one in contacts(database, OWN)] == ["佐藤 花子", "高橋 三郎"]
    assert contacts(database, OTHER) == ()
    page = send(division, "/people/contacts", text)
    fields = {name: hidden(page, name) for name in ("records", "seen")}
    division.post("/people/contacts/take", {**fields, "end_gone": "1"})
    assert [one.contact.name for one in contacts(database, OWN)] == ["高橋 三郎"]
    wrong = CONTACTS + f"011002,,,だれか,,\n{OWN},,,佐藤,,x\n{OWN},,,佐藤,,\n"
    faulty = send(division, "/people/contacts", wrong, 422)
    for line, said in ((2, "一覧にありません"), (3, "メールアドレス"), (4, "3行目にも")):
        assert re.search(f"{line}行目：[^<]*{said}", faulty), line


@pytest.mark.parametrize("break_", ["\n", "\t"])
def test_a_contact_stands_on_one_line(division: Any, database: Database, break_: str) -> None:
    wrong = CONTACTS + f'{OWN},総務課,,"佐藤{break_}花子",,\n{OWN},"総務{break_}課",,鈴木,,\n'
    faulty = send(division, "/people/contacts", wrong, 422)
    assert faulty.count("途中に改行やタブ") == 2
    assert contacts(database, OWN) == ()


def test_an_empty_list_of_contacts_is_not_told_as_one_of_municipalities(division: Any) -> None:
    for content in ("", CONTACTS, CONTACTS + f"{OWN},,,,,\n"):
        faulty = send(division, "/people/contacts", content, 422)
        assert "書かれた行が一つもありません" in faulty
        assert "市町村が一つもありません" not in faulty


def test_an_account_is_made_for_those_who_may_have_one(browser: Open, database: Database, others: None) -> None:
    division, admin = browser("division"), browser("admin")
    new = {"role": "analyst", "sign_in_name": "bunseki", "name": "分析 太郎"}
    assert "administrator" not in division.get("/people/accounts/new").split('name="role"')[1].split("</select>")[0]
    assert "役割を選んで" in division.post("/people/accounts/new", {**new, "role": "administrator"}, 422)
    faulty = division.post("/people/accounts/new", {"role": "officer", "sign_in_name": "a b"}, 422)
    assert all(f'href="#{name}"' in faulty for name in ("municipality", "sign_in_name", "name"))
    to = division.post("/people/accounts/new", new)
    assert to == f"/people/accounts/{number(database, 'bunseki')}"
    assert "未案内" in division.get(to)
    assert "すでに使われています" in division.post("/people/accounts/new", new, 422)
    admin.get("/people/accounts/new")
    admin.post("/people/accounts/new", {**new, "role": "administrator", "sign_in_name": "admin2"})
    assert 'href="/people/accounts"' in admin.get("/people/accounts?role=administrator")


def test_the_division_leaves_administrators_and_itself_alone(browser: Open, database: Database, others: None) -> None:
    division = browser("division")
    for name in ("admin", "division"):
        address = f"/people/accounts/{number(database, name)}"
        assert "停止する" not in division.get(address)
        for act in ("", "/invite", "/disable", "/enable", "/withdraw", "/successor"):
            division.post(address + act, {"name": "x", "sign_in_name": "y"}, 404)
        division.post("/people/accounts/passwords", {"account": number(database, name)}, 404)
    assert find_account(database, "admin") is not None


def test_the_last_of_the_division_stays(browser: Open, database: Database, others: None) -> None:
    admin = browser("admin")
    for name, status in (("division2", 303), ("division", 409)):
        address = f"/people/accounts/{number(database, name)}"
        admin.get(address)
        told = admin.post(f"{address}/disable", {}, status)
    assert "最後の利用者" in told


def test_who_is_closed_is_out_with_the_next_request(browser: Open, database: Database) -> None:
    officer, division = browser("mishima"), browser("division")
    address = f"/people/accounts/{number(database, 'mishima')}"
    division.get(address)
    division.post(f"{address}/disable")
    assert officer.client.get("/inquiries").status_code == 303
    assert "停止を解除する" in division.get(address)
    assert "mishima" in division.get("/people/accounts?state=disabled")
    division.post(f"{address}/enable")
    browser("mishima").get("/inquiries")


def test_a_successor_goes_on(division: Any, database: Database) -> None:
    address = f"/people/accounts/{number(database, 'mishima')}/successor"
    assert 'value="mishima-2"' in division.get(address), "a sign-in name that is free"
    assert "氏名を入力" in division.post(address, {"sign_in_name": "koukei", "name": ""}, 422)
    to = division.post(address, {"sign_in_name": "koukei", "name": "後継 四郎"})
    page = division.get(to)
    assert "後継 四郎" in page
    assert "三島町" in page
    assert find_account(database, "mishima") is None
    assert division.post(address, {"sign_in_name": "koukei", "name": "後継 四郎"}) == to


def test_a_link_is_shown_once(division: Any, database: Database) -> None:
    address = f"/people/accounts/{number(database, 'mishima')}"
    division.get(address)
    page = division.post(f"{address}/invite", {}, 200)
    token = hidden(page.replace('id="link" readonly', 'name="link"'), "link").rsplit("/", 1)[1]
    assert token not in division.get(address)
    division.post(f"{address}/withdraw")
    division.get(f"/invitations/{token}", 404)


def test_letters_for_every_town_without_an_officer(browser: Open, database: Database) -> None:
    division = browser("division")
    assert "57団体に利用者がいません" in division.get("/people/accounts/officers?inquiry=support_needs")
    assert "選んでください" in division.post("/people/accounts/officers", {"town": []}, 422)
    for _ in range(2):
        division.post("/people/accounts/officers", {"town": ["072010", "072028"]})
    waiting = people(database, Wanted(state="waiting"))
    assert [one.account.sign_in_name for one in waiting] == ["072010", "072028"]
    assert division.get("/people/accounts/passwords").count("checked") == 2
    numbers = [one.account.id for one in waiting]
    page = division.post("/people/accounts/passwords", {"account": numbers}, 200)
    assert page.count('class="paper"') == 2
    assert "http://localhost/sign-in" in page
    password = re.findall(r'paper-password">([^<]+)', page)[1]
    person = browser()
    person.get("/sign-in")
    person.post("/sign-in", {"sign_in_name": "072028", "password": password})
    assert person.client.get("/inquiries").headers["Location"].startswith("/account/")
    assert "選んでください" in division.post("/people/accounts/passwords", {}, 422)


def test_relevant_divisions(division: Any, database: Database) -> None:
    division.get("/divisions/")
    new = {"bureau": "総務部", "name": "税務課", "telephone": "024-521-7067", "since": "R8.4.1"}
    assert 'href="#since"' in division.post("/divisions/", {**new, "since": "そのうち"}, 422)
    for _ in range(2):
        division.post("/divisions/", new)
    assert "すでに登録" in division.post("/divisions/", {**new, "since": "R9.4.1"}, 422)
    (one,) = listed(database)
    address = f"/divisions/{one.id}"
    seen = hidden(division.get(address), "seen")
    division.post(address, {**new, "name": "税務企画課", "seen": seen})
    assert "ほかの方" in division.post(address, {**new, "name": "課税課", "seen": seen}, 409)
    assert 'href="#until"' in division.post(f"{address}/end", {"until": "R8.3.31"}, 422)
    division.post(f"{address}/end", {"until": "令和8年10月31日"})
    page = division.get("/divisions/")
    assert "これまでの関係課" in page
    assert "文書法務課" in page, "a name that is to be confirmed is told, not registered"
    account = {"role": "consulted", "sign_in_name": "zei", "name": "税 一郎", "consulted": one.id}
    assert 'href="#consulted"' in division.post("/people/accounts/new", account, 422)
    division.post(f"{address}/end", {"never": "1"})
    division.post("/people/accounts/new", account)
    assert find_account(database, "zei").place == "税務企画課"  # type: ignore[union-attr]
    assert find_account(database, "zei").password_hash == NOBODY  # type: ignore[union-attr]
