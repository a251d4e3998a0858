"""Takes a cut of an inquiry: what the exports are handed."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from exports.cut import Cut, Submission, TargetLine
from questions.retiring import as_answered
from survey_app.store.database import reading
from survey_app.store.inquiries import Inquiry, Standing, standings
from survey_app.store.needs import need_numbers
from survey_app.store.rosters import roster
from survey_app.store.submissions import last_submissions


def take_cut(database: Database, inquiry: Inquiry, now: datetime) -> Cut:
    """Return the inquiry as it stands, from one view of the database. Only submissions count, never drafts.

    The cut states the moment since which the picture is what it is, so that the same picture gives the same cut.
    """
    with reading(database):
        targets = standings(database, inquiry)
        states = {target.municipality: target.state for target in targets}
        submissions = tuple(
            Submission(
                municipality=handed.municipality,
                number=handed.number,
                receipt=handed.receipt,
                submitted_at=handed.submitted_at,
                digest=handed.digest,
                state=states[handed.municipality],
                contents=handed.contents,
            )
            for handed in last_submissions(database, inquiry)
        )
        known = roster(database)
        numbers = need_numbers(database, inquiry)
    lines = tuple(
        TargetLine(
            municipality=target.municipality,
            state=target.state,
            deadline=target.term.end,
            extended=target.term.extension is not None,
            nil=target.nil,
            source=target.source,
        )
        for target in targets
    )
    return Cut(
        inquiry=inquiry.name,
        title=inquiry.title,
        issuer=inquiry.issuer,
        opened_at=inquiry.opened_at,
        deadline=inquiry.deadline,
        taken_at=_unchanged_since(inquiry, targets, now),
        questionnaire=as_answered(inquiry.questionnaire, (one.contents for one in submissions)),
        roster=known,
        targets=lines,
        submissions=submissions,
        numbers=numbers,
    )


def _unchanged_since(inquiry: Inquiry, targets: Sequence[Standing], now: datetime) -> datetime:
    """Return the last moment at which a reply changed or a deadline passed."""
    moments = [inquiry.opened_at]
    moments += [target.changed_at for target in targets if target.changed_at is not None]
    moments += [target.term.end for target in targets if target.term.is_over(now)]
    return max(moments)
