"""A form beside the reply: nobody is overwritten, a blank erases nothing, and what is chosen is saved once."""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from filling import changed, opened, put, put_row, table_sheet
from handled import good
from openpyxl.workbook import Workbook
from town import OTHER
from typing_in import changes

from questions.life import NotAllowed
from questions.reading import read_document
from survey_app.receiving.findings import Sign, Weight
from survey_app.receiving.received import Choices, Verdict
from survey_app.receiving.refusals import Reason, Refused
from survey_app.receiving.taking import apply, receive
from survey_app.sample import contents
from survey_app.store.audit import Who
from survey_app.store.replies import Changes, save_answers
from survey_app.store.returns import return_items
from survey_app.store.submissions import Order, submit


def type_in(at: Any, **typed: str) -> None:
    """Type answers as in the browser."""
    reply = at.reply()
    save_answers(at.database, reply, changes(reply, typed), at.around().who)


def verdicts(received: Any) -> dict[str, Verdict]:
    """The verdicts outside tables."""
    return {line.place[1]: line.verdict for line in received.lines if not line.place[0]}


def fill_whole(at: Any) -> None:
    """Store a whole reply that can be handed in."""
    reply = at.reply()
    typed = contents(reply.inquiry.questionnaire, reply.setting, Random(11), nil=False)
    save_answers(at.database, reply, Changes(reply.revision, typed.entries, typed.rows), at.around().who)


def hand_in(at: Any) -> None:
    reply = at.reply()
    names = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    submit(at.database, reply, Order(reply.revision, f"t{reply.revision}", names), at.around().who)


# ---- Five ways in which an answer can stand to the reply's


def test_new_changed_unchanged_blank(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A2="総務課", A3="主査", A4="佐藤", A9="総第１号")
    content = changed(at.form(), put("A3", "主幹"), put("A5", "0241-48-5511"), put("A9", None))
    received = at.receive(content)
    assert verdicts(received) == {
        "A2": Verdict.UNCHANGED,
        "A3": Verdict.CHANGED,
        "A4": Verdict.UNCHANGED,
        "A5": Verdict.NEW,
        "A9": Verdict.BLANK,
    }
    at.apply(received)
    stored = at.reply().answers
    assert [stored.entry(name).texts for name in ("A3", "A5", "A9")] == [("主幹",), ("0241-48-5511",), ("総第１号",)]


def test_a_blank_erases_only_when_it_is_chosen(desk: Callable[..., Any]) -> None:
    at = desk()
    fill_whole(at)
    before = at.reply()

    def emptied(book: Workbook) -> None:
        for key in ("A2", "A9", "B1", *(f"B4.{code}" for code in ("HR", "TAX", "LAW", "ICT", "INFO", "OTH"))):
            put(key, None)(book)
        sheet, first, _ = table_sheet(book, "D")
        sheet.delete_rows(first, 20)

    received = at.receive(changed(at.form(), emptied))
    assert received.changes() == Changes(before.revision)
    assert at.apply(received).revision == before.revision
    assert at.reply().answers == before.answers
    assert {one.verdict for one in received.rows} == {Verdict.BLANK}

    row = before.answers.row_ids("D")[0]
    at.apply(received, Choices(erase=frozenset({("", "A2")}), remove=frozenset({row})))
    after = at.reply().answers
    assert after.entry("A2").texts == ()
    assert after.row_ids("D") == before.answers.row_ids("D")[1:]
    assert after.entry("B1").texts == before.answers.entry("B1").texts


def test_a_conflict_is_shown_and_left_to_be_chosen(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A2="総務課", A3="主査")
    form = at.form()
    type_in(at, A2="企画課", A3="係長")
    received = at.receive(changed(form, put("A2", "財政課")))
    assert verdicts(received) == {"A2": Verdict.CONFLICT, "A3": Verdict.NEWER}
    (conflict,) = received.with_verdict(Verdict.CONFLICT)
    assert (conflict.mine.texts, conflict.theirs.texts) == (("財政課",), ("企画課",))
    at.apply(received)
    assert at.reply().answers.entry("A2").texts == ("企画課",)
    at.apply(received, Choices(take=frozenset({("", "A2")})))
    assert at.reply().answers.entry("A2").texts == ("財政課",)
    assert at.reply().answers.entry("A3").texts == ("係長",)


def test_an_answer_given_meanwhile_is_not_overwritten_by_a_form_that_was_blank(desk: Callable[..., Any]) -> None:
    at = desk()
    form = at.form()
    type_in(at, A2="企画課", A3="係長")
    received = at.receive(changed(form, put("A2", "財政課")))
    assert verdicts(received) == {"A2": Verdict.CONFLICT, "A3": Verdict.NEWER}


def test_a_form_that_lost_what_it_was_made_with_overwrites_nothing(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A2="総務課", A3="主査")
    content = changed(at.form(), put("A2", "財政課"), put("A4", "佐藤"), lambda book: book.remove(book["_issued"]))
    received = at.receive(content)
    assert verdicts(received) == {"A2": Verdict.CONFLICT, "A3": Verdict.UNCHANGED, "A4": Verdict.NEW}


def test_what_changes_between_preview_and_save_is_a_conflict_of_the_save(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A2="総務課")
    received = at.receive(changed(at.form(), put("A2", "財政課"), put("A3", "主査")))
    type_in(at, A2="企画課")
    kept = at.apply(received)
    assert [(one.place, one.mine, one.theirs) for one in kept.conflicts] == [(("", "A2"), ("財政課",), ("企画課",))]
    assert at.reply().answers.entry("A2").texts == ("企画課",)
    assert at.reply().answers.entry("A3").texts == ("主査",)


def test_choices_made_on_an_older_comparison_overwrite_nothing_newer(desk: Callable[..., Any]) -> None:
    """The page opens the file again when the choices come; they were made on what it showed before."""
    at = desk()
    content = changed(at.form(), put("A2", "財政課"), put("A3", "主査"))
    shown = at.receive(content)
    type_in(at, A2="企画課")
    again = at.receive(content)
    chosen = Choices(take=frozenset(line.place for line in shown.lines))
    saved = apply(at.database, again, chosen, at.around().who, seen=shown.reply.revision)
    assert [one.place for one in saved.conflicts] == [("", "A2")]
    stored = at.reply().answers
    assert [stored.entry(name).texts for name in ("A2", "A3")] == [("企画課",), ("主査",)]


def test_what_cannot_be_handed_in_does_not_replace_what_can(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A6="somu@town.mishima.lg.jp")
    received = at.receive(changed(at.form(), put("A6", "メールなし"), put("A8", "来週")))
    assert [(one.place[1], one.weight) for one in received.findings] == [("A6", Weight.REFUSED), ("A8", Weight.WRONG)]
    at.apply(received)
    assert at.reply().answers.entry("A6").texts == ("somu@town.mishima.lg.jp",)
    assert at.reply().answers.entry("A8").texts == ("来週",)  # nothing typed is lost


# ---- Rows


def test_rows_are_changed_by_their_id_and_others_stay(desk: Callable[..., Any]) -> None:
    at = desk()
    at.take(good(at.form()))
    form = at.form()
    before = at.reply().answers
    at.take(changed(form, put_row("D", 2, D5="件名改"), put_row("D", 4, D1=4, D5="件名その四")))
    after = at.reply().answers
    assert after.row_ids("D")[:3] == before.row_ids("D")
    assert len(after.row_ids("D")) == 4
    assert [after.entry("D5", row).texts[0] for row in after.row_ids("D")] == [
        "件名その一",
        "件名改",
        "件名その三",
        "件名その四",
    ]


def test_edited_rows_sorted_without_their_ids_are_not_guessed(desk: Callable[..., Any]) -> None:
    at = desk()
    at.take(good(at.form()))

    def mixed(book: Workbook) -> None:
        sheet, first, keys = table_sheet(book, "D")
        texts = [[one.value for one in sheet[first + number][2:]] for number in range(3)]
        for number, cells in enumerate([texts[2], texts[0], texts[1]]):
            for one, value in zip(sheet[first + number][2:], cells, strict=True):
                one.value = value
        sheet.cell(first, keys["D5"]).value = "件名その三（改）"
        sheet.cell(first + 1, keys["D5"]).value = "件名その一（改）"

    received = at.receive(changed(at.form(), mixed))
    assert [one.sign for one in received.findings] == [Sign.UNKNOWN_ROW, Sign.UNKNOWN_ROW]
    assert received.changes().entries == {}


def test_a_row_removed_meanwhile_stays_removed_unless_it_was_changed(desk: Callable[..., Any]) -> None:
    at = desk()
    at.take(good(at.form()))
    form = at.form()
    reply = at.reply()
    rows = reply.answers.row_ids("D")
    save_answers(at.database, reply, Changes(reply.revision, {}, {"D": rows[:1]}), at.around().who)
    at.take(changed(form, put_row("D", 3, D5="件名その三（改）")))
    after = at.reply().answers
    assert after.row_ids("D") == (rows[0], rows[2])
    assert [after.entry(name, rows[2]).texts for name in ("D1", "D2", "D5")] == [
        ("3",),
        ("OTH",),
        ("件名その三（改）",),
    ]


# ---- Which form it is


def test_another_municipality_and_another_inquiry_are_refused(desk: Callable[..., Any]) -> None:
    content = good(desk().form())
    assert desk(municipality=OTHER).receive(content).refusal.reason is Reason.OTHER_MUNICIPALITY
    assert "三島町" in desk(municipality=OTHER).receive(content).refusal.context["found"]
    assert desk("cooperation_cases").receive(content).refusal.reason is Reason.OTHER_INQUIRY
    stripped = changed(content, lambda book: book.remove(book["_meta"]))
    assert desk(municipality=OTHER).receive(stripped).refusal.reason is Reason.OTHER_MUNICIPALITY


def test_sheets_of_two_towns_in_one_file_are_refused(desk: Callable[..., Any]) -> None:
    other = opened(desk(municipality=OTHER).form())["回答"]

    def pasted(book: Workbook) -> None:
        for row in other.iter_rows():
            for one in row:
                book["回答"].cell(one.row, one.column).value = one.value

    refusal = desk().receive(changed(desk().form(), pasted)).refusal
    assert refusal.reason is Reason.CONTRADICTORY
    assert "回答" in refusal.context["sheets"]


def test_a_form_whose_own_code_was_changed_is_refused(desk: Callable[..., Any]) -> None:
    refusal = desk().receive(changed(desk().form(), put("A1", "074454 金山町"))).refusal
    assert refusal.reason is Reason.OTHER_MUNICIPALITY


def test_a_form_that_lost_all_that_identifies_it_is_read_when_it_is_known_whose_it_is(desk: Callable[..., Any]) -> None:
    at = desk()

    def anonymous(book: Workbook) -> None:
        book.remove(book["_meta"])
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=10):
                for one in row:
                    if isinstance(one.value, str) and "整理番号" in one.value:
                        one.value = None

    content = changed(good(at.form()), anonymous)
    assert at.receive(content).refusal.reason is Reason.NO_IDENTITY
    assert at.receive(content, sure=True).refusal is None
    assert len(at.receive(content, sure=True).lines) == len(at.receive(good(at.form())).lines)


def test_a_form_of_an_earlier_version_is_carried_over_as_far_as_it_fits(desk: Callable[..., Any]) -> None:
    at = desk()
    content = good(at.form())
    reply = at.reply()
    document = json.loads(reply.inquiry.questionnaire.document)
    section = document["sections"][0]
    section["questions"] = [one for one in section["questions"] if one["name"] != "A4"]
    section["questions"].append({**section["questions"][1], "name": "A10"})
    later = replace(reply.inquiry, questionnaire=read_document(document))
    now = replace(reply, standing=replace(reply.standing, inquiry=later))

    received = receive(at.database, now, content, opener=at.opener)
    assert received.refusal is None
    told = {(one.sign, one.content) for one in received.findings}
    assert (Sign.STRANGER, "佐藤 花子") in told
    assert Sign.EARLIER_VERSION in {sign for sign, _ in told}
    assert {one.place for one in received.findings if one.sign is Sign.LOST_PLACE} == {("", "A10")}
    assert {line.place[1] for line in received.lines if not line.place[0]} >= {"A2", "A5", "B1", "B4", "T1"}


# ---- Where the reply stands


def test_a_reply_that_was_handed_in_takes_no_form(desk: Callable[..., Any]) -> None:
    at = desk()
    fill_whole(at)
    hand_in(at)
    received = at.receive(changed(at.form(), put("A3", "主幹")))
    with pytest.raises(NotAllowed):
        at.apply(received)


def test_of_a_returned_reply_only_the_items_that_came_back_are_changed(desk: Callable[..., Any]) -> None:
    at = desk()
    fill_whole(at)
    hand_in(at)
    reply = at.reply()
    row = reply.answers.row_ids("D")[0]
    reasons = {("", "A5"): "電話番号を確認してください。", (row, "D6"): "具体的に。"}
    return_items(at.database, reply, reasons, Who(None, "県", at.around().who.at))
    content = changed(
        at.form(),
        put("A3", "主幹"),
        put("A5", "0241-48-5512"),
        put_row("D", 1, D6="具体的に書き直した。", D7="背景も直した。"),
        put_row("D", 19, D5="追加の要望"),
    )
    received = at.receive(content)
    settled = {one.place[1] for one in received.findings if one.sign is Sign.SETTLED}
    assert settled == {"A3", "D7", "D5"}
    at.apply(received)
    after = at.reply().answers
    assert after.entry("A5").texts == ("0241-48-5512",)
    assert after.entry("D6", row).texts == ("具体的に書き直した。",)
    assert after.entry("A3").texts == reply.answers.entry("A3").texts
    assert after.entry("D7", row).texts == reply.answers.entry("D7", row).texts
    assert after.row_ids("D") == reply.answers.row_ids("D")


def test_the_trail_says_where_answers_came_from(desk: Callable[..., Any]) -> None:
    at = desk()
    at.take(good(at.form()))
    query = "SELECT act, after FROM event WHERE inquiry IS NOT NULL AND municipality = ? ORDER BY id"
    rows = list(at.database.execute(query, [at.municipality]))
    assert [row["act"] for row in rows] == ["save", "receive_form"]
    noted = json.loads(rows[1]["after"])
    assert noted["taken"] == 9 + 9
    assert noted["issue"].startswith("整理番号：support_needs/074446/")


def test_a_refused_file_cannot_be_applied(desk: Callable[..., Any]) -> None:
    at = desk()
    received = at.receive(b"")
    with pytest.raises(Refused):
        at.apply(received)


def test_what_no_workbook_can_hold_stays_as_it_is(desk: Callable[..., Any]) -> None:
    at = desk()
    type_in(at, A2="総務課\uffff", A3="主査\x07", A4="佐藤")
    received = at.receive(at.form())
    assert verdicts(received) == {"A2": Verdict.BLANK, "A3": Verdict.UNCHANGED, "A4": Verdict.UNCHANGED}
    assert received.changes().entries == {}


def test_the_same_form_gives_the_same_bytes(desk: Callable[..., Any]) -> None:
    assert desk().form() == desk().form()
