"""Puts a canary into every place of an inquiry that there is: answers, files, talk, responses, publications."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from canaries import (
    CHOSEN,
    DISCLOSURES,
    DRAFTING,
    EARLY,
    FIELDS,
    LINK_TO,
    NEED,
    ORDINANCE,
    OUTSIDE,
    SAID,
    THIRD,
    TOWNS,
    Cage,
    Canary,
)
from round_desk import LEADER, desk_of, open_first
from sent_files import NAME, PDF, open_with_files
from sqlite_utils import Database
from town import DEADLINE, OTHER, OWN, PASSWORD
from typing_in import entry

from exports.needs import Key
from survey_app.consulting.books import division_book
from survey_app.consulting.matters import consultation
from survey_app.passwords import hash_password
from survey_app.receiving.forms import form_book
from survey_app.store.accounts import Account, add_account
from survey_app.store.approvals import ask_approval, send_back
from survey_app.store.attachments import NewAttachment, keep_attachment
from survey_app.store.audit import Who
from survey_app.store.chasing import NewCall, log_call
from survey_app.store.contacts import Contact, add_contact
from survey_app.store.conversations import NewMessage, acknowledge, say
from survey_app.store.delegations import NewDelegation, delegate
from survey_app.store.follow_ups import Note, Status, note_follow_up, promises
from survey_app.store.handing_responses import give_back, hand_in
from survey_app.store.merging import merge
from survey_app.store.opinions import say_opinion
from survey_app.store.presence import tell_presence
from survey_app.store.publications import NewPublication, publish
from survey_app.store.replies import Changes, save_answers
from survey_app.store.returns import return_items
from survey_app.store.round_changes import add_division
from survey_app.store.round_uploads import keep_round_upload
from survey_app.store.rounds import NewRound, find_asked, open_round
from survey_app.store.submissions import Order, submit
from survey_app.store.telling import prepare
from survey_app.store.uploads import keep_upload


def cage_of(database: Database) -> Cage:
    """Put a canary into every place that there is."""
    cage = Cage(database)
    officers = {town: _officer(cage, town) for town in TOWNS}
    for town, who in officers.items():
        _fill_in(cage, town, who)
        _talk(cage, town, who)
    _send_files(cage, officers)
    _settle_inside(cage, officers[DRAFTING])
    _consult(cage)
    _return(cage, officers[OTHER])
    _publish(cage, officers)
    _consult_again(cage)
    return cage


def _officer(cage: Cage, town: str) -> Who:
    name = cage.put("officer", town)
    account = Account(None, f"o{town}", name, "officer", town, hash_password(PASSWORD))
    return Who(add_account(cage.database, account, LEADER), name, EARLY)


def _fill_in(cage: Cage, town: str, who: Who) -> None:
    """Answer everything that takes a text; hand it in unless the town is drafting."""
    reply, sent = cage.reply(town, who), town != DRAFTING
    unsaid = "" if sent else "unsaid "
    entries = {("", name): entry(reply, name, *texts) for name, texts in CHOSEN.items()}
    for name in OUTSIDE:
        entries["", name] = entry(reply, name, cage.put(unsaid + name, town))
    rows = {"L4": (_row(town, 99),), "D": tuple(_row(town, number) for number in range(len(_needs_of(town))))}
    for name in ORDINANCE:
        entries[rows["L4"][0], name] = entry(reply, name, cage.put(unsaid + name, town, rows["L4"][0]))
    entries[rows["L4"][0], "L4b"] = entry(reply, "L4b", "R9.3")
    for number, (row, (subject, disclosed)) in enumerate(zip(rows["D"], _needs_of(town), strict=True), 1):
        chosen = {"D1": str(number), "D2": subject, "D4": "SECOND", "D9": "once", "D10": "1", "D12": "H", "D13": "S"}
        for name, text in {**chosen, "D17": disclosed}.items():
            entries[row, name] = entry(reply, name, text)
        for name in NEED:
            entries[row, name] = entry(reply, name, cage.put(unsaid + name, town, row))
        cage.canaries.append(Canary(row, "row", town, row))
        if sent:
            cage.disclosed[town, row], cage.fields[town, row] = disclosed, subject
            cage.canaries.append(Canary(f"{town}-{number:02d}", "control", town, row))
    save_answers(cage.database, reply, Changes(0, entries, rows), who)
    if sent:
        _submit(cage, town, who)


def _row(town: str, number: int) -> str:
    return f"r{int(town) * 100 + number:016x}"


def _needs_of(town: str) -> list[tuple[str, str]]:
    return [(subject, one) for subject in FIELDS for one in DISCLOSURES.get(town, ("open", "anon", "closed"))]


def _submit(cage: Cage, town: str, who: Who) -> None:
    reply = cage.reply(town, who)
    confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    submit(cage.database, reply, Order(reply.revision, f"submit-{town}", confirmed), who)


def _talk(cage: Cage, town: str, who: Who) -> None:
    """What is said about a reply, and written down about its town hall."""
    database, inquiry = cage.database, cage.inquiry
    for side, speaker in (("municipality", who), ("division", LEADER)):
        for question in ("", "Z1"):
            new = NewMessage(town, question, cage.put("message", town), side, f"{side}{question}")  # type: ignore[arg-type]
            say(database, inquiry, new, speaker)
    acknowledge(database, inquiry, town, cage.put("in charge", town), who)
    link = NewDelegation(town, LINK_TO, cage.put("recipient", town), DEADLINE.date())
    cage.links[town] = delegate(database, inquiry, link, who)
    whom = Contact(*(cage.put("contact", town) for _ in range(3)), note=cage.put("contact", town))
    add_contact(database, town, whom, LEADER)
    log_call(
        database, inquiry, NewCall(town, "phone", cage.put("call", town), cage.put("call", town), None, town), LEADER
    )
    sent = (cage.put("upload", town) + ".xlsx", form_book(cage.reply(town, who), EARLY))
    cage.uploads.append(keep_upload(database, inquiry, town, sent, who))
    tell_presence(database, inquiry, town, "A", replace(who, name=cage.put("present", town), at=DEADLINE))


def _send_files(cage: Cage, officers: Mapping[str, Who]) -> None:
    inquiry = open_with_files(cage.database)
    for town in (OWN, OTHER):
        reply = cage.reply(town, officers[town], NAME)
        content = PDF + cage.put("content", town).encode()
        new = NewAttachment("F", cage.put("file", town) + ".pdf", "application/pdf", content)
        kept = keep_attachment(cage.database, inquiry, town, new, officers[town])
        cage.files.append(kept.id)
        entries = {("", "Q"): entry(reply, "Q", cage.put("Q", town)), ("", "F"): entry(reply, "F", kept.text)}
        save_answers(cage.database, reply, Changes(0, entries), officers[town])


def _settle_inside(cage: Cage, officer: Who) -> None:
    name = cage.put("officer", DRAFTING)
    account = Account(None, "approver", name, "approver", DRAFTING, hash_password(PASSWORD))
    approver = Who(add_account(cage.database, account, LEADER), name, EARLY)
    reply = cage.reply(DRAFTING, officer)
    confirmed = frozenset(str(one.context.get("check")) for one in reply.examination().to_confirm())
    ask_approval(cage.database, reply, Order(reply.revision, "ask", confirmed), officer)
    send_back(cage.database, cage.reply(DRAFTING, approver), cage.put("comment", DRAFTING), approver)


def _consult(cage: Cage) -> None:
    """税務課 answers for TAX with 人事課 beside it, 人事課 for HR; two needs of TAX are one matter."""
    cage.desk = desk = desk_of(cage.database)
    row = {"bureau": "総務部", "name": "情報政策課", "since": "2026-04-01", "telephone": "024-521-2222"}
    cage.third = int(str(cage.database.table("division").insert(row).last_pk))
    first, other = _first(cage, OWN, "TAX", "open"), _first(cage, OTHER, "TAX", "anon")
    merge(cage.database, cage.inquiry, [first, other], cage.put("merge"), LEADER)
    cage.merged[other] = first
    open_first(desk)
    consultants = {one: _consultant(cage, one) for one in (desk.tax, desk.people, cage.third)}
    for division in (desk.tax, desk.people):
        for place, key in enumerate(desk.needs_of(division)):
            unsaid = "unsaid " if key in _held_back(cage, division) else ""
            given = {**SAID[place % len(SAID)], "R2": "", "R7": ""}
            if [key] == _held_back(cage, division)[:1]:
                given = {"R1": "E", "R2": "", "R7": ""}
            texts = {name: text or cage.put(unsaid + name, *key, division) for name, text in given.items()}
            desk.respond(key, division, consultants[division], **texts)
        hand_in(cage.database, desk.round, division, consultants[division], part=True)
    for key in _held_back(cage, desk.people)[1:]:
        to = find_asked(cage.database, desk.round, key, desk.people)
        give_back(cage.database, desk.round, to, cage.put("remark", *key, desk.people), LEADER)


def _first(cage: Cage, town: str, subject: str, disclosed: str) -> Key:
    return next(
        key for key, found in cage.fields.items() if (key[0], found, cage.disclosed[key]) == (town, subject, disclosed)
    )


def _held_back(cage: Cage, division: int) -> list[Key]:
    """The needs whose responses 人事課 has not finished (the first), or got back (the second)."""
    if division != cage.desk.people:
        return []
    return [_first(cage, OWN, "HR", "open"), _first(cage, THIRD, "HR", "anon")]


def _consultant(cage: Cage, division: int) -> Who:
    name = cage.put("consultant", division=division)
    account = Account(None, f"d{division}", name, "consulted", None, hash_password(PASSWORD), consulted=division)
    return Who(add_account(cage.database, account, LEADER), name, DEADLINE)


def _return(cage: Cage, officer: Who) -> None:
    """Give items back to 金山町, which has typed something else meanwhile and not handed it in."""
    need = next(key for key in cage.fields if key[0] == OTHER)
    places = [("", "Z1"), (need[1], "D5")]
    at = replace(officer, at=DEADLINE)
    reasons = {place: cage.put("reason", OTHER, place[0]) for place in places}
    return_items(cage.database, cage.reply(OTHER, at), reasons, LEADER)
    reply = cage.reply(OTHER, at)
    typed = {place: entry(reply, place[1], cage.put(f"unsaid {place[1]}", OTHER, place[0])) for place in places}
    save_answers(cage.database, reply, Changes(reply.revision, typed), at)


def _publish(cage: Cage, officers: Mapping[str, Who]) -> None:
    database, inquiry, round_ = cage.database, cage.inquiry, cage.desk.round
    seen = prepare(database, inquiry, round_, DEADLINE).digest
    cage.published = publish(database, inquiry, round_, NewPublication(seen, "publish"), LEADER)
    for key in cage.fields:
        at = replace(officers[key[0]], at=DEADLINE)
        say_opinion(database, cage.published, key, cage.put("opinion", *key), "/".join(key), at)
    for promise in promises(database, inquiry):
        text = cage.put("follow-up", *promise.key)
        note_follow_up(database, inquiry, promise, Note(Status.DONE, text, "", text), LEADER)


def _consult_again(cage: Cage) -> None:
    new = NewRound(1, DEADLINE + timedelta(days=9), cage.put("request"), "two")
    round_ = open_round(cage.database, cage.inquiry, new, LEADER)
    key = _first(cage, OWN, "TAX", "open")
    add_division(cage.database, cage.inquiry, round_, (key, cage.third, "support"), LEADER)
    held = consultation(cage.database, cage.inquiry, round_.number)
    for division in (cage.desk.tax, cage.desk.people, cage.third):
        sent = (cage.put("upload", division=division) + ".xlsx", division_book(cage.database, held, division, DEADLINE))
        cage.uploads.append(keep_round_upload(cage.database, round_, sent, division, LEADER))
