"""The pages of the results: drawings hold the numbers of their tables, each municipality has one tile in its place."""

import html
import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database
from town import DEADLINE, OPENED, OWN, PASSWORD, Clock, fukushima

from exports.results.crossing import cross
from exports.results.distributions import distribution
from exports.results.variables import Results
from questions.setting import Roster
from survey_app.charts import histogram, tiles
from survey_app.passwords import hash_password
from survey_app.rosters.tiles import layouts, tiles_for
from survey_app.store.accounts import Account, create_account
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.inquiries import find_inquiry

Open = Callable[..., Any]
RESULTS = "/board/support_needs/results"


@pytest.fixture
def results(sampled: Database) -> Results:
    """The figures of the twelve sample replies."""
    return Results(take_cut(sampled, find_inquiry(sampled, "support_needs"), DEADLINE))


@pytest.fixture
def analyst(sampled: Database, browser: Open) -> Any:
    """An analyst at a browser."""
    create_account(sampled, Account(0, "analyst", "分析 担当", "analyst", None, hash_password(PASSWORD)), OPENED)
    return browser("analyst")


def places() -> dict[str, tuple[int, int]]:
    """Column and row by the name of the municipality."""
    layout = tiles_for(one.code for one in fukushima())
    assert layout is not None
    return {one.name: layout[one.code] for one in fukushima()}


def test_every_municipality_has_one_tile_of_its_own(whole_roster: Roster) -> None:
    for layout in layouts():
        assert len(set(layout.values())) == len(layout)
    assert set(tiles_for(one.code for one in whole_roster) or ()) == {one.code for one in whole_roster}
    assert tiles_for(["011002"]) is None


WEST = (
    "西会津町 会津若松市",
    "会津若松市 郡山市",
    "郡山市 田村市",
    "田村市 大熊町",
    "只見町 南会津町",
    "福島市 相馬市",
)
WEST += ("白河市 いわき市", "猪苗代町 二本松市", "檜枝岐村 白河市", "三島町 柳津町", "川内村 富岡町", "本宮市 葛尾村")
NORTH = ("国見町 福島市", "福島市 二本松市", "二本松市 郡山市", "郡山市 須賀川市", "須賀川市 白河市", "白河市 矢祭町")
NORTH += ("新地町 相馬市", "相馬市 南相馬市", "南相馬市 浪江町", "浪江町 双葉町", "双葉町 大熊町", "大熊町 富岡町")
NORTH += (
    "富岡町 楢葉町",
    "楢葉町 広野町",
    "広野町 いわき市",
    "喜多方市 会津若松市",
    "会津若松市 下郷町",
    "只見町 檜枝岐村",
)


@pytest.mark.parametrize("pair", WEST)
def test_what_is_west_stands_left(pair: str) -> None:
    west, east = pair.split()
    assert places()[west][0] < places()[east][0]


@pytest.mark.parametrize("pair", NORTH)
def test_what_is_north_stands_above(pair: str) -> None:
    north, south = pair.split()
    assert places()[north][1] < places()[south][1]


def test_the_corners_are_where_they_are() -> None:
    columns, rows = zip(*places().values(), strict=True)
    assert places()["いわき市"][0] == max(columns)
    assert places()["いわき市"][1] >= max(rows) - 1
    assert places()["相馬市"][0] >= max(columns) - 1
    assert places()["相馬市"][1] <= 2
    assert places()["檜枝岐村"][0] == min(columns)


def test_no_tile_overlaps_another() -> None:
    layout = tiles_for(one.code for one in fukushima())
    assert layout is not None
    drawn = tiles.draw(layout, {code: tiles.Face(code, "", "") for code in layout})
    assert len(drawn.tiles) == 59
    for one, other in itertools.combinations(drawn.tiles, 2):
        assert abs(one.x - other.x) >= tiles.WIDTH or abs(one.y - other.y) >= tiles.HEIGHT
    assert all(
        0 <= one.x <= drawn.width - tiles.WIDTH and 0 <= one.y <= drawn.height - tiles.HEIGHT for one in drawn.tiles
    )


def test_columns_are_as_tall_as_their_counts(results: Results) -> None:
    for question in results.countable:
        if question.kind.summary != "numbers":
            continue
        found = distribution(results, question)
        drawn = histogram.draw(found.bins, [one.code for one, _ in found.bins], found.quartiles)
        most = max((bar.count for bar in drawn.bars), default=0)
        tallest = max((bar.height for bar in drawn.bars), default=0)
        assert [bar.count for bar in drawn.bars] == [count for _, count in found.bins]
        assert all(bar.height == pytest.approx(tallest * bar.count / most, abs=0.1) for bar in drawn.bars)
        assert all(one.x + one.width < other.x for one, other in itertools.pairwise(drawn.bars))
        assert drawn.quartiles is None or list(drawn.quartiles) == sorted(drawn.quartiles)


def test_the_page_shows_the_counts_as_they_are(results: Results, browser: Open) -> None:
    page = browser("division").get(RESULTS)
    assert "20.3%" in page  # 12 of 59
    needs = cross(results, "D2", "D4")
    pattern = r'row=D2&amp;row_is=(\w*)&amp;column=D4&amp;column_is=(\w*)">(\d+)</a>'
    shown = {(row, column): int(n) for row, column, n in re.findall(pattern, page)}
    assert shown == dict(needs.counts)
    assert page.count('<g class="tile ') - page.count('legend-mark"') == 59
    widths = re.findall(
        r'<td class="number">([\d.]+)%</td><td class="figure-bar"><svg[^>]*>.*?bar-done" width="([\d.]+)"', page
    )
    assert len(widths) > 50
    assert all(share == width for share, width in widths)


@pytest.mark.parametrize("colour", ["state", "needs", "B1", "B4.HR", "T1", "no such colour"])
def test_the_map_says_what_its_table_says(results: Results, browser: Open, colour: str) -> None:
    page = html.unescape(browser("division").get(f"{RESULTS}?colour={colour}"))
    tiles_shown = dict(
        re.findall(r'class="tile-name"[^>]*>(\w+)</text><text class="tile-value"[^>]*>([^<]*)</text>', page)
    )
    table = page.split('id="map"')[1].split("地図の値を表で見る")[1].split("</table>")[0]
    rows = re.findall(r"<th scope=\"row\">(?:<a [^>]*>)?(\w+)(?:</a>)?</th><td>[^<]*</td><td>([^<]*)</td>", table)
    assert len(rows) == len(tiles_shown) == 59
    for name, value in rows:
        assert (
            tiles_shown[name] in (value, value.split("（")[0])
            or tiles_shown[name].isdigit()
            or "…" in tiles_shown[name]
        )


def test_behind_a_count_stand_the_municipalities_with_their_replies(results: Results, browser: Open) -> None:
    division = browser("division")
    page = division.get(f"{RESULTS}/towns?row=B1&row_is=1")
    asking = cross(results, "B1", "_bureau").count("1")
    assert f"{asking}団体" in page
    assert len(re.findall(r'<th scope="row"><a href="/board/support_needs/\d{6}', page)) == asking
    division.get(f"{RESULTS}/towns?row=B1&row_is=nonsense", status=404)
    division.get(f"{RESULTS}/towns?row=nonsense", status=404)


@pytest.mark.usefixtures("sampled")
def test_any_two_are_crossed_and_what_cannot_be_is_said(browser: Open) -> None:
    division = browser("division")
    page = division.get(f"{RESULTS}/cross?row=T1&column=_population")
    for word in ("5千人未満", "10万人以上", "－（対象外）", "該当なし"):
        assert word in page
    assert "「要望事項」の行を1件として数えます" in division.get(f"{RESULTS}/cross?row=A7&column=D12")
    division.get(f"{RESULTS}/cross?row=A4&column=D12", status=404)  # a name is not counted
    division.get(f"{RESULTS}/cross?cut=7", status=404)


def test_the_last_cut_is_shown_until_another_is_asked_for(sampled: Database, browser: Open) -> None:
    inquiry = find_inquiry(sampled, "support_needs")
    fix_cut(sampled, inquiry, "第1次集計", "t", Who(None, "県庁 太郎", DEADLINE))
    sampled.execute("UPDATE reply SET state = 'returned' WHERE municipality = (SELECT min(municipality) FROM reply)")
    division = browser("division")
    assert "第1次集計：" in division.get(RESULTS)
    assert re.search(r"いまの時点（令和.+から変わっていません）", division.get(f"{RESULTS}?cut=now"))
    assert "第1次集計：" in division.get(f"{RESULTS}/cross?cut=1")


def test_an_analyst_reads_results_but_opens_no_reply(analyst: Any) -> None:
    page = analyst.get(RESULTS)
    assert "/board/support_needs/0" not in page
    assert "/board/support_needs/0" not in analyst.get(f"{RESULTS}/towns?row=B1&row_is=1")
    analyst.get(f"/board/support_needs/{OWN}", status=404)


@pytest.mark.parametrize("page", ["", "/cross", "/towns?row=B1"])
def test_no_town_sees_any_of_it(browser: Open, page: str) -> None:
    browser("mishima").get(f"{RESULTS}{page}", status=404)


def test_elsewhere_there_is_no_map_but_a_sentence(sampled: Database, browser: Open) -> None:
    sampled.execute("PRAGMA foreign_keys = OFF")
    for table in ("municipality", "target", "reply", "need_number"):
        column = "code" if table == "municipality" else "municipality"
        sampled.execute(f"UPDATE {table} SET {column} = '011002' WHERE {column} = ?", [OWN])
    page = browser("division").get(RESULTS)
    assert "地図の配置がないため" in page
    assert 'class="tiles"' not in page
    assert page.count("地図の値を表で見る") == 1


@pytest.mark.usefixtures("database")
def test_before_the_first_reply_there_is_nothing_to_show_but_the_page_stands(browser: Open, clock: Clock) -> None:
    clock.move(days=1)
    division = browser("division")
    assert "0.0%" in division.get(RESULTS)
    division.get(f"{RESULTS}/cross")
    for name in ("cooperation_cases", "grant_small", "grant_cooperation"):
        division.get(f"/board/{name}/results")
