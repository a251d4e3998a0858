"""Who is to be chased, calls, extensions, and the queue of mails in the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlite_utils import Database
from town import DEADLINE, OPENED, OTHER, OWN
from typing_in import NIL_REPLY, changes

from questions.life import Term
from survey_app.charts.rate import NARROW, WIDE, Progress, days, draw, told
from survey_app.clock import TOKYO
from survey_app.store.audit import Who
from survey_app.store.chasing import NewCall, calls, last_calls, log_call
from survey_app.store.contacts import Contact, add_contact, contacts, end_contact
from survey_app.store.extensions import NoExtension, extend, extensions, present_extensions, withdraw_extension
from survey_app.store.inquiries import Inquiry, standing, standings
from survey_app.store.mails import Kind, NewMail, claim, due_mails, mails_of, queue_mails, settle_failed, settle_sent
from survey_app.store.reachable import is_address, people
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit, withdraw
from survey_app.store.turnout import Waiting, counted, first_replies, to_chase, waiting

WHO = Who(None, "県庁 太郎", OPENED)
LATE = DEADLINE + timedelta(days=3)
CALL = NewCall(OWN, "phone", "佐藤主査", "来週提出の見込み", date(2026, 12, 25), "token")


@pytest.fixture
def handed_in(database: Database, reply: Callable[..., Reply], around: Callable[..., Surroundings]) -> None:
    """三島町 has handed in."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "token"), around().who)


def acts(database: Database) -> list[str]:
    """What the trail says of chasing."""
    known = "('log_call', 'extend', 'withdraw_extension', 'queue_mail', 'send_mail', 'drop_mail')"
    return [row["act"] for row in database.execute(f"SELECT act FROM event WHERE act IN {known} ORDER BY id")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENED, Waiting.LATER),
        (DEADLINE - timedelta(days=8), Waiting.LATER),
        (DEADLINE - timedelta(days=7), Waiting.SOON),
        (DEADLINE, Waiting.SOON),
        (DEADLINE + timedelta(seconds=1), Waiting.OVERDUE),
    ],
)
def test_silence_is_later_soon_or_overdue(
    database: Database, support_needs: Inquiry, now: datetime, expected: Waiting
) -> None:
    target = standing(database, support_needs, OWN)
    assert waiting(target, now) is expected
    assert to_chase(target, now) == (expected in (Waiting.SOON, Waiting.OVERDUE))


def test_an_extension_puts_off_the_chase_until_it_is_due(database: Database, support_needs: Inquiry) -> None:
    extend(database, support_needs, [OWN], DEADLINE + timedelta(days=20), "議会対応", WHO)
    target = standing(database, support_needs, OWN)
    assert waiting(target, LATE) is Waiting.EXTENDED
    assert waiting(target, DEADLINE + timedelta(days=14)) is Waiting.SOON
    assert waiting(target, DEADLINE + timedelta(days=21)) is Waiting.OVERDUE


def test_who_has_replied_or_cannot_reply_is_not_chased(
    database: Database, support_needs: Inquiry, handed_in: None
) -> None:
    assert waiting(standing(database, support_needs, OWN), LATE) is None
    other = standing(database, support_needs, OTHER)
    closed = replace(other, term=replace(other.term, closed=True))
    assert waiting(closed, LATE) is None


def test_one_definition_counts_everything(database: Database, support_needs: Inquiry, handed_in: None) -> None:
    targets = standings(database, support_needs)
    counts = counted(targets, LATE)
    assert (counts.total, counts.handed_in, counts.overdue, counts.chase) == (59, 1, 58, 58)
    assert sum(counts.states.values()) == 59
    assert counts.overdue == sum(target.is_overdue(LATE) for target in targets)


def test_who_took_a_reply_back_is_chased_again(
    database: Database,
    support_needs: Inquiry,
    handed_in: None,
    reply: Callable[..., Reply],
    around: Callable[..., Surroundings],
) -> None:
    withdraw(database, reply(), around().who)
    assert waiting(standing(database, support_needs, OWN), LATE) is Waiting.OVERDUE
    assert len(first_replies(database, support_needs)) == 1


def test_a_call_is_written_down_once(database: Database, support_needs: Inquiry) -> None:
    log_call(database, support_needs, CALL, WHO)
    log_call(database, support_needs, CALL, WHO)
    second = replace(CALL, way="mail", note="催促", promised=None, token="second")
    log_call(database, support_needs, second, replace(WHO, at=LATE))
    assert [call.note for call in calls(database, support_needs, OWN)] == ["催促", "来週提出の見込み"]
    last = last_calls(database, support_needs)[OWN]
    assert (last.way, last.by, last.at, last.promised) == ("mail", "県庁 太郎", LATE, None)
    assert acts(database) == ["log_call", "log_call"]
    with pytest.raises(LookupError):
        log_call(database, support_needs, replace(CALL, municipality="999999", token="third"), WHO)


def test_an_extension_acts_at_once_and_can_be_withdrawn(database: Database, support_needs: Inquiry) -> None:
    until = DEADLINE + timedelta(days=7)
    assert extend(database, support_needs, [OWN, OTHER, OWN], until, "災害対応", WHO) == 2
    assert extend(database, support_needs, [OWN], until, "災害対応", WHO) == 0  # sent twice
    assert standing(database, support_needs, OWN).term.end == until
    later = until + timedelta(days=7)
    extend(database, support_needs, [OWN], later, "さらに延長", WHO)
    assert {code: one.until for code, one in present_extensions(database, support_needs).items()} == {
        OWN: later,
        OTHER: until,
    }
    assert withdraw_extension(database, support_needs, OWN, WHO)
    assert not withdraw_extension(database, support_needs, OWN, WHO)
    assert standing(database, support_needs, OWN).term.end == DEADLINE
    assert [(one.reason, one.ended_by) for one in extensions(database, support_needs, OWN)] == [
        ("さらに延長", "県庁 太郎"),
        ("災害対応", "県庁 太郎"),
    ]
    assert acts(database) == ["extend", "extend", "extend", "withdraw_extension"]


def test_an_extension_is_for_all_or_for_none(database: Database, support_needs: Inquiry) -> None:
    with pytest.raises(LookupError):
        extend(database, support_needs, [OWN, "999999"], DEADLINE + timedelta(days=1), "x", WHO)
    for until in (DEADLINE, OPENED):
        with pytest.raises(NoExtension):
            extend(database, support_needs, [OWN], until, "x", WHO)
    assert standing(database, support_needs, OWN).term.extension is None
    assert acts(database) == []


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("somu@town.mishima.lg.jp", True),
        ("somu@town.mishima.lg.jp\nBcc: all@example.jp", False),
        ("a@b.jp, c@d.jp", False),
        ("<a@b.jp>", False),
        ("総務@town.jp", False),
        ("somu@localhost", False),
        ("", False),
    ],
)
def test_addresses(text: str, *, usable: bool) -> None:
    assert is_address(text) is usable


def test_present_people_are_called(database: Database) -> None:
    add_contact(database, OWN, Contact("総務課", "主査", "佐藤", "0241-48-5511", "not an address"), WHO)
    add_contact(database, OWN, Contact("企画課", "係長", "鈴木", "0241-48-5512", "kikaku@town.mishima.lg.jp"), WHO)
    assert [(one.name, one.email) for one in people(database)[OWN]] == [
        ("佐藤", ""),
        ("鈴木", "kikaku@town.mishima.lg.jp"),
    ]
    end_contact(database, OWN, contacts(database, OWN)[0].id, WHO)
    assert [one.name for one in people(database)[OWN]] == ["鈴木"]


def mail(kind: Kind = Kind.BEFORE, code: str = OWN, deadline: datetime = DEADLINE) -> NewMail:
    return NewMail(code, "somu@town.mishima.lg.jp", "件名", "本文", kind, deadline)


def queued(database: Database, inquiry: Inquiry, new: NewMail) -> int:
    """Queue one mail; return its id."""
    queue_mails(database, inquiry, [new], f"token {new}", WHO)
    return mails_of(database, inquiry)[0].id


def test_a_mail_is_queued_and_claimed_once(database: Database, support_needs: Inquiry) -> None:
    assert queue_mails(database, support_needs, [mail()], "token", WHO) == 1
    assert queue_mails(database, support_needs, [mail()], "token", WHO) == 0
    (identity,) = due_mails(database, OPENED)
    claimed = claim(database, identity, WHO)
    assert claimed is not None
    assert claim(database, identity, WHO) is None  # another process
    assert due_mails(database, OPENED) == ()
    settle_sent(database, claimed, WHO)
    assert mails_of(database, support_needs)[0].sent_at == OPENED
    assert acts(database) == ["queue_mail", "send_mail"]


def test_who_dies_while_sending_leaves_a_mail_that_is_tried_again(database: Database, support_needs: Inquiry) -> None:
    identity = queued(database, support_needs, mail())
    assert claim(database, identity, WHO)
    assert due_mails(database, OPENED + timedelta(minutes=14)) == ()
    assert due_mails(database, OPENED + timedelta(minutes=15)) == (identity,)


def test_a_failed_mail_waits_longer_each_time_and_is_given_up(database: Database, support_needs: Inquiry) -> None:
    identity, now, pauses = queued(database, support_needs, mail()), OPENED, []
    while (found := mails_of(database, support_needs)[0]).waits:
        claimed = claim(database, identity, replace(WHO, at=now))
        if claimed is None:
            continue
        settle_failed(database, claimed, "no", now)
        due = mails_of(database, support_needs)[0].next_try_at
        assert due is not None
        pauses.append((due - now) // timedelta(minutes=1))
        now = due
    assert pauses[:5] == [5, 15, 60, 240, 240]
    assert (found.fault, found.sent_at) == ("expired", None)
    assert now - OPENED < timedelta(days=4)


def test_a_mail_whose_words_no_longer_hold_is_not_sent(
    database: Database, support_needs: Inquiry, handed_in: None
) -> None:
    extend(database, support_needs, [OTHER], DEADLINE + timedelta(days=9), "議会", WHO)
    cases = {
        queued(database, support_needs, mail()): "replied",
        queued(database, support_needs, mail(code=OTHER)): "outdated",
        queued(database, support_needs, mail(Kind.AFTER, "072010")): "outdated",
    }
    for identity in cases:
        assert claim(database, identity, WHO) is None
    assert {one.id: one.fault for one in mails_of(database, support_needs)} == cases
    assert acts(database)[-3:] == ["drop_mail"] * 3


def test_what_is_no_address_is_not_queued(database: Database, support_needs: Inquiry) -> None:
    with pytest.raises(ValueError, match="Bcc"):
        queue_mails(database, support_needs, [mail(), replace(mail(), recipient="a@b.jp\nBcc: c@d.jp")], "token", WHO)
    assert mails_of(database, support_needs) == ()


def progress(*replies: datetime, until: datetime = LATE) -> Progress:
    return Progress(replies, 4, OPENED, Term(DEADLINE), until)


def test_the_chart_tells_every_day_and_ends_where_it_is_now() -> None:
    found = progress(OPENED + timedelta(days=1), OPENED + timedelta(days=1), DEADLINE)
    assert [(day.new, day.total, day.rate) for day in told(found)] == [(0, 0, 0), (2, 2, 50), (1, 3, 75), (0, 3, 75)]
    assert len(days(found)) == 28
    for size in (WIDE, NARROW):
        drawn = draw(found, size)
        assert drawn.end[0] == drawn.today == drawn.right
        assert drawn.end[1] < drawn.bottom
        assert 46 < drawn.deadline < drawn.right
        assert len(drawn.across) <= size.labels
        assert [mark.label for mark in drawn.up] == ["0", "25", "50", "75", "100"]


def test_before_the_deadline_the_chart_leaves_room_up_to_it() -> None:
    drawn = draw(progress(until=OPENED), WIDE)
    assert (drawn.end, drawn.deadline, drawn.rate) == ((46.0, drawn.bottom), drawn.right, 0)


@pytest.mark.parametrize("years", [1, 100])
def test_a_long_time_is_labelled_by_years(years: int) -> None:
    found = Progress((), 0, OPENED, Term(datetime(2026 + years, 12, 18, tzinfo=TOKYO)), LATE)
    drawn = draw(found, NARROW)
    assert len(drawn.across) <= NARROW.labels
    assert drawn.across[0].label == "2026/11"
