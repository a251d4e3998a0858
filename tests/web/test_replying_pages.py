"""Every page of the officer's side, as it is and with everything wrong: one h1, labels, errors that are linked."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from officer import CONTACT, part
from town import PASSWORD

from questions.reading import catalogue, read_catalogue

Open = Callable[..., Any]
SECTIONS = [(name, one.name) for name in catalogue() for one in read_catalogue(name).sections]
WRONG = {
    "A5": "電話なし",
    "A6": "somu",
    "A8": "R8.13.1",
    "T1": "十",
    "T4": "150",
    "T12": "来年",
    "I1": "1.5",
    "B1": "1",
}
ALL_FIELDS = "HR;TAX;LAW;ICT;INFO"


@pytest.mark.parametrize(("inquiry", "section"), SECTIONS)
def test_every_section(officer: Open, inquiry: str, section: str) -> None:
    here = officer()
    here.send(f"/inquiries/{inquiry}/sections/B", {"B1": "1", "B4": ALL_FIELDS.split(";"), "go": "stay"})
    assert 'action="/inquiries' in here.see(f"/inquiries/{inquiry}/sections/{section}")
    here.see(f"/inquiries/{inquiry}/sections/{section}?show=all")


def test_list_overview_review_and_receipt(officer: Open, typed: Open) -> None:
    here = officer()
    listed = here.see("/inquiries")
    assert listed.count('class="inquiry"') == 4
    assert "令和8年12月18日（金） 17:15" in listed
    assert "あと24日" in listed
    here.see("")
    here.see("review")
    typed({**CONTACT, "B1": "0"})
    text = here.see("review")
    assert "この内容で提出する" in text
    here.send("review", {}, 405)
    assert here.hand_in().endswith("/receipts/1")
    receipt = here.see("receipts/1")
    assert re.search(r"\d{3}-074446-01", receipt)
    assert "該当なし" in receipt
    for address in ("", "review", "sections/A", "/inquiries"):
        here.see(address)


def test_mistakes_are_linked_and_stay_as_typed(officer: Open) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ALL_FIELDS.split(";"), "go": "stay"})
    for section in "ATI":
        fields = {name: text for name, text in WRONG.items() if name[0] == section}
        address = here.send(f"sections/{section}", {**fields, "T8": "new", "go": "next"})
        assert address.endswith(f"/sections/{section}?show=typed#problems")
        text = here.see(address.split("#")[0])
        summary = text.split('id="problems"', 1)[1].split("</section>", 1)[0]
        for name, typed_text in fields.items():
            assert f"#q-{name}" in summary, name
            assert f'value="{typed_text}"' in part(text, name)
            assert 'aria-invalid="true"' in part(text, name)
            assert f'id="q-{name}-messages"' in part(text, name)


def test_missing_answers_are_no_mistakes_until_the_review(officer: Open) -> None:
    here = officer()
    assert here.send("sections/A", {"A2": "総務課", "go": "next"}).endswith("/sections/B")
    assert "message-error" not in here.see("sections/A")
    assert "必須の未回答 6件" in here.see("")
    review = here.see("review")
    assert "?show=all#q-A3" in review
    assert "この内容で提出する" not in review
    assert "回答が必要です。" in part(here.see("sections/A?show=all"), "A3")


def test_what_was_read_differently_is_shown(officer: Open) -> None:
    here = officer()
    here.send("sections/B", {"B1": "1", "B4": ["TAX"], "go": "stay"})
    here.send("sections/T", {"T1": "１，２３４", "T12": "R9.4", "T4": "12.5", "go": "stay"})
    here.send("sections/A", {"A8": "Ｒ８．４．１", "go": "stay"})
    text = here.see("sections/T")
    assert 'value="１，２３４"' in part(text, "T1")
    assert "1,234 千円" in part(text, "T1")
    assert "令和9年4月" in part(text, "T12").split("q-T12-reading")[-1]
    assert "reading" not in part(text, "T4")
    assert "令和8年4月1日" in part(here.see("sections/A"), "A8").split('class="reading"')[1]


def test_english_is_complete(officer: Open) -> None:
    here = officer()
    here.send("/inquiries", {}, 405)
    here.browser.post("/language/en", {"next": "/inquiries/support_needs/sections/A"})
    for address in ("/inquiries", "", "sections/A", "sections/B", "review"):
        text = here.see(address)
        assert 'lang="en"' in text
        shown = re.sub(r"<[^>]*>|\s+", " ", text.split("<main", 1)[1].split("</main>", 1)[0])
        left = re.findall(r"[ぁ-んァ-ヶ]{3,}", shown.replace("調整のため", ""))
        assert left == [], address


def test_another_towns_and_unknown_things_are_no_pages(officer: Open, typed: Open) -> None:
    typed({**CONTACT, "B1": "0"})
    other = officer("kaneyama")
    assert "佐藤" not in other.see("sections/A")
    for address in ("/inquiries/none", "sections/X", "tables/D/rows/r0", "tables/X/rows/new", "tables/L4/rows/new"):
        other.browser.get(other.full(address), 404)
    other.browser.get(other.full("receipts/1"), 404)
    other.browser.get("/board/", 404)


def test_without_sign_in_nothing_is_shown(browser: Open) -> None:
    assert browser().client.get("/inquiries/support_needs").headers["Location"].startswith("/sign-in")
    assert PASSWORD not in browser().get("/sign-in")
