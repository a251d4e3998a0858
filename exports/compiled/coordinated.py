"""What is settled about the needs: columns of 要望一覧, and how many of them are not dealt with as needs."""

from collections.abc import Callable

from exports.addresses import Area
from exports.compiled.compilation import Compilation
from exports.compiled.counting import Condition, count
from exports.compiled.readable import ReadableColumn, of_prose, of_texts
from exports.coordination import Coordinated, Coordination
from exports.moments import show_moment
from exports.sheets import Cell, Formula
from questions.model import Table

ASIDE = "要望として扱わない"
_HEADING = "扱い"


def coordinated_columns(book: Compilation, table: Table) -> list[ReadableColumn]:
    """Return the columns that say what is settled about each need; none where nothing is handed over."""
    coordination = book.coordination
    if coordination is None or table is not book.needs:
        return []
    heads = book.tables[table.name].records.heads
    found = [coordination.needs.get(key, Coordinated()) for key in zip(heads["_code"], heads["_row"], strict=True)]

    def cells(said: Callable[[Coordinated], str]) -> list[Cell]:
        return [said(one) or None for one in found]

    return [
        of_texts("担当課\n（主・関係）", cells(_divisions), 116),
        of_texts("対応区分", cells(lambda one: one.disposition), 76),
        of_prose("対応内容", cells(lambda one: one.text)),
        of_texts("まとめ\n（名寄せ）", cells(lambda one: one.together), 110),
        of_texts(_HEADING, cells(lambda one: ASIDE if one.aside else ""), 62),
    ]


def _divisions(one: Coordinated) -> str:
    return "\n".join((one.lead and f"（主）{one.lead}", *(f"（関係）{name}" for name in one.supports))).strip()


def place_aside(book: Compilation, area: Area, columns: list[ReadableColumn]) -> None:
    """Note where the column stands that marks what is no need; ``area`` holds the lines of the list."""
    for column, one in enumerate(columns):
        if one.heading == _HEADING and book.coordination is not None:
            book.places.put(Area(area.sheet, area.first_row, column, area.last_row, column), "aside")


def aside_count(book: Compilation) -> Formula | None:
    """Return how many needs are not dealt with as such; None where nothing is handed over about them."""
    if book.coordination is None or book.needs is None:
        return None
    heads = book.tables[book.needs.name].records.heads
    known = book.coordination.needs
    found = sum(known.get(key, Coordinated()).aside for key in zip(heads["_code"], heads["_row"], strict=True))
    marked = Condition(book.places["aside",], f'"{ASIDE}"')
    return Formula(f"={count(marked)}", found)


def aside_sentence(book: Compilation) -> Formula | None:
    """Say how many of the needs that are counted are not dealt with as such."""
    counted = aside_count(book)
    if counted is None:
        return None
    text, many = counted.text.removeprefix("="), int(counted.value)
    none, some = f"「{ASIDE}」としたものはない。", (f"このうち「{ASIDE}」としたものは", "件である（件数に含む）。")
    said = none if not many else f"{some[0]}{many}{some[1]}"
    return Formula(f'=IF({text}=0,"{none}","{some[0]}"&{text}&"{some[1]}")', said)


def told(coordination: Coordination) -> str:
    """Say of which moment it is."""
    return f"{coordination.basis}（提出された回答だけ）　{show_moment(coordination.at)}現在"
