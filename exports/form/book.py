"""Writes the form workbook of one municipality."""

from collections.abc import Iterator
from io import BytesIO

from exports.addresses import SheetNames
from exports.form.earlier_rows import earlier_rows
from exports.form.form import Form
from exports.form.guide_page import guide_page
from exports.form.list_pages import choices_page, issued_page, meta_page, roster_page
from exports.form.question_rows import question_rows
from exports.form.table_rows import table_rows
from exports.sheets import Sheet
from exports.workbook import Properties, write_workbook


def form_bytes(form: Form) -> bytes:
    """Return the workbook: the same form gives the same bytes. Raises ``exports.workbook.CellRefused``."""
    issue = form.layout.issue
    about = Properties(f"{form.title}　回答票", form.issuer, issue.inquiry, issue.made_at or form.deadline)
    file = BytesIO()
    write_workbook(file, about, _sheets(form))
    return file.getvalue()


def _sheets(form: Form) -> Iterator[Sheet]:
    yield guide_page(form)
    yield question_rows(form)
    names = SheetNames()
    for plan in form.layout.tables.values():
        yield table_rows(form, plan)
        if form.earlier.rows.get(plan.table.name):
            yield earlier_rows(form, plan.table, names)
    if form.layout.needs_roster:
        yield roster_page(form)
    yield choices_page(form)
    yield issued_page(form)
    yield meta_page(form)
