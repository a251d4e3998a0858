"""From forms to promises that are looked after, by workbooks and the command line alone: no page is opened."""

from pathlib import Path

import filling
import pytest
from story_books import CLERK, Office, opinion_cell, say
from the_story import BREAKS, BROKEN, LATE, OPINION, PROMISED, REPLIES, SIX
from town import Clock, needs

from exports.needs import Need
from survey_app import clock as house_clock

pytestmark = [pytest.mark.libreoffice, needs("soffice"), pytest.mark.timeout(300)]
AGAIN = "会津若松市でも研修会を開きます。"
CHANGED = "会場を会津地方として、徴収担当職員向けの研修を年2回お願いします。"
RESAVED = "人事課"


@pytest.fixture
def office(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(house_clock, "now", clock)
    return Office(tmp_path, clock)


def test_from_forms_to_promises(office: Office) -> None:
    office.opened()
    replied(office)
    routed_and_asked(office)
    answered_in_time(office)
    answered_late(office)
    need = changed_and_asked_again(office)
    told(office, need)
    said(office, need)
    followed(office, need)


def replied(office: Office) -> None:
    """52 of 59 reply by form; nobody is handed in twice; the compiled workbook holds them."""
    forms = office.forms()
    taken = office.shokai("receive", forms[0].parent, "--hand-in", CLERK)
    assert f"提出済みにした団体は{REPLIES}です" in taken.stderr
    assert office.rows("SELECT source, count(*) FROM submission GROUP BY 1") == [("file", REPLIES)]
    before = office.acts()
    again = office.shokai("receive", *forms[:3], "--hand-in", CLERK)
    assert "提出はしていません" in again.stderr
    assert office.acts() == before
    office.clock.move(days=25)
    done = office.shokai("export", "-o", office.folder / "取りまとめ.xlsx")
    assert f"対象 59団体、提出 {REPLIES}団体" in done.stderr


def routed_and_asked(office: Office) -> None:
    """Two fields without a lead get one; six divisions are asked, each has a workbook; what nobody answers is named."""
    unled = office.shokai("routing list").stdout.splitlines()
    assert ["－" in line.split()[2:3] for line in unled if line.startswith(("LAW", "ICT"))] == [True, True]
    office.shokai("routing set", "LAW", "市町村行政課")
    office.shokai("routing set", "ICT", "災害対策課")
    asked = office.shokai("consult", "--due", "2026-12-28T17:15", "--request", "対応を検討してください。")
    unowned = [one.control for one in office.needs() if one.field == "OTH"]
    assert f"照会していない要望 {len(unowned)}件：{'、'.join(unowned)}" in asked.stderr
    office.shokai("export", "--divisions", office.folder / "関係課1")
    books = [path.stem.rpartition("_")[2] for path in sorted((office.folder / "関係課1").iterdir())]
    assert sorted(books) == sorted(SIX)


def answered_in_time(office: Office) -> None:
    """Four respond; one of them breaks a rule and is told where and what to do; mended, it is taken in."""
    books = [office.respond_in(one, 1) for one in SIX if one not in (*LATE, BREAKS)]
    office.resaved(office.book(RESAVED, 1))
    broken = office.respond_in(BREAKS, 1, **BROKEN)
    back = office.folder / "返却"
    back.mkdir()
    found = office.shokai("respond", *books, broken, "--hand-in", "--marked", back, exit_code=1)
    first = office.asked(BREAKS, 1)[0].control
    problems = [line for line in found.stderr.splitlines() if line.startswith(broken.name)]
    assert len(problems) == 2
    assert all(f"要望と回答 {column}" in line for column, line in zip("JK", problems, strict=True))
    assert f"{first}：R3" in problems[0]
    assert "措置が必要です" in problems[0]
    assert "予定の年月（例：令和9年4月）を記入するか" in problems[1]
    assert f"{len(books)}です" in found.stderr.partition("提出済みにした課は")[2]
    (marked,) = back.iterdir()
    noted = filling.opened(marked.read_bytes())
    assert noted.sheetnames[0] == "確認事項"
    cells = [cell.comment.text for row in noted["要望と回答"].iter_rows() for cell in row if cell.comment]
    assert any("措置が必要です" in text for text in cells)

    mended = office.respond_in(BREAKS, 1, **BROKEN, **PROMISED)
    assert "提出済みにした課は1です" in office.shokai("respond", mended, "--hand-in").stderr
    before = office.acts()
    assert "取り込んだ欄 0" in office.shokai("respond", mended, "--hand-in").stdout
    assert office.acts() == before


def answered_late(office: Office) -> None:
    """The date passes: it is seen who is late; what comes then is taken in, and it is said that it is late."""
    office.clock.now = office.clock.now.replace(year=2027, month=1, day=4)
    overdue = [line for line in office.shokai("rounds").stdout.splitlines() if "期限超過" in line]
    assert [line.split()[0] for line in overdue] == list(LATE)
    late = office.shokai("respond", *(office.respond_in(one, 1) for one in LATE), "--hand-in")
    assert late.stdout.count("期限を過ぎて届きました") == len(LATE)
    assert "期限超過" not in office.shokai("rounds").stdout
    assert office.rows("SELECT count(*) FROM round_division WHERE handed_at IS NOT NULL") == [len(SIX)]


def changed_and_asked_again(office: Office) -> Need:
    """A need comes back and is changed in a newer form: the response is marked; it is asked again and answered."""
    need = office.asked(BREAKS, 1)[0]
    office.shokai("return", need.municipality, f"{need.control}.D6", "--reason", "会場を示してください。")
    form = office.corrected(need, CHANGED)
    assert "提出済みにした団体は1です" in office.shokai("receive", form, "--hand-in", CLERK).stderr
    assert next(one for one in office.needs() if one.key == need.key).detail == CHANGED
    looked = office.shokai("publish", "-o", office.folder / "回答書", exit_code=1)
    assert f"回答後に要望が変更 1件：{need.control}\n" in looked.stderr
    office.shokai("consult", "--due", "2027-02-08T17:15", "--request", "内容の変わった要望を見てください。")
    office.shokai("export", "--divisions", office.folder / "関係課2")
    again = office.book(BREAKS, 2)
    asked = [str(cell.value) for row in filling.opened(again.read_bytes())["要望と回答"] for cell in row]
    assert CHANGED in asked
    assert any(BROKEN["R2"] in text and "第1回" in text for text in asked), "what was answered stands beside it"
    office.answer_one(BREAKS, 2, need, BROKEN | PROMISED | {"R2": AGAIN, "R4": "2027-02"})
    assert "提出済みにした課は1です" in office.shokai("respond", again, "--hand-in-ready").stderr
    return need


def told(office: Office, need: Need) -> None:
    """Nothing is told before somebody is sure; then once; each municipality gets its letter, all share one list."""
    folder = office.folder / "回答書"
    looked = office.shokai("publish", "-o", folder, exit_code=1)
    assert "--sure" in looked.stderr
    assert "確かめること：担当課なし" in looked.stderr
    assert "回答後に要望が変更" not in looked.stderr
    assert (office.rows("SELECT count(*) FROM publication"), list(folder.iterdir())) == ([0], [])
    office.shokai("publish", "-o", folder, "--sure")
    towns = {one.municipality for one in office.needs()}
    names = {path.name for path in folder.iterdir()}
    assert {name.split("_")[1] for name in names if name.startswith("回答書_")} == towns
    assert names - {name for name in names if name.startswith("回答書_")} == {"要望と回答の一覧.xlsx"}
    bytes_before = office.letter(need).read_bytes()
    before = office.acts()
    assert "変わりがないため、公表していません" in office.shokai("publish", "-o", folder, "--sure").stderr
    office.shokai("publish", "-o", folder, "--write-only")
    assert office.letter(need).read_bytes() == bytes_before
    assert office.acts() == before
    assert before.count("publish") == 1
    texts = [str(cell.value) for row in filling.opened(bytes_before)["回答書"] for cell in row]
    assert {AGAIN, CHANGED, "令和9年2月"} <= set(texts)


def said(office: Office, need: Need) -> None:
    """A municipality writes into its letter; it is kept once, for the need that it is about."""
    letter = office.letter(need)
    assert opinion_cell(filling.opened(letter.read_bytes()), need.control).value is None
    letter.write_bytes(filling.changed(letter.read_bytes(), say(need.control, OPINION)))
    assert "新しい意見 1" in office.shokai("opinions", letter, "--dry-run").stdout
    assert office.rows("SELECT count(*) FROM opinion") == [0]
    assert "新しい意見1件を受け取りました" in office.shokai("opinions", letter.parent / letter.name).stderr
    assert office.rows("SELECT municipality, row, text FROM opinion") == [(*need.key, OPINION)]
    before = office.acts()
    assert "新しい意見 0、受取済みの意見 1" in office.shokai("opinions", letter).stdout
    assert office.acts() == before


def followed(office: Office, need: Need) -> None:
    """When the month of a promise has passed, its division is asked what became of it."""
    file = office.folder / "約束.xlsx"
    assert "時期を過ぎた約束はありません" in office.shokai("follow-up", "-o", file).stderr
    assert not file.exists()
    office.clock.now = office.clock.now.replace(month=3, day=1)
    assert "時期を過ぎた約束 1件（1課）" in office.shokai("follow-up", "-o", file).stderr
    sheet = filling.opened(file.read_bytes())["総務部 税務課"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == need.control)
    assert AGAIN in str(row[4])
    assert row[5] == "令和9年2月"
    assert row[7:] == (None, None, None)
