"""The tables, made and moved by named steps. Every table is STRICT; what must never change is guarded by triggers.

Times are text in Asia/Tokyo with their offset (2026-11-23T09:00:00+09:00), so that they sort as they stand.
"""

from survey_app.schema import first, together  # isort: skip
from survey_app.schema import attachments, people, preparing, chasing  # isort: skip
from survey_app.schema import coordinating  # isort: skip
from survey_app.schema import extensions  # isort: skip
from survey_app.schema import entering  # isort: skip
from survey_app.schema import consulting  # isort: skip
from survey_app.schema import changing  # isort: skip
from survey_app.schema import viewing  # isort: skip
from survey_app.schema import promising  # isort: skip
from survey_app.schema.steps import migrations

__all__ = [
    "attachments",
    "changing",
    "chasing",
    "consulting",
    "coordinating",
    "entering",
    "extensions",
    "first",
    "migrations",
    "people",
    "preparing",
    "promising",
    "together",
    "viewing",
]
