"""What is typed on a page is stored exactly, once, and never over somebody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from officer import CONTACT, hidden_value, part
from sqlite_utils import Database
from town import Clock

from questions.life import State
from survey_app.store.replies import Reply

Open = Callable[..., Any]
Load = Callable[..., Reply]
LONG = ("髙𠮟①㍉か\u3099 " * 114)[:798] + "\nだ"


def test_text_is_stored_to_the_code_point(officer: Open, reply: Load) -> None:
    assert len(LONG) == 800
    here = officer()
    here.send("sections/Z", {"Z1": LONG.replace("\n", "\r\n"), "Z2": "=1+1\r\n\r\n-項目", "go": "stay"})
    assert reply().answers.entry("Z1").texts == (LONG,)
    assert reply().answers.value("Z1") == LONG
    assert reply().answers.value("Z2") == "=1+1\n\n-項目"
    text = here.see("sections/Z")
    assert f">\n{LONG}</textarea>" in text
    assert "800字／800字" in text


@pytest.mark.parametrize(
    "typed_text", ["\n始めの改行", "<b>&amp;</b> \"'", "０１２３", " 　前後の空白　 ", "a\tb", "終わり\n\n"]
)
def test_what_comes_back_and_is_sent_again_is_the_same(officer: Open, reply: Load, typed_text: str) -> None:
    here = officer()
    here.send("sections/Z", {"Z1": typed_text, "go": "stay"})
    assert reply().answers.entry("Z1").texts == (typed_text,)
    shown = here.see("sections/Z").split(' name="Z1"', 1)[1].split(">", 1)[1].split("</textarea>")[0]
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        shown = shown.replace(escaped, plain)
    assert shown.removeprefix("\n") == typed_text, "a browser drops the first line break in a textarea"
    here.send("sections/Z", {"Z1": shown.removeprefix("\n"), "go": "stay"})
    assert reply().revision == 1


def test_one_character_too_many_is_kept_and_told(officer: Open, reply: Load) -> None:
    here = officer()
    here.send("sections/Z", {"Z1": LONG + "。", "go": "next"})
    assert reply().answers.entry("Z1").texts == (LONG + "。",)
    assert "800字以内で入力してください（いま801字です）。" in part(here.see("sections/Z"), "Z1")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\x85"])
def test_characters_that_cannot_be_kept_are_told_and_not_stripped(officer: Open, reply: Load, character: str) -> None:
    here = officer()
    here.send("sections/Z", {"Z1": f"あ{character}い", "Z2": character, "go": "stay"})
    assert reply().answers.entry("Z1").texts == (f"あ{character}い",)
    assert "2文字目に使えない文字" in part(here.see("sections/Z"), "Z1")
    assert "1文字目に使えない文字" in part(here.see("sections/Z"), "Z2")


def test_numbers_as_officials_write_them(officer: Open, reply: Load) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ["TAX"], "go": "stay"})
    here.send("sections/T", {"T1": "１２，３４５", "T2": "▲5", "T4": "９９．５", "go": "stay"})
    assert (reply().answers.value("T1"), str(reply().answers.value("T4"))) == (12345, "99.5")
    assert reply().answers.entry("T2").texts == ("▲5",)
    assert "0千円以上" in part(here.see("sections/T"), "T2")


def test_a_choice_is_made_and_taken_back(officer: Open, reply: Load) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ["TAX", "HR", ""], "go": "stay"})
    assert reply().answers.value("B4") == ("HR", "TAX")
    here.send("sections/B", {"B1": "", "B4": "", "go": "stay"})
    assert reply().answers.value("B1") is None
    assert reply().answers.value("B4") is None


def test_what_a_page_does_not_send_stays(officer: Open, typed: Open, reply: Load) -> None:
    typed(CONTACT)
    officer().send("sections/A", {"A2": "企画課", "go": "stay"})
    assert (reply().answers.value("A2"), reply().answers.value("A7")) == ("企画課", "head")


def test_a_choice_given_in_words_or_unknown_is_not_lost(officer: Open, typed: Open, reply: Load) -> None:
    typed({"A7": "首長", "B1": "たぶん"})
    here = officer()
    assert 'value="head" checked' in here.see("sections/A")
    assert 'value="たぶん" checked' in here.see("sections/B")
    here.send("sections/A", {"A7": "head", "go": "stay"})
    here.send("sections/B", {"B1": "たぶん", "go": "stay"})
    assert reply().answers.entry("A7").texts == ("首長",)
    assert reply().answers.entry("B1").texts == ("たぶん",)
    assert reply().revision == 1


def test_a_page_sent_twice_is_stored_once(database: Database, officer: Open, reply: Load) -> None:
    here = officer()
    seen = hidden_value(here.see("sections/A"), "seen")
    for _ in range(2):
        here.post("sections/A", {**CONTACT, "seen": seen, "go": "next"})
    assert reply().revision == 1
    assert database.execute("SELECT count(*) FROM event WHERE act = 'save'").fetchone()[0] == 1


def test_different_answers_of_two_officers_merge(officer: Open, typed: Open, reply: Load) -> None:
    typed(CONTACT)
    here, there = officer("mishima"), officer("mishima2")
    seen = hidden_value(here.see("sections/A"), "seen")
    there.send("sections/A", {**CONTACT, "A2": "企画課", "go": "stay"})
    here.post("sections/A", {**CONTACT, "A3": "係長", "seen": seen, "go": "stay"})
    assert [reply().answers.value(name) for name in ("A2", "A3")] == ["企画課", "係長"]


def test_a_conflict_shows_both_and_is_settled_by_choice(officer: Open, typed: Open, reply: Load) -> None:
    typed(CONTACT)
    here, there = officer("mishima"), officer("mishima2")
    seen = hidden_value(here.see("sections/A"), "seen")
    there.send("sections/A", {**CONTACT, "A2": "企画課", "A7": "vice", "go": "stay"})
    mine = {**CONTACT, "A2": "財政課", "A3": "係長", "A7": "gm", "seen": seen, "go": "next"}
    text = here.post("sections/A", mine, 409)
    assert reply().answers.value("A3") == "係長", "the rest is saved"
    assert [reply().answers.value(name) for name in ("A2", "A7")] == ["企画課", "vice"]
    for name, theirs, ours in (("A2", "企画課", "財政課"), ("A7", "副首長", "総務課長等（専決）")):
        assert theirs in part(text, name)
        assert ours in part(text, name)
        assert "鈴木 一郎さん" in part(text, name)
    assert 'value="財政課"' in part(text, "A2")
    again = {**mine, "seen": hidden_value(text, "seen"), "theirs.A7": "1"}
    assert here.post("sections/A", again).endswith("/sections/B")
    assert [reply().answers.value(name) for name in ("A2", "A7")] == ["財政課", "vice"]


def test_after_the_deadline_nothing_typed_is_lost(officer: Open, typed: Open, reply: Load, clock: Clock) -> None:
    typed(CONTACT)
    here = officer()
    seen = hidden_value(here.see("sections/A"), "seen")
    clock.move(days=24, hours=7, minutes=15, seconds=1)
    with_session(here)
    text = here.post("sections/A", {**CONTACT, "A2": "間に合わなかった課", "seen": seen, "go": "next"}, 409)
    assert "回答期限を過ぎたため、変更できません。" in text
    assert 'value="間に合わなかった課"' in text
    assert 'value="next"' not in text
    assert reply().answers.value("A2") == CONTACT["A2"]
    assert "<form id=" not in here.see("sections/A")
    assert "総務課 行政係" in here.see("sections/A")
    assert "期限超過" in here.see("")


def test_the_last_second_belongs_to_the_deadline(officer: Open, reply: Load, clock: Clock) -> None:
    here = officer()
    clock.move(days=24, hours=7, minutes=15)
    with_session(here)
    here.send("sections/A", {"A2": "間に合った課", "go": "stay"})
    assert reply().answers.value("A2") == "間に合った課"


def test_a_late_save_does_not_touch_what_was_submitted(officer: Open, typed: Open, reply: Load) -> None:
    typed({**CONTACT, "B1": "0"})
    here, there = officer("mishima"), officer("mishima2")
    seen = hidden_value(here.see("sections/A"), "seen")
    there.hand_in()
    text = here.post("sections/A", {**CONTACT, "A2": "遅れた課", "seen": seen}, 409)
    assert 'value="遅れた課"' in text
    assert reply().state is State.SUBMITTED
    assert reply().answers.value("A2") == CONTACT["A2"]


def test_forged_fields_are_not_stored(database: Database, officer: Open, reply: Load) -> None:
    here = officer()
    forged = {
        "B1": "1",
        "A1": "072010",
        "T1": "5",
        "X9": "x",
        "r0000000000000000.D5": "件名",
        "rows.D": "r0000000000000000",
        "rows.L4": "../../x",
        "../../x.L4a": "y",
        "seen": "zzz",
        "go": "to:<script>",
    }
    here.post("sections/A", {**forged, "A2": "総務課"})
    assert set(reply().answers.entries) == {("", "A2")}
    assert reply().answers.rows == {}
    assert database.execute("SELECT count(*) FROM reply WHERE municipality = '072010'").fetchone()[0] == 0


def test_another_town_cannot_be_written(officer: Open, reply: Load) -> None:
    other = officer("kaneyama")
    other.send("sections/A", {"A2": "金山の課", "municipality": "074446", "go": "stay"})
    assert reply().id is None
    assert reply("074454").answers.value("A2") == "金山の課"


def test_moving_to_another_section_saves_first(officer: Open, reply: Load) -> None:
    here = officer()
    assert here.send("sections/A", {"A2": "総務課", "go": "to:Z"}).endswith("/sections/Z")
    assert here.send("sections/Z", {"Z1": "意見", "go": "review"}).endswith("/review")
    assert [reply().answers.value(name) for name in ("A2", "Z1")] == ["総務課", "意見"]


def with_session(here: Any) -> None:
    """Sign in again: a session lasts half a day."""
    here.browser.sign_in("mishima")
