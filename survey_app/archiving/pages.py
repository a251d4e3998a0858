"""The pages of an archive: plain files that any browser opens, with their own style beside them."""

from collections.abc import Sequence
from importlib import resources

from flask import render_template

from exports.cut import Cut
from questions.setting import Roster, Setting
from survey_app.showing import Reader
from survey_app.store.inquiries import Inquiry
from survey_app.store.submissions import Handed


def style() -> bytes:
    """Return the style of the pages."""
    return resources.files("survey_app").joinpath("templates/archive/style.css").read_bytes()


def submission_page(inquiry: Inquiry, handed: Handed, known: Roster) -> bytes:
    """Return one submission to read and to print."""
    setting = Setting(known, handed.municipality)
    sections = Reader(inquiry.questionnaire, handed.contents, setting, "ja").sections()
    town = known.name(handed.municipality)
    return _page("archive/submission.html", inquiry=inquiry, handed=handed, town=town, sections=sections)


def questionnaire_page(inquiry: Inquiry) -> bytes:
    """Return what was asked, to read and to print."""
    return _page("archive/questionnaire.html", inquiry=inquiry, setting=Setting())


def contents_page(
    inquiry: Inquiry, cut: Cut, files: Sequence[tuple[str, str, int]], folders: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return the first page: what the archive holds. ``files``: name, SHA-256 and size; ``folders``: name and what."""
    return _page("archive/contents.html", inquiry=inquiry, cut=cut, files=files, folders=folders)


def _page(template: str, **values: object) -> bytes:
    return render_template(template, language="ja", **values).encode()
