"""Accounts change hands, contacts keep their history, divisions come and go; the trail says who did it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database
from town import OPENED, OTHER, OWN, Clock

from survey_app.passwords import NOBODY, hash_made_password, verify_password
from survey_app.rosters.comparing import compare
from survey_app.store import divisions, invitations
from survey_app.store.accounts import Account, NameTaken, account_by_id, add_account, create_account, find_account
from survey_app.store.appointments import (
    NotDisabled,
    account_told,
    add_officers,
    change_account,
    disable_account,
    enable_account,
    hand_over,
    issue_passwords,
    without_officer,
)
from survey_app.store.audit import Who
from survey_app.store.contacts import Contact, add_contact, change_contact, contacts, end_contact, former_contacts
from survey_app.store.divisions import Division, DivisionTaken
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.roster_changes import group_told, groups, keep_group, present_lines, roster_mark, take_roster
from survey_app.store.rosters import keep_municipalities, roster
from survey_app.store.sessions import change_password, session_account, start_session

WHO = Who(None, "試験", OPENED)
FIELDS = ("name", "kana", "kind", "bureau", "county", "population", "population_source", "groups")
SATO = Contact("総務課", "主査", "佐藤 花子", "0241-48-5511", "somu@town.mishima.lg.jp")


def known(database: Database, name: str) -> Account:
    found = find_account(database, name)
    assert found is not None
    return found


def new(name: str, role: str = "officer", place: str | None = OWN, **more: object) -> Account:
    return replace(Account(None, name, f"{name}さん", role, place, NOBODY), **more)


def trail(database: Database, act: str) -> list[tuple[dict[str, object], dict[str, object]]]:
    rows = database.execute("SELECT before, after FROM event WHERE act = ? ORDER BY id", [act])
    return [(json.loads(row[0]), json.loads(row[1])) for row in rows]


def test_an_account_knows_where_its_person_works(database: Database) -> None:
    division = divisions.add(database, Division(0, "総務部", "税務課", OPENED.date()), WHO)
    made = add_account(database, new("zeimu", "consulted", None, consulted=division, post="主任"), WHO)
    account = account_by_id(database, made)
    assert (account.place, account.consulted, account.post, account.must_change) == ("税務課", division, "主任", False)
    assert known(database, "mishima").place == "三島町"
    with pytest.raises(NameTaken):
        add_account(database, new("zeimu"), WHO)
    assert "password" not in json.dumps(trail(database, "create_account"))


def test_what_somebody_else_changed_is_not_overwritten(database: Database) -> None:
    account = known(database, "mishima")
    seen = mark(account_told(account))
    changed = replace(account, telephone="1")
    assert change_account(database, changed, WHO, seen=seen)
    assert not change_account(database, changed, WHO, seen=seen)
    with pytest.raises(Overtaken):
        change_account(database, replace(account, telephone="2"), WHO, seen=seen)
    assert trail(database, "change_account") == [({"sign_in_name": "mishima", "telephone": ""}, {"telephone": "1"})]


def test_a_closed_account_is_signed_out_at_once_and_may_come_back(database: Database, clock: Clock) -> None:
    account = known(database, "mishima")
    token = start_session(database, account, clock.now)
    disable_account(database, account.id or 0, WHO)
    disable_account(database, account.id or 0, WHO)
    assert session_account(database, token, clock.now) is None
    assert find_account(database, "mishima") is None
    assert len(trail(database, "disable_account")) == 1
    enable_account(database, account.id or 0, WHO)
    assert find_account(database, "mishima") is not None
    assert session_account(database, token, clock.now) is None


def test_nobody_closes_the_own_account_or_the_last_of_the_division(database: Database) -> None:
    own = known(database, "division")
    with pytest.raises(NotDisabled) as kept:
        disable_account(database, own.id or 0, own.who(OPENED))
    assert kept.value.reason == "own"
    add_account(database, new("nobody", "division", None), WHO)
    with pytest.raises(NotDisabled) as kept:
        disable_account(database, own.id or 0, WHO)
    assert kept.value.reason == "last", "an account that cannot sign in keeps no door open"
    add_account(database, new("other", "division", None, password_hash="x"), WHO)
    disable_account(database, own.id or 0, WHO)


def test_a_successor_takes_the_place(database: Database, clock: Clock) -> None:
    add_contact(database, OWN, replace(SATO, section="総務課 行政係"), WHO)
    old = known(database, "mishima")
    token = start_session(database, old, clock.now)
    later = Who(None, "試験", clock.now.replace(hour=17))
    successor = Account(None, "mishima-2", "高橋 三郎", "division", None, NOBODY, telephone="0241-48-5512")
    made = hand_over(database, old.id or 0, successor, later, contact=True)
    after = account_by_id(database, made)
    assert (after.role, after.municipality, after.place) == ("officer", OWN, "三島町")
    assert account_by_id(database, old.id or 0).disabled_at == later.at
    assert session_account(database, token, clock.now) is None
    (present,), (past,) = contacts(database, OWN), former_contacts(database, OWN)
    assert (present.contact.section, present.contact.name) == ("総務課 行政係", "高橋 三郎")
    assert (present.contact.telephone, present.contact.email) == ("0241-48-5512", SATO.email)
    assert (past.contact.name, past.since, past.until) == ("佐藤 花子", OPENED, later.at)
    assert hand_over(database, old.id or 0, successor, later, contact=True) == made
    assert len(trail(database, "hand_over")) == 1


def test_a_successor_needs_a_name_of_their_own(database: Database) -> None:
    with pytest.raises(NameTaken):
        hand_over(database, known(database, "mishima").id or 0, new("mishima2"), WHO, contact=False)
    assert find_account(database, "mishima") is not None, "nothing is half done"


def test_an_initial_password_must_be_changed_and_ends_what_was(database: Database, clock: Clock) -> None:
    account = known(database, "mishima")
    token = start_session(database, account, clock.now)
    invitation = invitations.invite(database, account.id or 0, WHO)
    issue_passwords(database, {account.id or 0: hash_made_password("abcd-efgh-jkmn")}, WHO)
    assert session_account(database, token, clock.now) is None
    assert invitations.invited(database, invitation, clock.now) is None
    fresh = known(database, "mishima")
    assert fresh.must_change
    assert verify_password("abcd-efgh-jkmn", fresh.password_hash)
    change_password(database, fresh, "new hash", "token", clock.now)
    assert not known(database, "mishima").must_change
    assert "abcd" not in "".join(
        str(row[0]) + str(row[1]) for row in database.execute("SELECT before, after FROM event")
    )


def test_every_municipality_without_an_officer_gets_one_once(database: Database) -> None:
    codes = without_officer(database, (OWN, OTHER, "072010"))
    assert codes == ("072010",)
    officer = new("072010", place="072010")
    assert add_officers(database, [officer], WHO) == 1
    assert add_officers(database, [officer], WHO) == 0
    assert not known(database, "072010").has_password


def test_an_invitation_works_once_and_for_some_days(database: Database, clock: Clock) -> None:
    number = add_account(database, new("hajime"), WHO)
    first, second = (invitations.invite(database, number, WHO) for _ in range(2))
    assert invitations.invited(database, first, clock.now) is None, "a new link withdraws the one before"
    assert first not in "".join(str(list(row)) for row in database.execute("SELECT * FROM invitation"))
    clock.move(days=6, hours=23)
    taken = invitations.accept(database, second, "hash", clock.now)
    assert taken is not None
    assert invitations.accept(database, second, "other", clock.now) is None
    assert known(database, "hajime").password_hash == "hash"
    third = invitations.invite(database, number, Who(None, "試験", clock.now))
    clock.move(days=7)
    assert invitations.invited(database, third, clock.now) is None
    assert invitations.was_made(database, third)
    assert not invitations.was_made(database, "guess")


def test_nobody_is_let_in_to_a_closed_account(database: Database, clock: Clock) -> None:
    number = add_account(database, new("hajime"), WHO)
    token = invitations.invite(database, number, WHO)
    disable_account(database, number, WHO)
    assert invitations.accept(database, token, "hash", clock.now) is None
    with pytest.raises(LookupError):
        invitations.invite(database, number, WHO)
    with pytest.raises(LookupError):
        issue_passwords(database, {number: "hash"}, WHO)


def test_contacts_keep_who_was_before(database: Database) -> None:
    for _ in range(2):
        add_contact(database, OWN, SATO, WHO)
    (first,) = contacts(database, OWN)
    for _ in range(2):
        change_contact(database, OWN, first.id, replace(SATO, post="係長"), WHO)
    (second,) = contacts(database, OWN)
    assert (second.contact.post, second.until) == ("係長", None)
    end_contact(database, OWN, second.id, WHO)
    end_contact(database, OWN, second.id, WHO)
    assert contacts(database, OWN) == ()
    assert [one.contact.post for one in former_contacts(database, OWN)] == ["係長", "主査"]
    assert [len(trail(database, act)) for act in ("add_contact", "change_contact", "end_contact")] == [1, 1, 1]
    with pytest.raises(LookupError):
        end_contact(database, OTHER, second.id, WHO)


def test_a_division_is_renamed_ended_and_begun_again(database: Database) -> None:
    day = date(2026, 4, 1)
    number = divisions.add(database, Division(0, "総務部", "税務課", day), WHO)
    assert divisions.add(database, Division(0, "総務部", "税務課", day), WHO) == number
    with pytest.raises(DivisionTaken):
        divisions.add(database, Division(0, "総務部", "税務課", date(2027, 4, 1)), WHO)
    assert divisions.change(database, replace(divisions.find(database, number), name="税務企画課"), WHO)
    with pytest.raises(ValueError, match="2026-03-31"):
        divisions.end(database, number, date(2026, 3, 31), WHO)
    divisions.end(database, number, date(2027, 3, 31), WHO)
    assert [one.id for one in divisions.listed(database, date(2027, 3, 31))] == [number]
    assert divisions.listed(database, date(2027, 4, 1)) == ()
    again = divisions.add(database, Division(0, "総務部", "税務企画課", date(2027, 4, 1)), WHO)
    with pytest.raises(DivisionTaken):
        divisions.end(database, number, None, WHO)
    assert [one.id for one in divisions.named(database, "総務部 税務企画課", date(2027, 4, 1))] == [again]
    assert divisions.start_with(database, [Division(0, "x", "y", day)], WHO) == 0
    assert [len(trail(database, act)) for act in ("add_division", "change_division", "end_division")] == [2, 1, 1]


def test_a_roster_is_taken_in_whole_and_deletes_nothing(database: Database) -> None:
    present = present_lines(database)
    renamed = replace(present[0].municipality, name="新福島市", population=None, groups=("県都",))
    added = replace(present[0].municipality, code="011002", name="札幌市")
    given = [present[0]._replace(municipality=renamed), present[1], present[0]._replace(municipality=added)]
    found = compare(present, given, FIELDS)
    assert ([one.municipality.code for one in found.new], len(found.unchanged), len(found.gone)) == (["011002"], 1, 57)
    assert [one.field for one in found.changed[0].fields] == ["name", "population", "groups"]
    assert [one.field for one in compare(present, given, ("name",)).changed[0].fields] == ["name"]
    seen = roster_mark(present)
    take_roster(database, given, FIELDS, WHO, seen=seen)
    assert take_roster(database, given, FIELDS, WHO, seen=seen).changes_nothing
    assert (len(roster(database)), roster(database)["072010"].name) == (60, "新福島市")
    before, after = trail(database, "change_municipality")[0]
    assert (before["name"], after["name"], after["population"]) == ("福島市", "新福島市", None)
    with pytest.raises(Overtaken):
        take_roster(database, present, FIELDS, WHO, seen=seen)


def test_groups_outlive_a_new_roster(database: Database) -> None:
    seen = mark(group_told(database, ""))
    keep_group(database, "", "奥会津", frozenset((OWN, OTHER)), WHO, seen=seen)
    keep_municipalities(database, list(roster(database)), "again")
    keep_municipalities(database, [replace(roster(database)[OWN], groups=())], "again")
    assert [one.code for one in groups(database)["奥会津"]] == [OWN, OTHER]
    told = mark(group_told(database, "奥会津"))
    keep_group(database, "奥会津", "奥会津2町", frozenset((OTHER,)), WHO, seen=told)
    assert [[one.code for one in some] for some in groups(database).values()] == [[OTHER]]
    with pytest.raises(Overtaken):
        keep_group(database, "奥会津2町", "x", frozenset((OWN,)), WHO, seen=told)


def test_the_command_line_leaves_a_known_account_alone(database: Database) -> None:
    create_account(database, new("mishima", "division", None), OPENED)
    assert known(database, "mishima").role == "officer"
