"""Needs of several municipalities that are one matter (名寄せ), and what the division remarked on single needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from exports.needs import Key
from survey_app import clock
from survey_app.store.audit import Subject, Who, record
from survey_app.store.database import writing
from survey_app.store.inquiries import Inquiry
from survey_app.store.overtaking import mark, not_overtaken

NOT_A_NEED, IS_A_NEED, NOT_SIMILAR = "not_a_need", "is_a_need", "not_similar"


@dataclass(frozen=True)
class Merge:
    """Needs that are dealt with as one; ``subject`` is what the matter is called, ``needs`` in the official order."""

    id: int
    subject: str
    needs: tuple[Key, ...]
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class Looked:
    """What a form was made from: the ``merge_mark`` among some needs (None: all), None when nobody looked."""

    seen: str | None = None
    among: Sequence[Key] | None = None


NOBODY_LOOKED = Looked()


class AlreadyMerged(ValueError):
    """Needs that stand in another group already; the keys are the arguments."""


class TooFew(ValueError):
    """Fewer than two needs were to be merged."""


def merges(database: Database, inquiry: Inquiry) -> tuple[Merge, ...]:
    """Return the groups of an inquiry that hold, the oldest first."""
    query = (
        "SELECT need_merge.*, member.municipality, member.row FROM need_merge"
        " JOIN need_merge_member AS member ON member.merge = need_merge.id"
        " WHERE inquiry = ? AND dissolved_at IS NULL ORDER BY need_merge.id, member.municipality, member.row"
    )
    found: dict[int, Merge] = {}
    for row in database.execute(query, [inquiry.id]):
        key = (row["municipality"], row["row"])
        known = found.get(row["id"])
        needs = (key,) if known is None else (*known.needs, key)
        found[row["id"]] = Merge(row["id"], row["subject"], needs, clock.read(row["made_at"]), row["made_by"])
    return tuple(found.values())


def merge_mark(standing: Sequence[Merge], among: Sequence[Key] | None = None) -> str:
    """Return the mark of how some needs are merged now (None: all of the inquiry), for ``merge``."""
    return mark(_told(standing, among))


def _told(standing: Sequence[Merge], among: Sequence[Key] | None) -> dict[str, object]:
    return {"merges": [one.id for one in standing if among is None or set(one.needs) & set(among)]}


def merge(
    database: Database, inquiry: Inquiry, needs: Sequence[Key], subject: str, who: Who, looked: Looked = NOBODY_LOOKED
) -> int:
    """Merge needs into one matter; return its id. Needs of one group that is merged anew are taken along.

    What is merged just so already is not merged again. Raises TooFew, AlreadyMerged when needs stand in different
    groups, and Overtaken when somebody merged them otherwise, or took them apart, since the form was made.
    """
    wanted = sorted(set(needs))
    if len(wanted) < 2:
        raise TooFew(len(wanted))
    with writing(database):
        standing = merges(database, inquiry)
        touched = [one for one in standing if set(one.needs) & set(wanted)]
        same = next((one for one in touched if one.subject == subject and set(wanted) <= set(one.needs)), None)
        if same is not None:
            return same.id
        not_overtaken(looked.seen, _told(standing, looked.among))
        if len(touched) > 1:
            raise AlreadyMerged(*(key for one in touched for key in one.needs if key in wanted))
        for one in touched:
            wanted = sorted({*wanted, *one.needs})
            _dissolve(database, one.id, who)
        row = {"inquiry": inquiry.id, "subject": subject, "made_at": clock.stored(who.at), "made_by": who.name}
        identity = int(str(database.table("need_merge").insert(row).last_pk))
        members = [{"merge": identity, "municipality": code, "row": line} for code, line in wanted]
        database.table("need_merge_member").insert_all(members)
        before = {"merges": [one.id for one in touched]}
        after = {"merge": identity, "subject": subject, "needs": wanted}
        record(database, who, "merge_needs", Subject(inquiry.id), before=before, after=after)
    return identity


def dissolve(database: Database, inquiry: Inquiry, identity: int, who: Who) -> None:
    """Take a group apart again. Raises LookupError when the inquiry has none of this id."""
    with writing(database):
        known = next((one for one in merges(database, inquiry) if one.id == identity), None)
        if known is None:
            raise LookupError(identity)
        _dissolve(database, identity, who)
        before = {"merge": identity, "subject": known.subject, "needs": known.needs}
        record(database, who, "dissolve_merge", Subject(inquiry.id), before=before)


def _dissolve(database: Database, identity: int, who: Who) -> None:
    ending = "UPDATE need_merge SET dissolved_at = ? WHERE id = ?"
    database.execute(ending, [clock.stored(who.at), identity])


def remark(database: Database, inquiry: Inquiry, key: Key, said: str, who: Who, other: Key | None = None) -> None:
    """Remark on a need: NOT_A_NEED or IS_A_NEED (each takes the other back), or NOT_SIMILAR to another."""
    if other is not None:
        keep_apart(database, inquiry, [key], [other], who)
        return
    municipality, row = key
    opposite = {NOT_A_NEED: IS_A_NEED, IS_A_NEED: NOT_A_NEED}[said]
    with writing(database):
        if key in remarked(database, inquiry, said):
            return
        taking = "DELETE FROM need_remark WHERE inquiry = ? AND municipality = ? AND row = ? AND remark = ?"
        database.execute(taking, [inquiry.id, municipality, row, opposite])
        _remark(database, inquiry, key, said, who)
        record(database, who, "remark_need", Subject(inquiry.id, municipality), after={"row": row, "remark": said})


def keep_apart(database: Database, inquiry: Inquiry, needs: Sequence[Key], others: Sequence[Key], who: Who) -> None:
    """Remark that each of ``needs`` is another matter than each of ``others``, and so is not proposed with it again."""
    pairs = {frozenset((one, other)) for one in needs for other in others if one != other}
    with writing(database):
        fresh = sorted(tuple(sorted(pair)) for pair in pairs - not_similar(database, inquiry))
        for one, other in fresh:
            _remark(database, inquiry, one, NOT_SIMILAR, who, "/".join(other))
        if fresh:
            record(database, who, "remark_need", Subject(inquiry.id), after={"remark": NOT_SIMILAR, "pairs": fresh})


def _remark(database: Database, inquiry: Inquiry, key: Key, said: str, who: Who, other: str = "") -> None:
    municipality, row = key
    place = {"inquiry": inquiry.id, "municipality": municipality, "row": row, "remark": said, "other": other}
    line = {**place, "said_at": clock.stored(who.at), "said_by": who.name}
    database.table("need_remark").upsert(line, pk=tuple(place))


def remarked(database: Database, inquiry: Inquiry, said: str) -> frozenset[Key]:
    """Return the needs on which something was remarked."""
    query = "SELECT municipality, row FROM need_remark WHERE inquiry = ? AND remark = ?"
    return frozenset((row["municipality"], row["row"]) for row in database.execute(query, [inquiry.id, said]))


def not_similar(database: Database, inquiry: Inquiry) -> frozenset[frozenset[Key]]:
    """Return the pairs of which the division said that they are not one matter."""
    query = "SELECT municipality, row, other FROM need_remark WHERE inquiry = ? AND remark = ?"
    rows = database.execute(query, [inquiry.id, NOT_SIMILAR])
    return frozenset(frozenset(((row["municipality"], row["row"]), _key(row["other"]))) for row in rows)


def _key(text: str) -> Key:
    municipality, _, row = text.partition("/")
    return municipality, row
