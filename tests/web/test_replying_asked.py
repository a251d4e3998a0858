"""Questions that are asked depending on others: shown, hidden, never lost, with and without scripts."""

from collections.abc import Callable
from typing import Any

from officer import hidden_value, is_shown, part

from survey_app.store.replies import Reply, new_row

Open = Callable[..., Any]
Load = Callable[..., Reply]


def ask(here: Any, section: str, fields: dict[str, object]) -> Any:
    """Send the form to be evaluated, as the script does."""
    here.see(f"sections/{section}")
    address = here.full(f"sections/{section}/asked")
    response = here.browser.client.post(address, data={"csrf_token": here.browser.token, **fields})
    assert response.status_code == 200
    return response.json


def test_questions_that_are_not_asked_are_hidden_and_say_when_they_are(officer: Open) -> None:
    text = officer().see("sections/B")
    assert (is_shown(text, "B1"), is_shown(text, "B2"), is_shown(text, "B4")) == (True, False, False)
    assert "B1が「要望あり」のとき回答" in part(text, "B4")


def test_without_scripts_the_page_stays_when_questions_appear(officer: Open) -> None:
    here = officer()
    shown = hidden_value(here.see("sections/B"), "shown")
    address = here.send("sections/B", {"B1": "1", "shown": shown, "go": "next"})
    assert address.endswith("/sections/B#w-B4")
    text = here.see(address.split("#")[0])
    assert "設問が増えました" in text
    assert is_shown(text, "B4")
    assert hidden_value(text, "shown") == "B4"
    assert here.send("sections/B", {"B1": "1", "B4": "TAX", "shown": "B4", "go": "next"}).endswith("/sections/T")


def test_a_question_that_was_shown_by_the_script_does_not_hold_the_page(officer: Open) -> None:
    assert officer().send("sections/B", {"B1": "1", "shown": "B4", "go": "next"}).endswith("/sections/D")


def test_what_was_typed_stays_when_it_is_no_longer_asked(officer: Open, reply: Load) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ["TAX", "LAW"], "go": "stay"})
    here.send("sections/T", {"T1": "500", "T8": "new", "T10": "12", "go": "stay"})
    here.send("sections/T", {"T8": "none", "T10": "12", "go": "stay"})
    text = here.see("sections/T")
    assert not is_shown(text, "T10")
    assert 'value="12"' in part(text, "T10")
    here.send("sections/B", {"B1": "1", "B4": ["LAW"], "go": "stay"})
    text = here.see("sections/T")
    assert "この節に答える必要はありません" in text
    assert "B4で「税の滞納整理」を選択したとき回答" in text
    here.post("sections/T", {"T1": "600", "seen": str(reply().revision), "go": "stay"})
    assert reply().answers.value("T1") == 600
    assert "T1" not in here.see("review")


def test_the_server_says_what_is_asked_and_how_it_is_read(officer: Open) -> None:
    here = officer()
    assert ask(here, "B", {"B1": "1"})["asked"] == ["B4"]
    assert ask(here, "B", {"B1": "0"})["asked"] == ["B2"]
    assert ask(here, "B", {"B1": "0", "B2": "other"})["asked"] == ["B2", "B3"]
    here.send("sections/B", {"B1": "1", "B4": ["TAX", "LAW"], "go": "stay"})
    told = ask(here, "T", {"T8": "new", "T1": "１，２３４", "T12": "R9.4", "T2": "十"})
    assert told["asked"] == [f"T{number}" for number in range(9, 15)]
    assert told["read"] == {"T1": "1,234", "T12": "令和9年4月", "T2": "", "T8": ""}
    assert told["told"] == {"T2": ["数字で入力してください（例：1234、1,234、▲5）。"]}
    assert list(ask(here, "T", {"T1": "5", "T2": "6"})["told"]) == ["T2"], "a rule between answers, too"
    assert ask(here, "L", {"L3": ["review", "suit", ""]})["asked"] == ["L4", "L5"]


def test_asking_stores_nothing(officer: Open, reply: Load) -> None:
    ask(officer(), "B", {"B1": "1"})
    assert reply().id is None


def test_a_row_that_is_not_stored_yet_is_evaluated_too(officer: Open) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ["TAX"], "go": "stay"})
    row = new_row()
    told = ask(here, "D", {"rows.D": row, f"{row}.D4": "SECOND", f"{row}.D13": "S"})
    assert told["asked"] == [f"{row}.D10", f"{row}.D11"]
    assert set(told["conditional"]) == {f"{row}.D10", f"{row}.D11", f"{row}.D14"}
