"""A block copied from a spreadsheet: taken apart cell by cell, looked at, added once behind the rows that are there."""

import csv
import io
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from officer import Officer, hidden_value
from sqlite_utils import Database

from questions.kinds.files import Files
from questions.kinds.municipalities import OneMunicipality
from questions.model import Question
from questions.reading import read_catalogue
from questions.setting import Setting
from survey_app.pasting import MOST_CELLS, TooManyCells, cells_of, new_ids, read_block
from survey_app.store.delegations import NewDelegation, delegate
from survey_app.store.replies import Reply, Surroundings

Open = Callable[..., Any]
Load = Callable[..., Reply]
TABLES = read_catalogue("support_needs").tables
BILLS = "件名\t議会提出予定\t根拠法令等\n空き家対策条例\tＲ９．４\t空家法\n森林条例\t令和９年６月\t\n"
PASTE, TAKE = "tables/L4/paste", "tables/L4/paste/take"


@pytest.fixture
def here(officer: Open, typed: Open) -> Officer:
    """An officer of a reply that asks for L4 (a grid) and D (cards)."""
    typed({"B1": "1", "B4": "TAX;LAW", "L3": "review"})
    found: Officer = officer()
    return found


def looked_at(here: Officer, text: str, table: str = "L4", status: int = 200) -> str:
    """Paste a text and look at it."""
    here.see(f"tables/{table}/paste")
    page: str = here.post(f"tables/{table}/paste", {"text": text}, status)
    return page


def take(here: Officer, page: str, table: str = "L4", status: int = 303) -> str:
    """Press the button that adds the rows of a page."""
    fields = {name: unescape(hidden_value(page, name)) for name in ("seen", "token", "rows", "text", "by")}
    outcome: str = here.post(f"tables/{table}/paste/take", fields, status)
    return outcome


def rows(reply: Reply, table: str = "L4") -> list[list[tuple[str, ...]]]:
    """What was typed into each row of a table."""
    names = [one.name for one in TABLES[table].questions]
    return [[reply.answers.entry(name, row).texts for name in names] for row in reply.answers.row_ids(table)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\n\tb", [["a", ""], ["", "b"]]),
        ('"一行目\r\n二行目"\tb\r\n', [["一行目\n二行目", "b"]]),
        ('"左\t右 ""引用"""\tb', [['左\t右 "引用"', "b"]]),
        ('"重点"\t2"管\t"未了\nb', [['"重点"', '2"管', '"未了'], ["b"]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
    ],
)
def test_cells_are_taken_apart_as_a_spreadsheet_copies_them(text: str, cells: list[list[str]]) -> None:
    assert cells_of(text) == cells


CELL = st.text(st.sampled_from('あa"\t\n 1'), min_size=1, max_size=6).filter(lambda text: text.strip() != "")


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1)))
def test_whatever_stands_in_the_cells_comes_through(cells: list[list[str]]) -> None:
    copied = io.StringIO()
    csv.writer(copied, dialect="excel-tab").writerows(cells)
    assert cells_of(copied.getvalue()) == cells


def test_a_block_without_headings_goes_by_the_order_of_the_columns() -> None:
    block = read_block("一\tR9.4\t法\t余り\n\t\t\n二\n", TABLES["L4"], Setting())
    assert [line.number for line in block.lines] == [1, 3]
    assert [entry.texts for entry in block.lines[0].entries.values()] == [("一",), ("R9.4",), ("法",)]
    assert (block.lines[0].beyond, block.blank, block.headed) == (("余り",), 1, False)


def test_headings_tell_the_columns_in_any_order() -> None:
    block = read_block("備考\tL4c 根拠法令等\t件 名（必須）\nx\t法\t一\n", TABLES["L4"], Setting())
    (line,) = block.lines
    assert {name: entry.texts for name, entry in line.entries.items()} == {"L4c": ("法",), "L4a": ("一",)}
    assert (line.beyond, [one.heading for one in block.strangers]) == (("x",), ["備考"])
    assert [one.name for one in block.missing] == ["L4b"]


def test_the_columns_of_the_form_in_excel_are_known() -> None:
    heads = '番号\t"D1 優先順位（必須）\n1から20まで"\tD5 件名\t税の滞納整理\t政策法務支援'
    block = read_block(f"{heads}\n1\t1\t派遣\t○\t\n2\t2\t審査\t〇\t✓\n", TABLES["D"], Setting())
    assert [one.heading for one in block.strangers] == ["番号"]
    assert [line.entries["D3"].value for line in block.lines] == [("TAX",), ("TAX", "LAW")]


def test_a_title_alone_is_no_heading() -> None:
    block = read_block("空き家対策条例\tR9.4\t件名\n", TABLES["L4"], Setting())
    assert (block.headed, len(block.lines)) == (False, 1)


def test_files_and_what_is_filled_in_already_are_no_columns() -> None:
    table = TABLES["L4"]
    files = Question(name="F1", label=table.label, kind=Files())
    own = Question(name="O1", label=table.label, kind=OneMunicipality(prefill="own"))
    wider = table.model_copy(update={"questions": (own, files, *table.questions)})
    (line,) = read_block("一\tR9.4\t法\n", wider, Setting()).lines
    assert list(line.entries) == ["L4a", "L4b", "L4c"]


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(TooManyCells) as told:
        read_block("a\tb\n" * (MOST_CELLS // 2 + 1), TABLES["L4"], Setting())
    assert told.value.count == MOST_CELLS + 2


def test_ids_are_of_the_page_and_its_text() -> None:
    first = new_ids(TABLES["L4"], "a", "token", 2)
    assert first == new_ids(TABLES["L4"], "a", "token", 2)
    assert len({*first, *new_ids(TABLES["L4"], "b", "token", 1), *new_ids(TABLES["L4"], "a", "other", 1)}) == 4


def test_rows_are_looked_at_and_added(here: Officer, reply: Load) -> None:
    page = looked_at(here, BILLS)
    assert "まだ追加していません" in page
    assert "令和9年4月" in page
    assert "元：Ｒ９．４" in page
    assert rows(reply()) == []
    assert take(here, page).endswith("/sections/L#table-L4")
    assert rows(reply()) == [
        [("空き家対策条例",), ("Ｒ９．４",), ("空家法",)],
        [("森林条例",), ("令和９年６月",), ()],
    ]
    assert "貼り付けた行を追加しました。" in here.see("sections/L")


def test_sent_twice_it_is_added_once(here: Officer, reply: Load, database: Database) -> None:
    page = looked_at(here, BILLS)
    for _ in range(2):
        take(here, page)
    assert len(rows(reply())) == 2
    here.send("sections/L", {"remove": reply().answers.row_ids("L4")[0], "go": "stay"})
    take(here, page)
    assert [texts[0] for texts in rows(reply())] == [("森林条例",)]
    saves = "SELECT count(*) FROM event WHERE act = 'save' AND json_extract(after, '$.rows.L4') IS NOT NULL"
    assert database.execute(saves).fetchone()[0] == 2


def test_rows_that_are_there_are_not_touched(here: Officer, reply: Load) -> None:
    take(here, looked_at(here, "一\tR9.4\t法\n"))
    before, ids = rows(reply()), reply().answers.row_ids("L4")
    take(here, looked_at(here, "一\tR9.5\t別\n"))
    assert rows(reply())[:1] == before
    assert reply().answers.row_ids("L4")[:1] == ids
    assert len(rows(reply())) == 2


def test_what_cannot_be_read_is_told_stored_and_listed(here: Officer, reply: Load) -> None:
    page = looked_at(here, "条例\tらいねん\t#REF!\n")
    assert "1行目 L4b 議会提出予定「らいねん」 — 年月として読み取れません。" in page
    assert 'href="#cell-1-L4b"' in page
    assert "1行目 L4c 根拠法令等「#REF!」 — Excelで表示できなかった内容です。" in page
    assert take(here, page).endswith("?show=typed#problems")
    assert rows(reply()) == [[("条例",), ("らいねん",), ("#REF!",)]]
    listed = here.see("sections/L?show=typed")
    assert "読み取れない内容も、そのまま保存しています" in listed
    assert "確かめていただきたい項目が1件あります" in listed


def test_rules_over_the_answers_hold_here_too(here: Officer) -> None:
    page = looked_at(here, "分野\t支援の形態\t件名\t人数\nICT\tADVICE\t相談\t３\n", "D")
    assert "この分野は、B4「支援を要する分野」で選ばれていません。" in page
    assert "この行では対象外の列です。" in page
    assert "未回答の必須 6件" in page


def test_labels_and_codes_are_read_and_ranks_are_given(here: Officer, reply: Load) -> None:
    heads, first = "分野\t支援の形態\t件名\t具体的内容", '税の滞納整理\tSECOND\t派遣\t"一行目\n二行目"'
    text = f"{heads}\n{first}\nLAW\t研修・実務指導\t研修\tx\n"
    assert take(here, looked_at(here, text, "D"), "D").endswith("/sections/D#table-D")
    answers = reply().answers
    kept = [[answers.value(name, row) for name in ("D1", "D2", "D4", "D6")] for row in answers.row_ids("D")]
    assert kept == [[1, "TAX", "SECOND", "一行目\n二行目"], [2, "LAW", "TRAIN", "x"]]


def test_rows_beyond_the_most_are_refused_with_counts(here: Officer, reply: Load) -> None:
    take(here, looked_at(here, "一\n二\n三\n"))
    page = looked_at(here, "四\n五\n六\n七\n")
    assert "この表は5件までです。いま3件あるため、追加できるのはあと2件です。" in page
    assert "貼り付けた4行のうち、2行は追加できません。" in page
    assert "先頭の2行だけを追加する（残り2行は追加しない）" in page
    take(here, page)
    assert [texts[0] for texts in rows(reply())] == [(text,) for text in "一二三四五"]
    full = looked_at(here, "八\n", status=422)
    assert "追加できるのはあと0件です" in full
    assert "この内容で追加する" not in full


def test_when_others_filled_the_table_meanwhile_it_is_looked_at_again(
    here: Officer, officer: Open, reply: Load
) -> None:
    page, other = looked_at(here, "一\n二\n三\n"), officer("mishima2")
    take(other, looked_at(other, "ア\nイ\nウ\n"))
    again = take(here, page, status=409)
    assert "ほかの方が表の行を変えました" in again
    assert len(rows(reply())) == 3
    take(here, again)
    assert [texts[0][0] for texts in rows(reply())] == ["ア", "イ", "ウ", "一", "二"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "何も貼り付けられていません。"),
        ("\t\t\n \u3000\t\n", "何も貼り付けられていません。"),
        ("件名\t根拠法令等\n", "見出しの行だけが貼り付けられています。"),
        ("\t\t\t余り\n", "この表の列に入る内容がありません。"),
        ("a\tb\n" * 2501, "5,000セルまでです（いま5,002セル）。"),
    ],
)
def test_what_cannot_be_added_is_told_and_stays(here: Officer, text: str, sentence: str) -> None:
    page = looked_at(here, text, status=422)
    assert sentence in page
    assert f">\n{text}</textarea>" in page.replace("\r\n", "\n")


def test_after_the_deadline_nothing_is_added_and_nothing_is_lost(here: Officer, reply: Load, clock: Any) -> None:
    page = looked_at(here, BILLS)
    clock.now = reply().standing.term.end
    clock.move(seconds=1)
    here.browser.sign_in("mishima")
    late = take(here, page, status=409)
    assert "回答期限を過ぎたため" in late
    assert "空き家対策条例\tＲ９．４" in late
    assert rows(reply()) == []
    assert "回答期限を過ぎたため" in here.see(PASTE)


def test_the_page_is_saved_on_the_way_to_pasting(here: Officer, reply: Load) -> None:
    assert here.send("sections/L", {"L1": "3", "go": "paste:L4"}).endswith("/tables/L4/paste")
    assert reply().answers.value("L1") == reply().answers.entry("L1").value
    assert reply().answers.entry("L1").texts == ("3",)
    assert "Excelから貼り付ける" in here.see("sections/D")


def test_tables_of_others_are_no_pages(here: Officer, officer: Open) -> None:
    for table in ("X", "L1"):
        here.browser.get(here.full(f"tables/{table}/paste"), 404)
        here.post(f"tables/{table}/paste/take", {"text": "x", "token": "t"}, 404)
    here.post(TAKE, {"text": "x"}, 400)
    officer("division").browser.get(here.full(PASTE), 404)


def test_a_colleague_by_link_pastes_only_into_the_section_of_the_link(
    here: Officer,
    browser: Open,
    reply: Load,
    database: Database,
    support_needs: Any,
    around: Callable[..., Surroundings],
) -> None:
    who = around().who
    new = NewDelegation(reply().municipality, "L", "総務課 田中", who.at.date())
    token = delegate(database, support_needs, new, who)
    colleague = Officer(browser())
    colleague.browser.get(f"/shared/{token}")
    colleague.browser.post(f"/shared/{token}")
    take(colleague, looked_at(colleague, "条例\tR9.4\t法\n"))
    assert rows(reply()) == [[("条例",), ("R9.4",), ("法",)]]
    colleague.browser.get(here.full("tables/D/paste"), 404)
    colleague.post("tables/D/paste", {"text": "x"}, 404)
