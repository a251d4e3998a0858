"""Two inquiries side by side: what was answered again, changed, is new, is gone; in the page and as a workbook."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from last_year import inquire
from sqlite_utils import Database
from town import DEADLINE, OPENED

from exports.needs import needs_of
from exports.versus.book import write_versus
from exports.versus.comparing import Versus
from exports.versus.totals import totals
from questions.reading import read_catalogue
from survey_app.sample import Run, hand_in
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry
from survey_app.store.rosters import roster

Open = Callable[..., Any]
VERSUS = "/board/support_needs/versus"


@pytest.fixture
def last_year(sampled: Database) -> Inquiry:
    """The same inquiry a year before, with ten sample replies; whoever approves there has no account here."""
    codes = tuple(one.code for one in roster(sampled))
    sampled.execute("UPDATE account SET disabled_at = ? WHERE role = 'approver'", [OPENED.isoformat()])
    at = OPENED.replace(year=2025)
    called = ("support_needs_r7", "去年の照会", "市町村行政課", "")
    new = NewInquiry(*called, read_catalogue("support_needs"), DEADLINE.replace(year=2025), codes)
    found = open_inquiry(sampled, new, Who(None, "test", at))
    hand_in(sampled, found, Run(10, 1, until=DEADLINE.replace(year=2025)), lambda _done: None)
    return found


@pytest.fixture
def versus(sampled: Database, last_year: Inquiry) -> Versus:
    """Last year and now."""
    now = find_inquiry(sampled, "support_needs")
    return Versus(take_cut(sampled, last_year, DEADLINE), take_cut(sampled, now, DEADLINE))


def test_every_answer_of_both_times_is_sorted_once(versus: Versus) -> None:
    was = {one.municipality: one.contents for one in versus.before.submissions}
    now = {one.municipality: one.contents for one in versus.after.submissions}
    assert set(versus.both) == set(was) & set(now) != set()
    found = {(one.municipality, one.question): one.sort for one in versus.answers}
    for code in versus.both:
        for question in versus.questions:
            before, after = was[code].value(question.name), now[code].value(question.name)
            if before is None and after is None:
                expected = None
            elif before is None or after is None:
                expected = "new" if before is None else "gone"
            else:
                expected = "same" if before == after else "changed"
            assert found.get((code, question.name)) == expected
    assert not {"A4", "A5", "A8"} & {one.name for one in versus.questions}


def test_totals_count_all_replies_before_and_after(versus: Versus) -> None:
    line = next(one for one in totals(versus) if one.question.name == "B1")
    asking = [sum(one.contents.value("B1") == "1" for one in cut.submissions) for cut in (versus.before, versus.after)]
    assert next((part.name, part.before, part.after) for part in line.parts) == ("1", *asking)
    figures = {one.name: (one.before, one.after) for one in versus.headlines}
    assert figures["asking"] == tuple(asking)
    assert figures["replied"] == (10, 12)
    assert figures["needs"] == (len(needs_of(versus.before)), len(needs_of(versus.after)))
    assert sum(line.sorts.values()) == len(versus.both)


def test_every_need_stands_once_and_the_same_one_is_found_again(versus: Versus) -> None:
    whole = sorted(need.key for need in needs_of(versus.after))
    assert sorted(one.after.key for one in versus.needs if one.after) == whole
    assert sorted(one.before.key for one in versus.needs if one.before) == sorted(
        n.key for n in needs_of(versus.before)
    )
    itself = Versus(versus.after, versus.after)
    assert {one.sort for one in itself.needs} == {"again"}
    assert all(one.before and one.after and one.before.key == one.after.key for one in itself.needs)
    assert {one.sort for one in itself.answers} == {"same"}


@pytest.mark.usefixtures("last_year")
def test_the_page_leads_from_counts_to_answers(versus: Versus, browser: Open) -> None:
    division = browser("division")
    page = division.get(VERSUS)
    assert "去年の照会" in page
    asking = next(one for one in versus.headlines if one.name == "asking")
    assert f"{asking.before} <small>→</small> {asking.after}" in page
    for address, count in re.findall(r'href="([^"]*/versus/answers[^"]*)">(\d+)</a>', page)[:6]:
        assert f"{count}件あります。" in division.get(address.replace("&amp;", "&"))
    changed = sum(one.sort != "same" for one in versus.answers)
    assert f"{changed}件あります。" in division.get(f"{VERSUS}/answers?other=support_needs_r7")
    assert f"{len(versus.needs)}件あります。" in division.get(f"{VERSUS}/needs?other=support_needs_r7")
    again = sum(one.sort == "new" and not one.alone for one in versus.needs)
    assert f"{again}件あります。" in division.get(f"{VERSUS}/needs?sort=new")


@pytest.mark.usefixtures("sampled")
def test_without_another_inquiry_that_asks_the_same_it_says_so(browser: Open) -> None:
    division = browser("division")
    assert "比べられる照会がありません" in division.get(VERSUS)
    division.get(f"{VERSUS}?other=grant_small", status=404)  # asks something else
    for page in ("answers", "needs", "workbook.xlsx"):
        division.get(f"{VERSUS}/{page}", status=303)
        division.get(f"{VERSUS}/{page}?other=grant_small", status=404)


def test_the_inquiry_that_it_repeats_is_proposed_first(database: Database, browser: Open) -> None:
    repeated = inquire(database)
    inquire(database, at=OPENED)
    database.execute("UPDATE inquiry SET earlier = ? WHERE name = 'support_needs'", [repeated.id])
    page = browser("division").get(VERSUS)
    assert page.index('value="support_needs_2025"') < page.index('value="support_needs_2026"')


@pytest.mark.usefixtures("last_year")
def test_no_town_sees_it_and_the_workbook_is_sent(app: Flask, browser: Open) -> None:
    for page in ("", "/answers", "/needs", "/workbook.xlsx"):
        browser("mishima").get(f"{VERSUS}{page}", status=404)
    sent = browser("division").client.get(f"{VERSUS}/workbook.xlsx?other=support_needs_r7")
    book = openpyxl.load_workbook(io.BytesIO(sent.data))
    assert book.sheetnames == ["概要", "設問別", "団体別", "変わった回答", "要望の比較"]


def test_the_workbook_holds_what_the_page_shows_and_the_same_bytes(versus: Versus, tmp_path: Path) -> None:
    first, second = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_versus(versus, first)
    write_versus(versus, second)
    assert first.read_bytes() == second.read_bytes()
    book = openpyxl.load_workbook(first, data_only=True)
    lines = {row[0]: row[1:4] for row in book["概要"].iter_rows(values_only=True) if isinstance(row[1], int)}
    for one, (before, after, difference) in zip(versus.headlines, lines.values(), strict=True):
        assert (before, after, difference) == (one.before, one.after, one.after - one.before)
    assert book["変わった回答"].max_row == 3 + sum(one.sort != "same" for one in versus.answers)
    assert book["要望の比較"].max_row == 3 + len(versus.needs)
    totals_line = [cell.value for cell in list(book["団体別"].rows)[-1]]
    assert totals_line[6] == sum(one.sort == "changed" for one in versus.answers)
