"""Forms of somebody else, of another inquiry or of another version: each with whether it is compared or refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from filling import changed, opened, put
from handled import good
from openpyxl.workbook import Workbook
from town import OPENED, OTHER

from questions.reading import read_document
from survey_app.receiving.forms import form_book

Desk = Callable[..., Any]


def _pasted(desk: Desk) -> bytes:
    """Paste another town's sheet over one's own."""
    other = opened(good(desk(municipality=OTHER).form()))["回答"]

    def step(book: Workbook) -> None:
        for row in other.iter_rows():
            for one in row:
                book["回答"].cell(one.row, one.column).value = one.value

    return changed(desk().form(), step)


def _earlier(desk: Desk) -> bytes:
    """Fill in a form of the inquiry as it was asked before: another text, a question less."""
    reply = desk().reply()
    document = json.loads(reply.inquiry.questionnaire.document)
    section = document["sections"][0]
    section["questions"] = [one for one in section["questions"] if one["name"] != "A9"]
    before = replace(reply.inquiry, questionnaire=read_document(document))
    form = form_book(replace(reply, standing=replace(reply.standing, inquiry=before)), OPENED)
    return changed(form, put("A2", "総務課"))


def _large(desk: Desk) -> bytes:
    """Paste a picture of 21 million bytes."""
    book = good(desk().form())
    return book + Random(1).randbytes(21_000_000)


OTHERS: dict[str, tuple[Callable[[Desk], bytes], bool]] = {
    "another municipality": (lambda desk: good(desk(municipality=OTHER).form()), False),
    "another municipality, stripped": (
        lambda desk: changed(good(desk(municipality=OTHER).form()), lambda book: book.remove(book["_meta"])),
        False,
    ),
    "another municipality's sheet pasted": (_pasted, False),
    "another municipality's code typed": (lambda desk: changed(desk().form(), put("A1", "074454 金山町")), False),
    "another inquiry": (lambda desk: desk("cooperation_cases").form(), False),
    "an earlier version": (_earlier, True),
    "as it was handed out": (lambda desk: desk().form(), True),
    "larger than may be": (_large, False),
}
