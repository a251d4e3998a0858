"""The fields of a draft, by the step on whose page they stand. Their words are in ``survey_app.wording_preparing``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftField:
    """One field. ``longest``: characters it may hold; ``lines``: 1 is a single line, more the height of its control."""

    name: str
    longest: int
    required: bool = False
    lines: int = 1


ABOUT, TARGETS, TERM, LETTER = "about", "targets", "term", "letter"
STEPS: dict[str, tuple[DraftField, ...]] = {
    ABOUT: (
        DraftField("title", 200, required=True),
        DraftField("name", 64, required=True),
        DraftField("issuer", 100, required=True),
        DraftField("purpose", 2_000, required=True, lines=4),
        DraftField("legal_ground", 500, lines=2),
        DraftField("use_of_results", 1_000, lines=3),
        DraftField("contact_section", 100, required=True),
        DraftField("contact_person", 100),
        DraftField("contact_telephone", 100, required=True),
        DraftField("contact_mail", 200),
    ),
    TARGETS: (DraftField("targets", 20_000, required=True),),
    TERM: (
        DraftField("deadline_day", 40, required=True),
        DraftField("deadline_time", 20, required=True),
        DraftField("retain_years", 3, required=True),
    ),
    LETTER: (
        DraftField("letter_number", 60),
        DraftField("letter_day", 40),
        DraftField("letter_addressee", 200),
        DraftField("letter_sender", 200),
        DraftField("letter_body", 20_000, lines=24),
    ),
}
STEP_OF = {field.name: step for step, fields in STEPS.items() for field in fields}
FIELDS = {field.name: field for fields in STEPS.values() for field in fields}

DEFAULTS = {
    "deadline_time": "17:15",
    "retain_years": "5",
    "letter_addressee": "各市町村長　様",
}
NOT_COPIED = ("name", "deadline_day", "letter_number", "letter_day")
"""What belongs to one inquiry alone, and is left out of a copy."""
