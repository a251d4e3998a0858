"""Rows of tables: added, changed, moved, numbered, removed; their ids stay, nothing typed into them is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from officer import Officer, hidden_value, hidden_values, is_shown, part
from sqlite_utils import Database
from typing_in import entry

from survey_app.store.replies import Changes, Reply, Surroundings, new_row, save_answers

Open = Callable[..., Any]
Load = Callable[..., Reply]


@pytest.fixture
def here(officer: Open, typed: Open) -> Officer:
    """An officer of a reply that asks for L4 (a grid) and D (cards)."""
    typed({"B1": "1", "B4": "TAX;LAW", "L3": "review"})
    found: Officer = officer()
    return found


@pytest.fixture
def needs(database: Database, reply: Load, around: Callable[..., Surroundings]) -> Callable[..., list[str]]:
    """Put requests into the reply; return the ids of their rows."""

    def put(*subjects: str) -> list[str]:
        start = reply()
        rows = [new_row() for _ in subjects]
        entries = {}
        for number, (row, subject) in enumerate(zip(rows, subjects, strict=True), 1):
            entries[row, "D1"] = entry(start, "D1", str(number))
            entries[row, "D5"] = entry(start, "D5", subject)
        save_answers(database, start, Changes(start.revision, entries, {"D": rows}), around().who)
        return rows

    return put


def subjects(reply: Reply) -> list[str]:
    """The subjects of the requests in order."""
    return [reply.answers.value("D5", row) for row in reply.answers.row_ids("D")]


def ranks(reply: Reply) -> list[int]:
    """The ranks of the requests in order."""
    return [reply.answers.value("D1", row) for row in reply.answers.row_ids("D")]


def grid(rows: list[str], *titles: str) -> dict[str, object]:
    """What the page of the grid L4 sends."""
    return {"rows.L4": rows, **{f"{row}.L4a": title for row, title in zip(rows, titles, strict=False)}}


# ---- A grid


def test_blank_rows_of_a_grid_are_not_stored(here: Officer, reply: Load) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    assert len(rows) == 2
    here.send("sections/L", {**grid(rows, "空き家条例", "  "), "L1": "part", "go": "stay"})
    assert reply().answers.row_ids("L4") == (rows[0],)
    assert hidden_values(here.see("sections/L"), "rows.L4")[0] == rows[0]


def test_a_row_is_added_without_scripts(here: Officer, reply: Load) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    address = here.send("sections/L", {**grid(rows, "一"), "go": "add:L4"})
    assert address.endswith("?spare.L4=2#table-L4")
    more = hidden_values(here.see(address.split("#")[0]), "rows.L4")
    assert len(more) == 3
    here.send("sections/L", {**grid(more, "一", "二", "三"), "go": "stay"})
    assert reply().answers.row_ids("L4") == tuple(more)
    full = here.send("sections/L", {**grid([*more, new_row(), new_row()], "一", "二", "三", "四", "五"), "go": "stay"})
    text = here.see(full)
    assert "これ以上の行は追加できません。" in part(text, "L4")


def test_a_grid_takes_no_more_rows_than_it_may(here: Officer, reply: Load) -> None:
    rows = [new_row() for _ in range(6)]
    text = here.send("sections/L", {**grid(rows, *"一二三四五六"), "L1": "part", "go": "next"}, 409)
    assert "は5件までです" in text
    assert 'value="六"' in text
    assert reply().answers.rows == {}


def test_a_page_with_new_rows_sent_twice_adds_them_once(here: Officer, reply: Load) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    for _ in range(2):
        here.post("sections/L", {**grid(rows, "一"), "seen": "1", "go": "stay"})
    assert reply().answers.row_ids("L4") == (rows[0],)


def test_a_row_is_removed_when_the_page_is_saved(here: Officer, reply: Load) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    here.send("sections/L", {**grid(rows, "一", "二"), "go": "stay"})
    here.send("sections/L", {**grid(rows, "一", "二"), "remove": rows[0], "go": "stay"})
    assert reply().answers.row_ids("L4") == (rows[1],)


def test_a_colleagues_new_row_stays(here: Officer, officer: Open, reply: Load) -> None:
    mine, theirs = (hidden_values(here.see("sections/L"), "rows.L4") for _ in range(2))
    officer("mishima2").post("sections/L", {**grid(theirs, "同僚の行"), "seen": "1", "go": "stay"})
    here.post("sections/L", {**grid(mine, "わたしの行"), "seen": "1", "go": "stay"})
    assert reply().answers.row_ids("L4") == (theirs[0], mine[0])


def test_what_is_typed_into_a_row_that_a_colleague_removed_brings_it_back(
    here: Officer, officer: Open, reply: Load
) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    here.send("sections/L", {**grid(rows, "一", "二"), "go": "stay"})
    seen = hidden_value(here.see("sections/L"), "seen")
    officer("mishima2").send("sections/L", {**grid(rows, "一", "二"), "remove": rows, "go": "stay"})
    here.post("sections/L", {**grid(rows, "一", "二つ目の条例"), "seen": seen, "go": "stay"})
    assert reply().answers.row_ids("L4") == (rows[1],)
    assert reply().answers.value("L4a", rows[1]) == "二つ目の条例"
    assert "その行を元に戻しました" in here.see("sections/L")


def test_a_row_of_another_table_is_not_taken(here: Officer, needs: Open, reply: Load) -> None:
    (row,) = needs("派遣")
    here.send("sections/L", {**grid([row], "条例"), f"{row}.D5": "書き換え", "go": "stay"})
    assert reply().answers.rows == {"D": (row,)}
    assert reply().answers.value("D5", row) == "派遣"


def test_a_mistake_in_a_grid_is_linked_to_its_cell(here: Officer) -> None:
    rows = hidden_values(here.see("sections/L"), "rows.L4")
    address = here.send("sections/L", {**grid(rows, "一"), f"{rows[0]}.L4b": "来年", "go": "next"})
    text = here.see(address.split("#")[0])
    assert f"#q-{rows[0]}.L4b" in text
    assert "（1行目）" in text.split('id="problems"', 1)[1]
    assert f'id="q-{rows[0]}.L4b-messages"' in text


# ---- Cards, with a page for each row


def test_a_request_is_added_on_its_own_page(here: Officer, reply: Load) -> None:
    text = here.see("tables/D/rows/new")
    row = hidden_value(text, "rows.D")
    assert 'value="1"' in part(text, f"{row}.D1")
    fields = {"rows.D": row, f"{row}.D1": "1", f"{row}.D5": "徴収職員の派遣", "seen": "1", "shown": ""}
    for _ in range(2):
        assert here.post("tables/D/rows/new", {**fields, "go": "next"}).endswith("/sections/D#table-D")
    assert subjects(reply()) == ["徴収職員の派遣"]
    listed = here.see("sections/D")
    assert "徴収職員の派遣" in listed
    assert "未回答の必須項目 8件" in listed
    assert 'value="2"' in here.see("tables/D/rows/new")


def test_a_blank_request_is_not_added(here: Officer, reply: Load) -> None:
    row = new_row()
    here.post("tables/D/rows/new", {"rows.D": row, f"{row}.D1": "1", "seen": "1", "go": "next"})
    assert reply().answers.rows == {}
    assert "何も入力されていないため" in here.see("sections/D")


def test_adding_and_changing_leaves_the_others_alone(here: Officer, needs: Open, reply: Load) -> None:
    first, second = needs("一", "二")
    here.send(f"tables/D/rows/{first}", {"rows.D": first, f"{first}.D5": "一改", "go": "next"})
    third = new_row()
    here.send("tables/D/rows/new", {"rows.D": third, f"{third}.D5": "三", "go": "another"})
    assert subjects(reply()) == ["一改", "二", "三"]
    assert reply().answers.row_ids("D") == (first, second, third)


def test_more_questions_of_a_row_are_shown_before_going_on(here: Officer, needs: Open, reply: Load) -> None:
    (row,) = needs("派遣")
    text = here.see(f"tables/D/rows/{row}")
    assert not is_shown(text, f"{row}.D10")
    sent = {"rows.D": row, f"{row}.D4": "SECOND", "shown": hidden_value(text, "shown"), "go": "next"}
    address = here.send(f"tables/D/rows/{row}", sent)
    assert address.endswith(f"/rows/{row}#w-{row}.D10")
    text = here.see(address.split("#")[0])
    assert is_shown(text, f"{row}.D10")
    assert "設問が増えました" in text
    assert "D4が「併任徴収」「職員の短期派遣」「相互交流・研修生受入」のいずれかのとき回答" in part(text, f"{row}.D10")


def test_rows_move_and_their_ranks_follow(here: Officer, needs: Open, reply: Load) -> None:
    first, _, third = needs("一", "二", "三")
    here.send("sections/D", {"go": f"down:{first}"})
    assert (subjects(reply()), ranks(reply())) == (["二", "一", "三"], [1, 2, 3])
    here.send("sections/D", {"go": f"up:{third}"})
    assert (subjects(reply()), ranks(reply())) == (["二", "三", "一"], [1, 2, 3])
    here.send("sections/D", {"go": f"up:{'r' * 17}"})
    assert subjects(reply()) == ["二", "三", "一"]


def test_ranks_of_their_own_stay_until_they_are_numbered(here: Officer, needs: Open, reply: Load) -> None:
    first, _ = needs("一", "二")
    here.send(f"tables/D/rows/{first}", {"rows.D": first, f"{first}.D1": "3", "go": "next"})
    here.send("sections/D", {"go": f"down:{first}"})
    assert ranks(reply()) == [2, 3]
    assert "優先順位は、1から2まで" in here.see("sections/D")
    here.send("sections/D", {"go": "number:D"})
    assert (subjects(reply()), ranks(reply())) == (["二", "一"], [1, 2])


def test_a_request_is_removed_after_a_question(here: Officer, needs: Open, reply: Load, database: Database) -> None:
    first, second = needs("一", "二")
    assert "要望事項 1件目を削除しますか" in here.see(f"tables/D/rows/{first}/removal")
    assert subjects(reply()) == ["一", "二"]
    for _ in range(2):
        here.post(f"tables/D/rows/{first}/removal", {})
    assert (reply().answers.row_ids("D"), ranks(reply())) == ((second,), [1])
    kept = database.execute("SELECT count(*) FROM answer WHERE row = ?", [first]).fetchone()[0]
    assert kept == 2
    here.browser.get(here.full(f"tables/D/rows/{first}"), 404)


def test_forged_rows_are_no_pages(here: Officer, needs: Open, reply: Load) -> None:
    needs("一")
    for row in ("zzz", new_row(), "new"):
        here.post(f"tables/D/rows/{row}", {"rows.D": "zzz", "zzz.D5": "x", f"{row}.D5": "x"}, 404)
    assert subjects(reply()) == ["一"]


def test_when_the_table_is_full_nothing_typed_is_lost(here: Officer, needs: Open, reply: Load) -> None:
    needs(*(f"{number}件目の件名" for number in range(1, 21)))
    text = here.see("sections/D")
    assert "これ以上は追加できません。" in text
    row = new_row()
    text = here.send("tables/D/rows/new", {"rows.D": row, f"{row}.D5": "二十一件目", "go": "next"}, 409)
    assert "「要望事項」は20件までです。" in text
    assert 'value="二十一件目"' in text
    assert len(subjects(reply())) == 20


def test_the_review_leads_to_the_field_in_its_row(here: Officer, needs: Open) -> None:
    (row,) = needs("派遣")
    assert f"/tables/D/rows/{row}?show=all#q-{row}.D6" in here.see("review")
    assert "回答が必要です。" in part(here.see(f"tables/D/rows/{row}?show=all"), f"{row}.D6")
