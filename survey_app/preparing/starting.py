"""What a new draft begins with: from a questionnaire, or from an earlier inquiry with all that it said."""

from collections.abc import Collection

from questions.model import Questionnaire
from survey_app.preparing.contacts import contact_fields
from survey_app.preparing.fields import DEFAULTS, FIELDS, NOT_COPIED
from survey_app.preparing.naming import proposed_name
from survey_app.store.drafts import Draft
from survey_app.store.inquiries import Inquiry

ISSUER = "福島県 総務部 市町村行政課"


def first_texts(questionnaire: Questionnaire, issuer: str, taken: Collection[str]) -> dict[str, str]:
    """Return the texts of a new draft; ``issuer`` is that of the last inquiry, if there is one."""
    name = proposed_name(questionnaire.name, taken)
    return {**DEFAULTS, "title": questionnaire.title.ja, "name": name, "issuer": issuer or ISSUER}


def copied_texts(
    inquiry: Inquiry, targets: Collection[str], draft: Draft | None, taken: Collection[str]
) -> dict[str, str]:
    """Return the texts of a draft that repeats an inquiry; ``draft`` is the one that it was opened from."""
    texts = {
        **DEFAULTS,
        **({} if draft is None else {name: text for name, text in draft.texts.items() if name in FIELDS}),
        "title": inquiry.title,
        "issuer": inquiry.issuer,
        "purpose": inquiry.purpose,
        "legal_ground": inquiry.legal_ground,
        "use_of_results": inquiry.use_of_results,
        **contact_fields(inquiry.inquiries_to),
        "targets": " ".join(targets),
    }
    kept = {name: text for name, text in texts.items() if name not in NOT_COPIED}
    return {**kept, "name": proposed_name(inquiry.questionnaire.name, taken)}
