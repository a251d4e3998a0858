"""Takes a form in: opens it, tells which it is, compares it with the reply, and saves what is chosen."""

import re
from dataclasses import replace

from sqlite_utils import Database

from exports.form.anchors import Issue
from exports.form.locating import locate
from exports.form.opened import OpenedBook
from questions.retiring import with_chosen
from survey_app.receiving.comparing import compare
from survey_app.receiving.findings import Finding, Sign, Weight
from survey_app.receiving.gathering import gather
from survey_app.receiving.identity import Identity, identity_of, is_form
from survey_app.receiving.opening import Opener, open_once
from survey_app.receiving.received import AS_IT_IS, Choices, Received
from survey_app.receiving.refusals import Reason, Refused
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.openness import openness
from survey_app.store.replies import Reply, Saved, save_answers

_OWN_CODE = re.compile(r"[0-9]{6}")


def receive(
    database: Database,
    reply: Reply,
    content: bytes,
    *,
    file: str = "",
    opener: Opener | None = None,
    sure: bool = False,
) -> Received:
    """Open a form and compare it with a reply; nothing is changed.

    ``file`` is its name, to be noted; ``opener`` opens several files one after the other. ``sure``: it is known from
    elsewhere whose form it is, so that one that has lost all that identifies it is read, too.
    """
    try:
        book = open_once(content) if opener is None else opener.open(content)
        return receive_book(database, reply, book, file=file, sure=sure)
    except Refused as refused:
        return Received(reply, file, refused.refusal)


def receive_book(database: Database, reply: Reply, book: OpenedBook, *, file: str = "", sure: bool = False) -> Received:
    """Compare an opened form with a reply. Raises Refused."""
    identity = identity_of(book)
    _check(identity, book, reply, sure=sure)
    asked = with_chosen(reply.inquiry.questionnaire, reply.answers)  # as the form was made
    gathered = gather(book, asked, reply.setting, identity.issue)
    if not gathered.answers and not gathered.rows:
        raise Refused(Reason.NOT_A_FORM)
    open_again = reply.items_open and reply.id is not None
    found = openness(database, reply.id or 0, reply.examination()) if open_again else None
    compared = compare(reply, gathered, identity.issued, found)
    findings = (*_of_version(identity.issue, reply), *gathered.findings, *compared.findings)
    return Received(
        reply, file, None, identity.issue, tuple(compared.lines), tuple(compared.rows), _in_order(findings, reply)
    )


def apply(database: Database, received: Received, choices: Choices, who: Who, *, seen: int | None = None) -> Saved:
    """Save what is taken in, in one transaction, and note where it came from.

    ``seen``: the revision with which the form was compared when the choices were made, where it was opened again since;
    what somebody changed after it is returned as conflicts and not overwritten. Raises ``NotAllowed`` when the reply
    takes no answers now, ``Refused`` when the file was not taken in.
    """
    if received.refusal is not None:
        raise Refused(received.refusal.reason, **received.refusal.context)
    reply, changes = received.reply, received.changes(choices, seen)
    saved = save_answers(database, reply, changes, who)
    if changes.entries or changes.rows:
        note_receipt(database, received, len(changes.entries), who)
    return saved


def take_all(database: Database, received: Received, who: Who) -> Saved:
    """Save what is taken in by itself: nothing that somebody else answered meanwhile is overwritten."""
    return apply(database, received, AS_IT_IS, who)


def note_receipt(database: Database, received: Received, taken: int, who: Who) -> None:
    """Note in the trail from which form answers were taken in."""
    reply, issue = received.reply, received.issue
    after = {
        "file": received.file,
        "issue": None if issue is None else issue.serial,
        "taken": taken,
        "refused": len(received.found(Weight.REFUSED)),
    }
    with writing(database):
        record(database, who, "receive_form", Subject(reply.inquiry.id, reply.municipality), before={}, after=after)


def _check(identity: Identity, book: OpenedBook, reply: Reply, *, sure: bool) -> None:
    """Is it the form of this reply? Raises Refused."""
    issue = identity.issue
    if issue is None:
        if not is_form(book):
            raise Refused(Reason.NOT_A_FORM)
        if not sure:
            raise Refused(Reason.NO_IDENTITY)
    elif issue.inquiry != reply.inquiry.name:
        raise Refused(Reason.OTHER_INQUIRY, found=issue.inquiry, expected=reply.inquiry.name)
    elif issue.municipality != reply.municipality:
        raise _of_other(issue.municipality, reply)
    shown = _own_code(book, reply)
    if shown and shown != reply.municipality:
        raise _of_other(shown, reply)


def _of_other(code: str, reply: Reply) -> Refused:
    names = reply.setting.roster
    return Refused(
        Reason.OTHER_MUNICIPALITY,
        found=f"{names.name(code)}（{code}）",
        expected=f"{names.name(reply.municipality)}（{reply.municipality}）",
    )


def _own_code(book: OpenedBook, reply: Reply) -> str:
    """Return the code that the form shows as the municipality that replies; "" when it shows none."""
    questionnaire = reply.inquiry.questionnaire
    prefilled = [one.name for one in questionnaire.questions.values() if one.prefilled]
    spots = locate(book, questionnaire).spots if prefilled else {}
    cells = (book.cell(spots[name]) for name in prefilled if name in spots)
    found = (_OWN_CODE.match(cell.text) for cell in cells if cell is not None)
    codes = [code[0] for code in found if code is not None and code[0] in reply.setting.roster]
    return codes[0] if codes else ""


def _of_version(issue: Issue | None, reply: Reply) -> tuple[Finding, ...]:
    """Say when the form was made for another text of the questionnaire."""
    digest = reply.inquiry.questionnaire.digest
    if issue is None or digest.startswith(issue.digest):
        return ()
    context = {"found": issue.digest[:12], "expected": digest[:12], "made_at": issue.made_at}
    return (Finding(Sign.EARLIER_VERSION, Weight.NOTE, context=context),)


def _in_order(findings: tuple[Finding, ...], reply: Reply) -> tuple[Finding, ...]:
    """Put what was found into the order of the questionnaire, what is about no answer first; rows by their place."""
    names = {name: number for number, name in enumerate(_names(reply))}
    weights = list(Weight)

    def key(finding: Finding) -> tuple[int, int, int, int]:
        row = finding.spot[1] if finding.spot else -1
        name = finding.place[1] if finding.place else ""
        table = reply.inquiry.questionnaire.table_of.get(name, name)
        return names.get(table, -1), row, names.get(name, -1), weights.index(finding.weight)

    return tuple(replace(finding) for finding in sorted(findings, key=key))


def _names(reply: Reply) -> list[str]:
    found = []
    for _, item in reply.inquiry.questionnaire.items():
        found.append(item.name)
        found += [column.name for column in getattr(item, "questions", ())]
    return found
