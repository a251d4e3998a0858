"""What is settled about needs stands in 要望一覧 where it is handed over, with its moment; a fixed cut goes without."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from a_cut import sample_cut
from office import disagreements
from openpyxl import Workbook
from sqlite_utils import Database
from telling import LEADER, PROMISE, Desk, desk_of
from town import DEADLINE, needs

from exports.compiled import write_compiled
from exports.coordination import Coordinated, Coordination
from exports.cut import Cut
from exports.needs import needs_of
from survey_app.store import merging
from survey_app.store.coordinating import coordination
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import load_cut

COLUMNS = ("担当課\n（主・関係）", "対応区分", "対応内容", "まとめ\n（名寄せ）", "扱い")
SENTENCE = "このうち「要望として扱わない」としたものは{}件である（件数に含む）。"


@pytest.fixture
def desk(sampled: Database) -> Desk:
    return desk_of(sampled)


def made(cut: Cut, settled: Coordination | None = None) -> bytes:
    file = BytesIO()
    write_compiled(cut, file, coordination=settled)
    return file.getvalue()


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def listed(book: Workbook) -> dict[str, dict[str, str]]:
    """The lines of 要望一覧 by 管理番号, blanks as ""."""
    sheet = book["要望一覧"]
    names = [cell.value for cell in sheet[3]]
    rows = (dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True))
    return {row["管理番号"]: {name: row.get(name) or "" for name in (*COLUMNS, "備考")} for row in rows}


def texts(book: Workbook, sheet: str) -> str:
    return "\n".join(str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell is not None)


def now(desk: Desk) -> tuple[Cut, Coordination]:
    cut = take_cut(desk.database, desk.inquiry, DEADLINE)
    found = coordination(desk.database, desk.inquiry, cut, DEADLINE)
    assert found is not None
    return cut, found


def test_the_list_tells_who_answers_what_was_answered_and_what_is_no_need(desk: Desk) -> None:
    first, second, third = desk.of("TAX")[:3]
    merging.merge(desk.database, desk.inquiry, [second.key, third.key], "研修", LEADER)
    desk.respond(first.key, desk.tax, **PROMISE)
    waiting = listed(opened(made(*now(desk))))[first.control]
    assert waiting["担当課\n（主・関係）"] == "（主）総務部税務課\n（関係）総務部人事課"
    assert (waiting["対応区分"], waiting["対応内容"]) == ("回答待ち", ""), "only what was handed in"
    desk.hand_in(desk.tax)
    merging.remark(desk.database, desk.inquiry, first.key, merging.NOT_A_NEED, LEADER)
    told = listed(opened(made(*now(desk))))
    assert told[first.control]["扱い"] == "要望として扱わない"
    assert told[second.control]["対応区分"].startswith("B ")
    assert told[second.control]["対応内容"].startswith(PROMISE["R2"])
    assert told[second.control]["まとめ\n（名寄せ）"].startswith("まとめ1　研修\n")
    assert third.control in told[second.control]["まとめ\n（名寄せ）"]
    unowned = next(need for need in desk.needs.values() if need.field not in ("TAX", "HR"))
    assert told[unowned.control]["担当課\n（主・関係）"] == ""
    assert told[unowned.control]["対応区分"] == "照会前"


def test_the_book_says_of_which_moment_it_is_and_how_many_are_set_aside(desk: Desk) -> None:
    later = DEADLINE + timedelta(days=2, minutes=5)
    who = type(LEADER)(None, "県庁 太郎", later)
    for need in desk.of("HR")[:2]:
        merging.remark(desk.database, desk.inquiry, need.key, merging.NOT_A_NEED, who)
    book = opened(made(*now(desk)))
    moment = "第1回関係課照会まで（提出された回答だけ）　令和8年12月20日 17:20現在"
    assert moment in texts(book, "表紙")
    assert moment in texts(book, "要望一覧")
    for sheet in ("表紙", "要望クロス集計"):
        assert SENTENCE.format(2) in texts(book, sheet)


def test_while_nothing_is_settled_anew_the_bytes_stay(desk: Desk) -> None:
    cut, settled = now(desk)
    late = coordination(desk.database, desk.inquiry, cut, DEADLINE + timedelta(hours=3))
    assert settled == late
    assert made(cut, settled) == made(cut, late)


def test_a_fixed_cut_stays_byte_for_byte_whatever_is_settled_later(desk: Desk) -> None:
    before = made(load_cut(desk.database, desk.inquiry, 1))
    desk.hand_in(desk.tax)
    merging.remark(desk.database, desk.inquiry, desk.of("HR")[0].key, merging.NOT_A_NEED, LEADER)
    assert made(load_cut(desk.database, desk.inquiry, 1)) == before
    book = opened(before)
    assert not set(COLUMNS) & {cell.value for cell in book["要望一覧"][3]}
    assert "載せていない（確定した集計には、市町村の回答だけを掲げる）" in texts(book, "表紙")


def settled_sample() -> tuple[Cut, Coordination]:
    cut = sample_cut("support_needs", 30)
    keys = [need.key for need in needs_of(cut)]
    long = "研修会を開きます。" * 60
    found = {
        key: Coordinated("総務部税務課", ("総務部人事課",), "B 対応予定", long if place % 9 == 0 else "検討します。")
        for place, key in enumerate(keys)
    }
    found |= {key: Coordinated(together="まとめ1　研修", aside=True) for key in keys[::7]}
    return cut, Coordination("第2回関係課照会まで", DEADLINE, found)


@pytest.mark.libreoffice
@needs("soffice")
@pytest.mark.parametrize("aside", [True, False])
def test_libreoffice_reckons_the_same(tmp_path: Path, *, aside: bool) -> None:
    cut, settled = settled_sample()
    if not aside:
        settled = Coordination(settled.basis, settled.at, {})
    path = tmp_path / "book.xlsx"
    write_compiled(cut, path, coordination=settled)
    found, wrong = disagreements(path, tmp_path)
    assert wrong == []
    assert found > 50
    count = sum(one.aside for one in settled.needs.values())
    said = SENTENCE.format(count) if aside else "「要望として扱わない」としたものはない。"
    assert said in texts(openpyxl.load_workbook(path, data_only=True), "要望クロス集計")


def test_the_list_still_holds_every_need(tmp_path: Path) -> None:
    cut, settled = settled_sample()
    told = listed(opened(made(cut, settled)))
    assert len(told) == len(needs_of(cut))
    assert sum(row["扱い"] == "要望として扱わない" for row in told.values()) == len(needs_of(cut)[::7])
