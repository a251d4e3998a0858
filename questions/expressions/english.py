"""Says the parts of an expression in English."""

from collections.abc import Sequence
from decimal import Decimal

from questions.expressions.clauses import Clause, Statement
from questions.expressions.japanese import GROUPED_FROM
from questions.kinds.base import OperandForm
from questions.labels import Label
from questions.numerals import show_number

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "div": " ÷ "}
_NUMBERS = {">=": "{} or more", "<=": "{} or less", ">": "more than {}", "<": "less than {}"}
_TIMES = {">=": "{} or later", "<=": "{} or earlier", ">": "later than {}", "<": "earlier than {}"}
_TEXTS = {sign: f"in alphabetical order {phrase}" for sign, phrase in _TIMES.items()}
_COUNTED = {
    "count-selected": "the number of choices in {text}",
    "string-length": "the number of characters in {text}",
    "sum": "the total of {text}",
    "count": "the number of rows in {text}",
    "count-distinct": "the number of different answers in {text}",
    "count-small": "the number of towns and villages in {text} with fewer than {limit} inhabitants",
    "today": "today",
}


def _stated(subject: str, verb: tuple[str, str], rest: str) -> Statement:
    """A clause from its subject, its verb ("is", "be") and the rest."""
    now, base = verb
    who = subject or "the answer"
    must = f"{subject} must" if subject else "must"
    refused = f"{who} {'is not' if base == 'be' else f'does not {base}'} {rest}"
    said = Clause(f"{who} {now} {rest}", f"{who} {now} {rest}", f"{must} {base} {rest}", f"{who} {now} {rest}")
    return Statement(said, Clause(refused, refused, f"{must} not {base} {rest}", refused))


def _is(subject: str, rest: str) -> Statement:
    return _stated(subject, ("is", "be"), rest)


class English:
    """The English grammar."""

    def quoted(self, text: str) -> str:
        """“We have requests”."""
        return f"“{text}”"

    def number(self, number: Decimal, unit: Label | None) -> str:
        """100,000 yen, 2026."""
        shown = show_number(number) if abs(number) >= GROUPED_FROM else f"{number:f}"
        return shown if unit is None else f"{shown}{'' if unit.en == '%' else ' '}{unit.en}"

    def named(self, label: Label, number: Decimal) -> str:
        """“Flat amount of the grant (yen)” (1,300,000)."""
        return f"“{label.en}” ({self.number(number, None)})"

    def reckoned(self, sign: str, left: str, right: str) -> str:
        """T1 + T3."""
        return f"the remainder of {left} ÷ {right}" if sign == "mod" else f"{left}{_SIGNS[sign]}{right}"

    def bracketed(self, text: str) -> str:
        """(T1 + T3)."""
        return f"({text})"

    def counted(self, function: str, text: str, limit: str) -> str:
        """The number of choices in G3."""
        return _COUNTED[function].format(text=text, limit=limit)

    def unless_answered(self, text: str, otherwise: str) -> str:
        """T3 (0 when unanswered)."""
        return f"{text} ({otherwise} when unanswered)"

    def either(self, condition: Clause, then: str, otherwise: str) -> str:
        """0 when G6 includes G5, otherwise 1."""
        return f"{then} when {condition.when}, otherwise {otherwise}"

    def compared(self, sign: str, subject: str, other: str, form: OperandForm) -> Statement:
        """T2 is T1 or less."""
        if sign == "!=":
            return self.compared("=", subject, other, form).contrary()
        if sign == "=":
            return _is(subject, f"equal to {other}" if form == "number" else f"the same as {other}")
        phrases = {"day": _TIMES, "month": _TIMES, "text": _TEXTS}.get(form, _NUMBERS)
        return _is(subject, phrases[sign].format(other))

    def is_one_of(self, subject: str, texts: Sequence[str]) -> Statement:
        """H3 is one of “Expand”, “Start anew”."""
        return _is(subject, f"one of {', '.join(texts)}" if len(texts) > 1 else texts[0])

    def is_only(self, subject: str, text: str) -> Statement:
        """B4 is only “Collection of tax arrears”."""
        return _is(subject, f"only {text}")

    def is_other_than(self, subject: str, text: str) -> Statement:
        """B1 is something other than “We have requests”."""
        return _is(subject, f"something other than {text}")

    def chooses(self, many: str, texts: Sequence[str]) -> Statement:
        """“Collection of tax arrears” is chosen in B4."""
        one = f"one of {', '.join(texts)}" if len(texts) > 1 else texts[0]
        return _is(one, f"chosen in {many}") if many else self.includes(many, one)

    def includes(self, many: str, one: str) -> Statement:
        """G6 includes G5."""
        return _stated(many, ("includes", "include"), one or "this answer")

    def is_among(self, one: str, many: str) -> Statement:
        """K15 is one of those chosen in K3."""
        return _is(one, f"one of those chosen in {many}")

    def answered(self, subject: str) -> Statement:
        """B1 is answered."""
        return _is(subject or "this question", "answered")

    def always(self) -> Statement:
        """What holds in any case."""
        return Statement(Clause("always", "always", "always", "always"), Clause("never", "never", "never", "never"))

    def all_of(self, statements: Sequence[Statement]) -> Statement:
        """A and B."""
        return self._joined(" and ", statements)

    def any_of(self, statements: Sequence[Statement]) -> Statement:
        """A or B."""
        return self._joined(" or ", statements)

    def _joined(self, word: str, statements: Sequence[Statement]) -> Statement:
        plain = word.join(one.said.plain for one in statements)
        return Statement(Clause(plain, plain, f"it must hold that {plain}", plain), self._refused(plain))

    def said(self, clause: Clause) -> Statement:
        """(A and B)."""
        plain = f"({clause.plain})"
        return Statement(Clause(plain, plain, f"it must hold that {plain}", plain), self._refused(clause.plain))

    def _refused(self, plain: str) -> Clause:
        refused = f"it is not the case that ({plain})"
        return Clause(refused, refused, f"it must not be the case that ({plain})", refused)
