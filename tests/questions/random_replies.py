"""Random replies to a questionnaire with every kind, and random expressions over them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from small_inquiry import SETTING, TEXT, choices, column, question, small

from questions.expressions.evaluate import Scope
from questions.expressions.parser import parse
from questions.kinds.base import Operand

ROWS = 4
TODAY = date.today()
ASKED = small(
    question("ONE", "one", "choices = 'fields'"),
    question("ALT", "one", "choices = 'fields'"),
    question("TWO", "one", "choices = 'others'"),
    question("YN", "yesno"),
    question("MANY", "several", "choices = 'fields'"),
    question("MORE", "several", "choices = 'others'"),
    question("N", "whole"),
    question("M", "whole"),
    question("R", "amount", "places = 1"),
    question("DAY", "day"),
    question("FROM", "month"),
    question("TO", "month"),
    question("LINE", "line"),
    question("PROSE", "prose"),
    question("TOWN", "municipality"),
    question("TOWNS", "municipalities"),
    question("FY", "years"),
    question("T", "table") + column("T1", "whole") + column("T2", "one", "choices = 'others'") + column("T3", "day"),
    before=choices("fields", "a", "A", "b", "1", "05") + choices("others", "b", "c", "1")
    + f"[constants.LIMIT]\nvalue = 3\nlabel = {TEXT}\n",
)  # fmt: skip
TEXTS: dict[str, list[str]] = {
    "ONE": ["a", "A", "b", "1", "05"],
    "ALT": ["a", "A", "b"],
    "TWO": ["b", "c", "1"],
    "YN": ["1", "0"],
    "N": ["0", "1", "2", "3", "-7", "1234567", "5"],
    "M": ["0", "1", "2", "10", "-3", "5"],
    "R": ["0.1", "0.2", "0.3", "1.5", "2", "-0.5", "99.9"],
    "DAY": ["2026-04-01", "2026-11-24", "1988-12-31", TODAY.isoformat()],
    "FROM": ["2026-04", "2027-04", "2027-12"],
    "TO": ["2026-04", "2027-04", "2028-01"],
    "LINE": ["主査", "主事", "abc", "ABC", " x", "𠮟る", '"', "=1"],
    "PROSE": ["主査", "abc", "一\n二", "a" * 300],
    "TOWN": ["三島町", "金山町", "檜枝岐村"],
    "T1": ["1", "2", "3", "1.0"],
    "T2": ["b", "c", "1"],
    "T3": ["2026-04-01", "2026-04-02"],
}
SOME: dict[str, list[str]] = {
    "MANY": ["a", "A", "b", "1", "05"],
    "MORE": ["b", "c", "1"],
    "TOWNS": ["三島町", "金山町", "福島市", "双葉町"],
    "FY": ["2", "3"],
}
# The questions with a cell that tells whether they are asked.
NOT_ASKED = frozenset({"ALT", "TWO", "MORE", "M", "TO", "TOWNS"})


@dataclass
class Typed(Scope):
    """One random reply: the values in the cells, and the operands that the server sees."""

    values: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    not_asked: set[str] = field(default_factory=set)

    def operand(self, name: str) -> Operand:
        if name in ASKED.constants:
            return parse(str(ASKED.constants[name].value)).root.value  # type: ignore[union-attr,return-value]
        found = None if name in self.not_asked else self.values.get(name)
        return None if found is None else ASKED.questions[name].kind.operand(found)

    def itself(self) -> Operand:
        return self.operand("N")

    def column(self, name: str) -> Sequence[Operand]:
        if name == "T":
            return (True,) * len(self.rows)
        found = [row.get(name) for row in self.rows]
        return tuple(None if one is None else ASKED.questions[name].kind.operand(one) for one in found)

    def today(self) -> date:
        return TODAY

    def is_small(self, code: str, inhabitants: int) -> bool:
        return SETTING.roster[code].is_small(inhabitants)


class Chance:
    """Draws replies and expressions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.one = self.random.choice

    def reply(self) -> Typed:
        reply = Typed(not_asked={name for name in NOT_ASKED if self.random.random() < 0.2})
        for name in [*TEXTS, *SOME]:
            if name not in ASKED.table_of:
                reply.values[name] = self.value(name)
        for _ in range(self.random.randint(0, ROWS)):
            row = {name: self.value(name) for name in ("T1", "T2", "T3")}
            if any(value is not None for value in row.values()):
                reply.rows.append(row)
        return reply

    def value(self, name: str) -> Any:
        if self.random.random() < 0.3:
            return None
        kind = ASKED.questions[name].kind
        texts = (
            [self.one(TEXTS[name])]
            if name in TEXTS
            else self.random.sample(SOME[name], self.random.randint(1, len(SOME[name])))
        )
        if name == "FY":
            return tuple(sorted(int(text) for text in texts))
        parsed = kind.parse(texts, SETTING)
        assert parsed.value is not None, texts
        return parsed.value

    def truth(self, depth: int) -> str:
        if depth and self.random.random() < 0.45:
            inner = [self.truth(depth - 1) for _ in range(3)]
            return self.one(
                [
                    f"({inner[0]} and {inner[1]})",
                    f"({inner[0]} or {inner[1]} or {inner[2]})",
                    f"not({inner[0]})",
                    f"if({inner[0]}, {inner[1]}, {inner[2]})",
                    f"({inner[0]}) {self.one(['=', '!='])} {self.one(['true()', 'false()', f'({inner[1]})'])}",
                ]
            )
        return self.one(
            [self.of_choices, self.of_choices, self.of_numbers, self.of_numbers, self.of_days, self.of_texts, self.odd]
        )(depth)

    def of_choices(self, _: int) -> str:
        sign, code = self.one(["=", "!=", "<", ">="]), self.one(["a", "A", "b", "c", "1", "05", "", "None"])
        return self.one(
            [
                f"${{ONE}} {self.one(['=', '!='])} '{code}'",
                f"${{TWO}} {sign} '{code}'",
                f"'{code}' {sign} ${{ONE}}",
                f"${{ONE}} {sign} {self.one(['1', '5', '7'])}",
                f"${{ONE}} {self.one(['=', '!='])} ${{TWO}}",
                f"selected(${{MANY}}, '{code}')",
                f"selected(${{MORE}}, '{code}')",
                f"selected(${{MANY}}, {self.one(['1', '5'])})",
                f"selected(${{MANY}}, ${{{self.one(['ONE', 'TWO', 'LINE'])}}})",
                f"selected(${{ONE}}, '{code}')",
                "selected(${ONE}, ${TWO})",
                f"${{MANY}} {self.one(['=', '!='])} '{code}'",
                f"${{YN}} = '{self.one(['1', '0'])}'",
                "selected(${TOWNS}, ${TOWN})",
                "selected(${FY}, ${N})",
                f"${{ONE}} {self.one(['=', '!='])} ${{ALT}}",
                f"coalesce(${{ONE}}, ${{ALT}}) {self.one(['=', '!='])} '{code}'",
                f"if(${{YN}} = '1', ${{ONE}}, ${{ALT}}) {self.one(['=', '!='])} '{code}'",
                f"coalesce(${{ONE}}, ${{TWO}}) {self.one(['=', '!='])} '{code}'",
                "coalesce(${ONE}, 'b') = ${TWO}",
                f"if(${{YN}}, ${{ONE}}, '{code}') = ${{ONE}}",
            ]
        )

    def of_numbers(self, depth: int) -> str:
        sign = self.one(["=", "!=", "<", "<=", ">", ">="])
        if self.random.random() < 0.1:
            divided = f"{self.one(['${N}', '-7', '-${M}'])} mod {self.one(['2', '${M}', '3'])}"
            return f"{divided} {sign} {self.one(['-1', '0', '1'])}"
        other = self.one([self.number(depth), self.number(depth), f"'{self.one(['1', '2.0', '0.5', '-3', 'x'])}'"])
        return f"{self.number(depth)} {sign} {other}"

    def number(self, depth: int) -> str:
        if depth and self.random.random() < 0.5:
            left, right = self.number(depth - 1), self.number(depth - 1)
            return self.one(
                [
                    f"({left} {self.one(['+', '-', '*', 'div'])} {right})",
                    f"({left} {self.one(['+', '-'])} {right})",
                    f"coalesce({left}, {right})",
                    f"if({self.truth(0)}, {left}, {right})",
                    f"({self.whole()} mod {self.whole()})",
                    f"-{left}",
                ]
            )
        return self.one(["${R}", "0.3", "1.5", self.whole(), self.whole(), "sum(${T1})", "count-distinct(${T1})"])

    def whole(self) -> str:
        counts = [
            "count-selected(${MANY})",
            "count-selected(${MORE})",
            "count-selected(${ONE})",
            "count-selected(${FY})",
        ]
        counts += ["count(${T})", "count-distinct(${T2})", "count-distinct(${T3})", "string-length(${LINE})"]
        counts += ["count-small(${TOWNS}, 1500)", "count-selected(${TOWNS})", "count(${T2})"]
        return self.one(["${N}", "${M}", ".", "${LIMIT}", "0", "1", "2", "3", "10", *counts])

    def of_days(self, _: int) -> str:
        sign = self.one(["=", "!=", "<", "<=", ">", ">="])
        months = ["${FROM}", "${TO}", "'2027-04'", "'2026-12'"]
        days = ["${DAY}", "today()", "'2026-04-01'", "'2026-11-24'"]
        pair = self.one([months, days, days, [*months[:2], *days[:2]]])
        return f"{self.one(pair)} {sign} {self.one(pair)}"

    def of_texts(self, _: int) -> str:
        text = self.one(["主査", "abc", "ABC", " x", "𠮟る", "", '"'])
        quoted = f"'{text}'"
        return self.one(
            [
                f"${{LINE}} {self.one(['=', '!='])} {quoted}",
                f"{quoted} {self.one(['=', '!='])} ${{PROSE}}",
                f"${{LINE}} {self.one(['=', '!='])} ${{PROSE}}",
                f"selected(${{LINE}}, {quoted})",
                f"coalesce(${{LINE}}, ${{PROSE}}) = {quoted}",
                f"string-length(${{LINE}}) {self.one(['=', '>'])} {self.one(['2', '3'])}",
                f"string-length(${{PROSE}}) {self.one(['=', '>'])} {self.one(['3', '300'])}",
            ]
        )

    def odd(self, _: int) -> str:
        names = [name for name in ASKED.questions if name not in ASKED.table_of]
        return self.one(
            [
                f"${{{self.one(names)}}}",
                f"not(${{{self.one(names)}}})",
                f"${{N}} {self.one(['=', '!=', '<'])} ${{DAY}}",
                f"${{MANY}} {self.one(['=', '!='])} ${{N}}",
                "${LINE} + 1 = 1",
                "'x' + 1 != 1",
                "''",
                "'x'",
                "0",
            ]
        )
