"""What speaks against a deadline, and how targets, names and letters of an inquiry are read."""

from datetime import date, datetime

import pytest
from town import OPENED

from questions.setting import Municipality, Roster
from survey_app.clock import TOKYO
from survey_app.deadlines import CautionCode, Due, cautions, day_off, working_days
from survey_app.preparing.contacts import contact_fields, contact_text
from survey_app.preparing.letters import Asked, Letter, proposed_body
from survey_app.preparing.naming import proposed_name
from survey_app.preparing.targets import bureaus, groups, members_of, read_pasted


def at(text: str) -> datetime:
    """A moment in Asia/Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def codes(deadline: str, sent: str = "2026-11-24T10:00", *others: Due) -> list[CautionCode]:
    """The codes of what speaks against a deadline for 三島町 and 金山町."""
    return [one.code for one in cautions(at(deadline), at(sent), ("074446", "074454"), others)]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-11-24", ""),
        ("2026-11-23", "勤労感謝の日"),
        ("2026-11-22", "weekend"),
        ("2026-12-28", ""),
        ("2026-12-29", "year_end"),
        ("2027-01-01", "元日"),
        ("2027-01-03", "year_end"),
        ("2027-01-04", ""),
        ("2027-03-22", "春分の日 振替休日"),
        ("2026-09-22", "国民の休日"),
    ],
)
def test_days_on_which_offices_are_closed(day: str, reason: str) -> None:
    assert day_off(date.fromisoformat(day)) == reason


@pytest.mark.parametrize(
    ("sent", "deadline", "left"),
    [
        ("2026-11-24T10:00", "2026-11-24T17:15", 0),
        ("2026-11-24T10:00", "2026-11-25T17:15", 1),
        ("2026-11-24T17:15", "2026-12-08T17:15", 10),
        ("2026-11-24T17:16", "2026-12-08T17:15", 9),  # arrives the next morning
        ("2026-11-21T10:00", "2026-11-25T17:15", 1),  # a Saturday before a holiday: arrives on Tuesday
        ("2026-12-25T10:00", "2027-01-08T17:15", 6),  # over the end of the year
        ("2026-12-25T18:00", "2027-01-08T17:15", 5),
        ("2026-11-24T10:00", "2026-11-01T17:15", 0),
    ],
)
def test_the_working_days_that_are_left(sent: str, deadline: str, left: int) -> None:
    assert working_days(at(sent), at(deadline)) == left


def test_a_good_deadline_has_nothing_against_it() -> None:
    assert codes("2026-12-18T17:15") == []


def test_a_year_that_was_mistyped_is_not_counted_day_by_day() -> None:
    assert working_days(OPENED, at("2199-12-18T17:15")) < 100
    assert codes("2199-12-18T17:15") == [CautionCode.FAR]


def test_a_day_off_and_few_days_are_told_together() -> None:
    assert codes("2026-11-29T17:15") == [CautionCode.DAY_OFF, CautionCode.FEW_DAYS]
    (found,) = cautions(at("2026-12-07T17:15"), at("2026-11-24T10:00"))
    assert (found.code, found.context["days"]) == (CautionCode.FEW_DAYS, 9)
    assert codes("2026-12-08T17:15") == []


def test_sent_when_nobody_is_there() -> None:
    assert codes("2026-12-18T17:15", "2026-11-24T17:16") == [CautionCode.SENT_LATE]
    assert codes("2026-12-18T17:15", "2026-11-24T17:15") == []
    assert codes("2026-12-18T17:15", "2026-11-23T18:00") == [CautionCode.SENT_ON_DAY_OFF]


def test_other_inquiries_of_the_same_week_for_the_same_municipalities() -> None:
    shared = Due("別の照会", at("2026-12-14T17:15"), frozenset({"074446", "072010"}))
    elsewhere = Due("よその照会", at("2026-12-18T17:15"), frozenset({"072010"}))
    week_after = Due("次週の照会", at("2026-12-21T17:15"), frozenset({"074446"}))
    found = cautions(at("2026-12-18T17:15"), OPENED, ("074446",), (shared, elsewhere, week_after))
    assert [(one.code, one.context["title"], one.context["shared"]) for one in found] == [
        (CautionCode.SAME_WEEK, "別の照会", 1)
    ]


def test_a_week_across_the_year_is_one_week() -> None:
    other = Due("年始の照会", at("2027-01-08T12:00"), frozenset({"074446"}))
    assert CautionCode.SAME_WEEK in codes("2027-01-05T17:15", "2026-11-24T10:00", other)
    assert CautionCode.SAME_WEEK not in codes("2026-12-28T17:15", "2026-11-24T10:00", other)


def test_pasted_names_and_codes(whole_roster: Roster) -> None:
    found, strangers = read_pasted("福島市\t072036\r\n７２０２８、三島町\n三島町 07444", whole_roster)
    assert found == ("072010", "072036", "072028", "074446", "074446")
    assert strangers == ()


def test_what_is_pasted_but_names_nobody_is_told(whole_roster: Roster) -> None:
    found, strangers = read_pasted("会津若松\nあきた市, 072011 三島町", whole_roster)
    assert found == ("074446",)
    assert [(one.text, one.near) for one in strangers] == [
        ("会津若松", ("会津若松市",)),
        ("あきた市", ()),
        ("072011", ()),
    ]
    twins = Roster([Municipality("012343", "池田町"), Municipality("204811", "池田町")])
    assert [one.several for one in read_pasted("池田町", twins)[1]] == [True]


def test_bureaus_and_groups(whole_roster: Roster) -> None:
    assert [(one.name, len(one.members)) for one in bureaus(whole_roster)][:3] == [
        ("県北", 8),
        ("県中", 12),
        ("県南", 9),
    ]
    grouped = Roster(
        [Municipality("074446", "三島町", "町", groups=("okuaizu5",)), Municipality("072010", "福島市", "市")]
    )
    assert list(groups(grouped)) == ["okuaizu5", "市", "町"]
    assert members_of(grouped, "group", "okuaizu5") == ("074446",)
    assert members_of(grouped, "group", "unknown") == ()
    assert len(members_of(whole_roster, "all", "")) == 59


def test_a_name_is_proposed_that_is_free() -> None:
    assert proposed_name("support_needs", set()) == "support_needs"
    assert proposed_name("support_needs", {"support_needs", "support_needs_2"}) == "support_needs_3"
    assert len(proposed_name("a" * 64, {"a" * 64})) <= 64


def test_contacts_are_put_together_and_taken_apart() -> None:
    fields = {
        "contact_section": "市町村行政課",
        "contact_person": "県庁 太郎",
        "contact_telephone": "024-521-7000",
        "contact_mail": "a@example.lg.jp",
    }
    assert contact_fields(contact_text(fields)) == fields
    assert contact_fields("行政課（内線1）\nなんでも")["contact_section"] == "行政課（内線1）　なんでも"
    assert contact_text({}) == ""


def test_the_letter_says_what_was_filled_in() -> None:
    body = proposed_body(Asked("照会します。", "回答様式１", at("2026-12-18T17:15"), "法第1条", "", "行政課\n電話：1"))
    assert "２　回答の期限　令和8年12月18日（金）17時15分" in body
    assert "４　根拠　法第1条" in body
    assert "５　問い合わせ先　行政課\n　　電話：1" in body
    letter = Letter("８市町第１号", date(2026, 11, 24), "各市町村長　様", "課長", "県の支援", body)
    lines = letter.text.splitlines()
    assert lines[0].strip() == "８市町第１号"
    assert "県の支援について（照会）" in letter.text
    assert lines[-1].endswith("以上")
    assert lines[-1].startswith("　　　")
