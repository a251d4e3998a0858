"""The language of expressions: what binds how, where a fault is, and what holds over answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.eras import Month
from questions.expressions.evaluate import Scope, holds, value
from questions.expressions.nodes import (
    CHOOSING,
    COUNTING,
    Arithmetic,
    Call,
    Comparison,
    Itself,
    Logic,
    Node,
    Number,
    Reference,
    Text,
)
from questions.expressions.parser import BadExpression, parse
from questions.kinds.base import Operand

A, B, C = Reference("A"), Reference("B"), Reference("C")
ONE, TWO = Number(Decimal(1)), Number(Decimal(2))


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("${A} = '1'", Comparison("=", A, Text("1"))),
        ('${ A } != "いち"', Comparison("!=", A, Text("いち"))),
        (". <= ${B}", Comparison("<=", Itself(), B)),
        ("${A} or ${B} and ${C}", Logic("or", (A, Logic("and", (B, C))))),
        ("(${A} or ${B}) and ${C}", Logic("and", (Logic("or", (A, B)), C))),
        ("${A} and ${B} and ${C}", Logic("and", (A, B, C))),
        ("${A} = 1 and ${B} > 2", Logic("and", (Comparison("=", A, ONE), Comparison(">", B, TWO)))),
        ("${A} + 1 * 2", Arithmetic("+", A, Arithmetic("*", ONE, TWO))),
        ("${A} - 1 - 2", Arithmetic("-", Arithmetic("-", A, ONE), TWO)),
        ("(${A} - 1) div 2 mod 2", Arithmetic("mod", Arithmetic("div", Arithmetic("-", A, ONE), TWO), TWO)),
        ("-1 < ${A}", Comparison("<", Arithmetic("-", Number(Decimal(0)), ONE), A)),
        ("${A} + 1 >= ${B}", Comparison(">=", Arithmetic("+", A, ONE), B)),
        ("not(selected(${A}, 'x'))", Call("not", (Call("selected", (A, Text("x"))),))),
        ("if(${A}, 1, 2.50)", Call("if", (A, ONE, Number(Decimal("2.50"))))),
        ("today()", Call("today", ())),
        ("count-selected(${A})", Call("count-selected", (A,))),
    ],
)
def test_what_binds_how(source: str, root: Node) -> None:
    assert parse(source).root == root
    assert parse(f"  {source}\n").root == root


@pytest.mark.parametrize(
    ("source", "place", "found"),
    [
        ("", 1, ""),
        ("${A} = ", 7, ""),
        ("${A} == 1", 7, "="),
        ("${A} = 1 2", 10, "2"),
        ("${A} and", 9, ""),
        ("or ${A}", 1, "or"),
        ("(${A} = 1", 10, ""),
        ("${A} = 1)", 9, ")"),
        ("${A} < 1 < 2", 10, "<"),
        ("${}", 1, "${}"),
        ("${A B} = 1", 1, "${A B}"),
        ("$A = 1", 1, "$A = 1"),
        ("${A} = 'x", 7, "'x"),
        ("${A} = １ & 2", 9, "& 2"),
        ("concat(${A}, 'x')", 1, "concat"),
        ("1 + unknown", 5, "unknown"),
        ("not ${A}", 5, "${A}"),
        ("1 + not()", 5, "not"),
        ("selected(${A}) or ${B}", 1, "selected"),
        ("if(${A}, 1, 2, 3)", 1, "if"),
        ("today(1)", 1, "today"),
        ("not(${A} ${B})", 10, "${B}"),
        ("sum(${A} + 1)", 5, "${A}"),
        ("count('D')", 7, "'D'"),
        ("sum(.)", 5, "."),
    ],
)
def test_every_fault_has_its_place(source: str, place: int, found: str) -> None:
    with pytest.raises(BadExpression) as caught:
        parse(source)
    assert (caught.value.place, caught.value.found) == (place, found)
    assert caught.value.source == source
    assert caught.value.expected


@pytest.mark.parametrize("source", ["(" * 5000 + "1" + ")" * 5000, "-" * 5000 + "1", "not(" * 5000 + "1" + ")" * 5000])
def test_a_thousand_brackets_are_a_fault_not_a_crash(source: str) -> None:
    with pytest.raises(BadExpression, match="less nesting"):
        parse(source)


def test_brackets_side_by_side_are_no_nesting() -> None:
    assert len(parse(" and ".join(["(${A} = '1')"] * 100)).root.terms) == 100  # type: ignore[union-attr]


@settings(deadline=None)
@given(st.text(alphabet="${}AB '\"1.<>=!()+-*,andorot-", max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    place = 1
    try:
        parse(source)
    except BadExpression as fault:
        place = fault.place
    assert 1 <= place <= len(source) + 1


def test_what_an_expression_looks_at() -> None:
    rule = parse("${A} <= ${B} + coalesce(${C}, 0) and selected(${D}, ${A}) and sum(${E}) > 0")
    assert rule.references() == ("A", "B", "C", "D", "E")
    assert rule.needed(COUNTING) == ("A", "B", "D")
    assert rule.needed(COUNTING | CHOOSING) == ("A", "B")


@dataclass
class Answered(Scope):
    """Answers as an expression sees them; what is not there is unanswered."""

    operands: dict[str, Operand] = field(default_factory=dict)
    columns: dict[str, Sequence[Operand]] = field(default_factory=dict)

    def operand(self, name: str) -> Operand:
        return self.operands.get(name)

    def itself(self) -> Operand:
        return self.operands.get(".")

    def column(self, name: str) -> Sequence[Operand]:
        return self.columns[name]

    def today(self) -> date:
        return date(2026, 11, 24)

    def is_small(self, code: str, inhabitants: int) -> bool:
        return {"mishima": 1452, "fukushima": 282693}[code] < inhabitants


ANSWERS = Answered(
    {
        "one": "1",
        "code": "TAX",
        "many": ("HR", "TAX"),
        "alone": ("TAX",),
        "years": ("2024", "2025"),
        "n": Decimal(5),
        "rate": Decimal("95.5"),
        "zero": Decimal(0),
        "day": date(2026, 11, 24),
        "month": Month(2027, 4),
        "line": "主査",
        "towns": ("mishima", "fukushima"),
        ".": Decimal(3),
    },
    {"amounts": (Decimal(10), None, Decimal("0.5")), "kinds": ("a", "b", None, "a"), "rows": (True, True)},
)


@pytest.mark.parametrize(
    "source",
    [
        "${one} = '1'",
        "${one} = 1",
        "'1' = ${one}",
        "${one} != '0'",
        "${n} = '5'",
        "${n} = '5.0'",
        "${n} != 'x'",
        "${n} > 4 and ${n} < 6",
        ". < ${n}",
        "${line} = '主査'",
        "${line} != '主事'",
        "${day} = today()",
        "${day} <= '2026-11-24'",
        "${month} >= '2027-04' and ${month} < '2027-05'",
        "${alone} = 'TAX'",
        "${many} != 'TAX'",
        "selected(${many}, 'TAX')",
        "selected(${many}, ${code})",
        "selected(${code}, 'TAX')",
        "selected(${years}, 2024)",
        "not(selected(${many}, 'LAW'))",
        "count-selected(${many}) = 2",
        "count-selected(${missing}) = 0",
        "count-selected(${code}) = 1",
        "coalesce(${missing}, 7) = 7 and coalesce(${n}, 7) = 5",
        "if(${one} = '1', 'a', 'b') = 'a'",
        "if(${missing}, 1, 2) = 2",
        "string-length(${line}) = 2 and string-length(${missing}) = 0",
        "sum(${amounts}) = 10.5",
        "count(${rows}) = 2 and count(${amounts}) = 3",
        "count-distinct(${kinds}) = 2",
        "count-small(${towns}, 10000) = 1 and count-small(${towns}, 1452) = 0",
        "count-small(${missing}, 10000) = 0",
        "7 mod 3 = 1 and (0 - 7) mod 3 = -1 and 7.5 mod 2 = 1.5",
        "1 div 3 * 3 = 1",
        "0.1 + 0.2 = 0.3",
        "${rate} - 95 = 0.5",
        "not(${missing})",
        "not(${zero}) and ${n}",
        "true() and not(false())",
        "selected(${many}, 'TAX') = true()",
    ],
)
def test_what_holds(source: str) -> None:
    assert holds(parse(source), ANSWERS)


@pytest.mark.parametrize(
    "source",
    [
        "${missing} = '1'",
        "${missing} != '1'",
        "${missing} < 1",
        "${missing} >= 1",
        "${missing} = ${missing}",
        "1 != ${missing}",
        "${missing} + 1 > 0",
        "${missing} = ''",
        "selected(${missing}, 'TAX')",
        "selected(${many}, ${missing})",
        "${one} = '１'",
        "${line} = '主査 '",
        "${code} = 'tax'",
        "${many} = 'TAX'",
        "${n} = 'x'",
        "${n} < 'x'",
        "${n} = ${line}",
        "${line} + 1 = 1",
        "${n} div ${zero} > 0",
        "${n} mod 0 = 0",
        "0 div 0 = 0",
        "${month} >= today()",
        "${zero}",
        "''",
    ],
)
def test_what_does_not_hold(source: str) -> None:
    assert not holds(parse(source), ANSWERS)


def test_an_unanswered_wanted_code_is_not_the_code_none() -> None:
    assert not holds(parse("selected(${many}, ${missing})"), Answered({"many": ("None", "a")}))


def test_what_no_number_can_hold_is_unanswered() -> None:
    huge = " * ".join(["999999999999999"] * 4)
    assert value(parse(f"({huge}) mod 0.000001").root, ANSWERS) is None
    assert not holds(parse(f"({huge}) mod 0.000001 >= 0"), ANSWERS)
