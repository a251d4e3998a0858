"""The map of tiles for a page: what it can be coloured by, each tile's face, the legend."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from exports.results.colouring import CHOSEN, NEEDS, NONE, OTHERWISE, STATE, Colouring, colouring, colours
from exports.results.variables import BLANK, NIL, NOT_ASKED, Category, Results
from questions.numerals import show_number
from survey_app import wording, wording_results
from survey_app.charts.tiles import Face, TileMap, draw, step
from survey_app.rosters.tiles import tiles_for

FITS = 13
"""Half-width characters that fit into a tile's second line."""
KINDS = 8
"""Colours for choices; they begin anew after the last."""
_PLAIN = {NONE: "tile-none", NIL: "tile-nil", NOT_ASKED: "tile-not-asked", BLANK: "tile-blank"}
_PLAIN |= {CHOSEN: "tile-step-4", OTHERWISE: "tile-step-1"}


@dataclass(frozen=True)
class Mark:
    """One line of the legend: what a colour means, what stands in its tiles, and how many there are."""

    category: Category
    shade: str
    text: str
    count: int


@dataclass(frozen=True)
class Mapped:
    """The map. ``drawing`` None: there are no tiles for these municipalities."""

    colouring: Colouring
    title: str
    drawing: TileMap | None
    legend: tuple[Mark, ...]
    choices: tuple[tuple[str, str], ...]

    def mark(self, code: str) -> Mark:
        """Return the line of the legend for a category."""
        return next(one for one in self.legend if one.category.code == code)


def mapped(results: Results, asked: str) -> Mapped:
    """Return the map coloured by what is asked for, by the state of the replies when it is unknown."""
    choices = tuple(_choices(results))
    what = asked if asked in dict(choices) else STATE
    found = colouring(results, what)
    legend = tuple(_legend(found))
    layout = tiles_for(one.municipality for one in results.cut.targets)
    marks = {one.category.code: one for one in legend}
    faces = {
        code: Face(
            results.municipality(code).name,
            marks[category].text if number is None else _fitting(show_number(number)),
            marks[category].shade,
        )
        for code, (category, number) in found.of.items()
    }
    return Mapped(found, dict(choices)[what], None if layout is None else draw(layout, faces), legend, choices)


def _choices(results: Results) -> Iterator[tuple[str, str]]:
    """Yield what the map can be coloured by."""
    yield STATE, wording_results.name(STATE)
    if results.book.needs is not None:
        yield NEEDS, wording_results.name(NEEDS)
    for name in colours(results):
        question = results.questionnaire.questions[name]
        if not question.kind.many:
            yield name, wording_results.asked(question)
            continue
        for option in question.kind.options(results.records().setting):
            label = option.label.text(wording.language())
            yield (
                f"{name}.{option.code}",
                _("%(question)s：%(choice)s", question=wording_results.asked(question), choice=label),
            )


def _legend(found: Colouring) -> Iterator[Mark]:
    """Yield the categories: with their own words in the tiles where all fit, else with their numbers."""
    own = [one for one in found.categories if one.code not in _PLAIN]
    fit = all(_width(wording_results.category(one)) <= FITS for one in own)
    for place, one in enumerate(found.categories):
        text = wording_results.short(one) if fit or one.code in _PLAIN else str(place + 1)
        if one.code in _PLAIN:
            shade = _PLAIN[one.code]
        elif found.ordered:
            shade = f"tile-step-{step(place, len(own))}"
        else:
            shade = f"tile-state-{one.code}" if found.name == STATE else f"tile-kind-{place % KINDS + 1}"
        yield Mark(one, shade, text, found.count(one.code))


def _fitting(text: str) -> str:
    return text if _width(text) <= FITS else f"{text[: FITS - 2]}…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
