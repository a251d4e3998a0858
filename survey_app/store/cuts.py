"""Takes a cut of an inquiry: what the exports are handed."""

from datetime import datetime

from sqlite_utils import Database

from exports.cut import Cut, Submission, TargetLine
from survey_app.store.database import reading
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.submissions import last_submissions


def take_cut(database: Database, inquiry: Inquiry, at: datetime) -> Cut:
    """Return the inquiry as it stands, from one view of the database. Only submissions count, never drafts."""
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
    lines = tuple(
        TargetLine(
            municipality=target.municipality,
            state=target.state,
            deadline=target.term.end,
            extended=target.term.extension is not None,
            nil=target.nil,
        )
        for target in targets
    )
    return Cut(
        inquiry=inquiry.name,
        title=inquiry.title,
        issuer=inquiry.issuer,
        opened_at=inquiry.opened_at,
        deadline=inquiry.deadline,
        taken_at=at,
        questionnaire=inquiry.questionnaire,
        roster=known,
        targets=lines,
        submissions=submissions,
    )
