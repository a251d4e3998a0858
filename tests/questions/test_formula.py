"""Expressions written as formulas of a workbook."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from answer_sheet import Layout, RowCells
from random_replies import ASKED, NOT_ASKED, Chance
from small_inquiry import SETTING

from questions.expressions.cells import NotInWorkbook
from questions.expressions.formula import formula, satisfied
from questions.expressions.nodes import CHOOSING, COUNTING
from questions.expressions.parser import parse
from questions.expressions.pieces import quoted

FUNCTIONS = {"AND", "OR", "NOT", "IF", "IFERROR", "ISNUMBER", "EXACT", "TRIM", "SUBSTITUTE", "CHAR", "FIND", "LEN"}
FUNCTIONS |= {"ROUND", "TRUNC", "SUM", "SUMPRODUCT", "COUNT", "COUNTIF", "FREQUENCY", "TODAY", "DATE", "YEAR", "MONTH"}


@dataclass
class NamedCells(RowCells):
    """The cells by their defined names, as in the form workbook; answers of towns and years cannot be looked into."""

    def answer(self, name: str) -> str:
        return f"ans.{name}"

    def chosen(self, name: str, wanted: str) -> str:
        raise NotInWorkbook(name)

    def count_chosen(self, name: str) -> str:
        raise NotInWorkbook(name)

    def count_small(self, name: str, inhabitants: int) -> str:
        raise NotInWorkbook(name)


CELLS = NamedCells(Layout(ASKED, SETTING), 1, at="N")


def written(source: str, cells: RowCells = CELLS) -> str:
    """The formula without the IFERROR around it."""
    return formula(parse(source), cells).removeprefix("IFERROR(").removesuffix(",FALSE)")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${ONE} = 'a'", 'EXACT(ans.ONE,"あ-a")'),
        ("'a' = ${ONE}", 'EXACT(ans.ONE,"あ-a")'),
        ("${ONE} = 'a' or ${ONE} = 'b'", 'OR(EXACT(ans.ONE,"あ-a"),EXACT(ans.ONE,"あ-b"))'),
        ("${ONE} != 'a'", 'AND(TRIM(ans.ONE)<>"",NOT(EXACT(ans.ONE,"あ-a")))'),
        ("${ONE} = 1", 'EXACT(ans.ONE,"あ-1")'),
        ("${ONE} = 'gone'", "FALSE"),
        ("${YN} = '0'", 'EXACT(ans.YN,"いいえ")'),
        ("selected(${MANY}, 'A')", 'TRIM(ans.MANY.A)<>""'),
        ("not(selected(${MANY}, 'A'))", 'NOT(TRIM(ans.MANY.A)<>"")'),
        ("${N} >= 2", "IF(ISNUMBER(ans.N),ans.N>=2,FALSE)"),
        ("3 > ${N}", "IF(ISNUMBER(ans.N),ans.N<3,FALSE)"),
        ("3 < ${N}", "IF(ISNUMBER(ans.N),ans.N>3,FALSE)"),
        ("1 >= ${N}", "IF(ISNUMBER(ans.N),ans.N<=1,FALSE)"),
        ("1 <= ${N}", "IF(ISNUMBER(ans.N),ans.N>=1,FALSE)"),
        ("${N} mod 10 = 0", "IF(ISNUMBER(ans.N),ROUND((ans.N-10*TRUNC(ROUND(ans.N/10,12))),9)=0,FALSE)"),
        (". <= ${M}", "IF(AND(ISNUMBER(ans.N),ISNUMBER(ans.M)),ans.N<=ans.M,FALSE)"),
        (
            ". <= ${M} + coalesce(${R}, 0)",
            "IF(AND(ISNUMBER(ans.N),ISNUMBER(ans.M)),ans.N<=ROUND((ans.M+IF(ISNUMBER(ans.R),ans.R,0)),9),FALSE)",
        ),
        ("${DAY} <= today()", "IF(ISNUMBER(ans.DAY),ans.DAY<=TODAY(),FALSE)"),
        ("${DAY} < '2026-04-01'", "IF(ISNUMBER(ans.DAY),ans.DAY<DATE(2026,4,1),FALSE)"),
        ("${FROM} >= '2027-04'", "IF(ISNUMBER(ans.FROM),(YEAR(ans.FROM)*12+MONTH(ans.FROM))>=24328,FALSE)"),
        ("${N} <= ${LIMIT}", "IF(ISNUMBER(ans.N),ans.N<=3,FALSE)"),
        ("${ONE}", 'TRIM(ans.ONE)<>""'),
        ("true()", "TRUE"),
    ],
)
def test_how_an_expression_is_written(source: str, expected: str) -> None:
    assert written(source) == expected
    assert formula(parse(source), CELLS) == f"IFERROR({expected},FALSE)"


def test_a_question_that_is_not_always_asked_counts_while_it_is() -> None:
    cells = NamedCells(Layout(ASKED, SETTING), 1, asked_cells=frozenset({"ONE", "MANY", "N"}))
    assert written("${ONE} = 'a'", cells) == 'AND(ans.ONE?,EXACT(ans.ONE,"あ-a"))'
    assert written("selected(${MANY}, 'A')", cells) == 'AND(ans.MANY?,TRIM(ans.MANY.A)<>"")'
    assert written("${N} > 1", cells) == "IF(AND(ans.N?,ISNUMBER(ans.N)),ans.N>1,FALSE)"


def test_one_answer_or_another_counts_while_that_one_is_asked() -> None:
    cells = NamedCells(Layout(ASKED, SETTING), 1, asked_cells=frozenset({"ALT"}))
    given, other = 'TRIM(ans.ONE)<>""', 'AND(ans.ALT?,TRIM(ans.ALT)<>"")'
    assert written("coalesce(${ONE}, ${ALT}) = 'a'", cells) == (
        f'AND(IF({given},TRUE,{other}),EXACT(IF({given},ans.ONE,ans.ALT),"あ-a"))'
    )


def test_a_rule_is_kept_while_an_answer_is_missing_that_it_needs() -> None:
    limit = parse(". <= ${M} + coalesce(${R}, 0)")
    both = "AND(ISNUMBER(ans.M),ISNUMBER(ans.N))"
    found = satisfied(limit, CELLS, COUNTING)
    assert found.startswith(f"IFERROR(IF({both},")
    assert found.endswith(",TRUE),TRUE)")
    among = parse("selected(${MANY}, 'a')")
    assert satisfied(among, CELLS, COUNTING | CHOOSING) == 'IFERROR(TRIM(ans.MANY.a)<>"",TRUE)'
    assert "IF((0+" in satisfied(among, CELLS, COUNTING)


@pytest.mark.parametrize(
    "source",
    [
        "${LINE} < ${PROSE}",
        "${LINE} > 'a'",
        "${LINE} = 1",
        "${LINE} = ${N}",
        "${DAY} = '1899-12-31'",
        "${DAY} = 'yesterday'",
        "${FROM} = '2027-4'",
        "selected(${TOWNS}, ${TOWN})",
        "count-selected(${FY}) > 1",
        "count-small(${TOWNS}, 10000) >= 1",
        "count-small(${TOWNS}, ${N}) >= 1",
        "selected(${MANY}, ${N})",
        "${MANY} < 'a'",
        "${MANY} = ${MORE}",
        "if(${YN}, 1, 'x') = 1",
        "coalesce(${MANY}, 'a') = 'a'",
        "string-length(${ONE}) > 1",
        "count-distinct(${LINE}) > 1",
        f"${{LINE}} = '{'あ' * 256}'",
    ],
)
def test_what_no_cell_can_say_is_left_to_the_server(source: str) -> None:
    with pytest.raises(NotInWorkbook):
        formula(parse(source), CELLS)


def test_what_is_looked_into_only_where_it_must_be() -> None:
    assert written("${TOWNS}") == 'TRIM(ans.TOWNS)<>""'
    assert written("${FY} and ${N} = 1").startswith("AND(")


def test_choices_that_differ_in_case_alone_are_not_counted_by_countif() -> None:
    cells = RowCells(Layout(ASKED, SETTING), 1)
    assert "COUNTIF" in formula(parse("count-distinct(${T2}) > 1"), cells)
    with pytest.raises(NotInWorkbook):
        formula(parse("count-distinct(${T2}) > 1"), Alike(Layout(ASKED, SETTING), 1))


class Alike(RowCells):
    """Cells of which two labels differ in case alone."""

    def shown(self, name: str) -> Mapping[str, str]:
        return {"a": "あ-a", "A": "あ-A"}


def test_texts_are_quoted() -> None:
    assert quoted('「"」') == '"「""」"'
    assert quoted("𠮟" * 127) == f'"{"𠮟" * 127}"'
    with pytest.raises(NotInWorkbook):
        quoted("𠮟" * 128)  # a workbook counts each of them twice


def test_only_functions_that_excel_and_libreoffice_both_know() -> None:
    chance, cells = Chance(7), RowCells(Layout(ASKED, SETTING), 1, "N", NOT_ASKED)
    used: set[str] = set()
    for _ in range(300):
        try:
            text = formula(parse(chance.truth(2)), cells)
        except NotInWorkbook:
            continue
        used |= set(re.findall(r"([A-Z.]+)\(", re.sub(r'"[^"]*"', "", text)))
    assert used - FUNCTIONS == set()
    assert len(used) > 15
