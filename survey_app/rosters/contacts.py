"""Lists of contacts: read from the lines of a file, and held against those that are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from questions.kinds.texts import Email
from questions.setting import Roster, Setting
from survey_app.rosters.reading import FaultyRoster, Records, RosterCode, RosterFault, fault_of_code, rows_of
from survey_app.store.contacts import FIELDS, Contact, ContactChange, Kept

REQUIRED = ("code", "section", "post", "name", "telephone", "email")
HEADINGS = {
    "団体コード": "code",
    "団体名": "municipality",
    "課・係": "section",
    "職": "post",
    "氏名": "name",
    "電話番号": "telephone",
    "電話": "telephone",
    "メールアドレス": "email",
    "メール": "email",
    "mail": "email",
    "備考": "note",
}
LONGEST = 200
_EMAIL, _NOWHERE = Email(), Setting()


class ContactLine(NamedTuple):
    """One contact of a municipality."""

    municipality: str
    contact: Contact


@dataclass(frozen=True)
class ContactsComparison:
    """A list of contacts held against those that are known. ``gone``: known ones of named municipalities only."""

    new: tuple[ContactChange, ...]
    changed: tuple[ContactChange, ...]
    unchanged: int
    gone: tuple[ContactChange, ...]

    def changes(self, *, end_gone: bool) -> tuple[ContactChange, ...]:
        """Return what is to be done; contacts that are gone end only when that is asked for."""
        return (*self.new, *self.changed, *(self.gone if end_gone else ()))


def contacts_of(records: Records, roster: Roster) -> tuple[ContactLine, ...]:
    """Read contacts from the lines of a file. Raises FaultyRoster with every fault."""
    faults: list[RosterFault] = []
    rows = rows_of(records, HEADINGS, REQUIRED, faults)
    first: dict[tuple[str, str], int] = {}
    lines = []
    for number, cells in rows:
        if not any(cells.get(name) for name in FIELDS):  # a municipality whose line nobody filled in
            continue
        contact = Contact(**{name: cells.get(name, "") for name in FIELDS})
        faults += _faults(number, cells["code"], contact, roster)
        person = (cells["code"], contact.name)
        if all(person) and person in first:
            context = {"found": contact.name, "first": first[person]}
            faults.append(RosterFault(RosterCode.SAME_PERSON, number, context))
        first.setdefault(person, number)
        lines.append(ContactLine(cells["code"], contact))
    if not lines and not faults:
        faults.append(RosterFault(RosterCode.EMPTY))
    if faults:
        raise FaultyRoster(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(lines)


def compare_contacts(present: Mapping[str, tuple[Kept, ...]], lines: Iterable[ContactLine]) -> ContactsComparison:
    """Hold contacts against the present ones: who has the same name in the same municipality is the same person."""
    new, changed, unchanged = [], [], 0
    named: dict[str, set[str]] = {}
    for line in lines:
        named.setdefault(line.municipality, set()).add(line.contact.name)
        known = next((one for one in present.get(line.municipality, ()) if one.contact.name == line.contact.name), None)
        if known is None:
            new.append(ContactChange(line.municipality, None, line.contact))
        elif known.contact != line.contact:
            changed.append(ContactChange(line.municipality, known, line.contact))
        else:
            unchanged += 1
    gone = [
        ContactChange(code, one, None)
        for code, names in sorted(named.items())
        for one in present.get(code, ())
        if one.contact.name not in names
    ]
    return ContactsComparison(tuple(new), tuple(changed), unchanged, tuple(gone))


def _faults(number: int, code: str, contact: Contact, roster: Roster) -> list[RosterFault]:
    found = []
    if not code:
        found.append(RosterFault(RosterCode.BLANK, number, {"column": "code"}))
    elif wrong := fault_of_code(number, code):
        found.append(wrong)
    elif code not in roster:
        found.append(RosterFault(RosterCode.UNKNOWN_MUNICIPALITY, number, {"found": code}))
    if not contact.name:
        found.append(RosterFault(RosterCode.BLANK, number, {"column": "name"}))
    if contact.email and not _EMAIL.read((contact.email,), _NOWHERE).value:
        found.append(RosterFault(RosterCode.NOT_AN_EMAIL, number, {"found": contact.email}))
    for name in FIELDS:
        if len(text := getattr(contact, name)) > LONGEST:
            context = {"column": name, "most": LONGEST, "found": len(text)}
            found.append(RosterFault(RosterCode.TOO_LONG, number, context))
        if "\n" in text or "\t" in text:
            found.append(RosterFault(RosterCode.LINE_BREAK, number, {"column": name}))
    return found
