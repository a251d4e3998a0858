"""Compares the replies of all municipalities by the questionnaire's rules; for the division."""

from sqlite_utils import Database

from questions.across import Filed, Finding, findings
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.submissions import last_submissions


def breaches(database: Database, inquiry: Inquiry) -> tuple[Finding, ...]:
    """Return what the rules over all replies find among the last submissions; nothing without such rules."""
    rules = inquiry.questionnaire.across
    if not rules:
        return ()
    others = {rule.other: _filed_to(database, rule.other) for rule in rules if rule.other is not None}
    return findings(rules, _filed(database, inquiry), others)


def _filed(database: Database, inquiry: Inquiry) -> list[Filed]:
    return [(handed.municipality, handed.contents) for handed in last_submissions(database, inquiry)]


def _filed_to(database: Database, name: str) -> list[Filed]:
    try:
        return _filed(database, find_inquiry(database, name))
    except LookupError:
        return []
