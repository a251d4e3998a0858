"""Says an expression to people: B1が「要望あり」のとき回答."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from questions.eras import Month, show_day, show_month
from questions.expressions.clauses import Clause, Grammar, Statement
from questions.expressions.english import English
from questions.expressions.japanese import Japanese
from questions.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Itself,
    Logic,
    Node,
    Number,
    Reference,
    Text,
)
from questions.kinds.base import OperandForm
from questions.labels import Label, Language
from questions.model import Question, Questionnaire, Section, Table
from questions.numerals import read_number
from questions.setting import Setting

_GRAMMARS: dict[Language, Grammar] = {"ja": Japanese(), "en": English()}
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NUMERIC = frozenset({"count-selected", "string-length", "sum", "count", "count-distinct", "count-small"})


def sentence(expression: Expression, questionnaire: Questionnaire, language: Language, at: str = "") -> str:
    """Return the condition: B1が「要望あり」. ``at`` is the question that the expression stands at (``.``)."""
    return _Speaker(questionnaire, language, at).statement(expression.root).said.plain


def when_asked(item: Section | Table | Question, questionnaire: Questionnaire, language: Language) -> str:
    """Return when something is asked: B1が「要望あり」のとき回答; "" when it always is."""
    if item.relevant is None:
        return ""
    when = _Speaker(questionnaire, language, item.name).statement(item.relevant.root).said.when
    return f"{when}回答" if language == "ja" else f"Answer when {when}"


def must_hold(expression: Expression, questionnaire: Questionnaire, language: Language, at: str = "") -> str:
    """Return what a constraint or check asks for: T1以下であること."""
    must = _Speaker(questionnaire, language, at).statement(expression.root).said.must
    return must[0].upper() + must[1:]


class _Speaker:
    """Walks through an expression and leaves the wording to the grammar."""

    def __init__(self, questionnaire: Questionnaire, language: Language, at: str) -> None:
        self.questionnaire, self.language, self.at = questionnaire, language, at
        self.words = _GRAMMARS[language]

    # ---- Conditions

    def statement(self, node: Node) -> Statement:
        """Say a condition."""
        match node:
            case Logic(joined, terms):
                return self.logic(joined, terms)
            case Comparison(sign, left, right):
                return self.comparison(sign, left, right)
            case Call("not", (term,)):
                return self.statement(term).contrary()
            case Call("true", ()):
                return self.words.always()
            case Call("false", ()):
                return self.words.always().contrary()
            case Call("selected", (many, one)):
                return self.selected(many, [one])
            case Call("if", (condition, then, otherwise)):
                branches = (self.statement(then).said, self.statement(otherwise).said)
                text = self.words.either(self.statement(condition).said, branches[0].plain, branches[1].plain)
                return self.words.said(Clause(text, text, text, text))
            case _ if self.form(node) == "number":
                return self.comparison("!=", node, Number(Decimal(0)))
            case _:
                return self.words.answered(self.subject(node))

    def logic(self, joined: str, terms: Sequence[Node]) -> Statement:
        """Join conditions; those of an "or" that ask the same question for different codes become one."""
        groups: dict[object, list[Node]] = {}
        for number, term in enumerate(terms):
            key = _asked_for(term) if joined == "or" else None
            groups.setdefault(key or number, []).append(term)
        said = [self.group(group) for group in groups.values()]
        if len(said) == 1:
            return said[0]
        return self.words.all_of(said) if joined == "and" else self.words.any_of(said)

    def group(self, terms: list[Node]) -> Statement:
        """Say one condition inside a Logic, or several that ask the same question for different codes."""
        match terms[0]:
            case Logic() as inner if len(inner.terms) > 1 and not self.is_one_group(inner):
                return self.words.said(self.statement(inner).said)
            case Comparison("=", Reference() as question, Text()) if len(terms) > 1:
                return self.words.is_one_of(self.value(question), [self.code(question, _code(term)) for term in terms])
            case Call("selected", (Reference() as many, _)) if len(terms) > 1:
                return self.selected(many, [Text(_code(term)) for term in terms])
        return self.statement(terms[0])

    def is_one_group(self, node: Logic) -> bool:
        """Will an "or" be said as one condition on one question?"""
        keys = {_asked_for(term) for term in node.terms}
        return node.joined == "or" and len(keys) == 1 and None not in keys

    def comparison(self, sign: str, left: Node, right: Node) -> Statement:
        """Say a comparison, the literal last."""
        if isinstance(left, Text | Number) and not isinstance(right, Text | Number):
            return self.comparison(_TURNED[sign], right, left)
        if isinstance(right, Call) and right.function in ("true", "false") and sign in ("=", "!="):
            statement = self.statement(left)
            return statement if (right.function == "true") == (sign == "=") else statement.contrary()
        form, subject = self.form(left), self.subject(left)
        if form == "text" and isinstance(right, Number):
            right = Text(f"{right.value:f}")
        if form == "number" and isinstance(right, Text):
            number = read_number(right.value)
            right = right if number is None else Number(number)
        if isinstance(right, Number) and sign in ("=", "!="):
            same = self.words.is_one_of(subject, [self.literal(right, left)])
            return same if sign == "=" else same.contrary()
        if isinstance(right, Text) and form in ("text", "codes"):
            return self.beside_code(sign, left, right.value)
        return self.words.compared(sign, subject, self.literal(right, left), form)

    def beside_code(self, sign: str, question: Node, code: str) -> Statement:
        """Say a comparison of a choice with a code, or of a text with a text."""
        subject, label = self.subject(question), self.code(question, code)
        if sign not in ("=", "!="):
            return self.words.compared(sign, subject, label, "text")
        if sign == "!=" and not code:
            return self.words.answered(subject)
        if self.form(question) == "codes":
            only = self.words.is_only(subject, label)
            return only if sign == "=" else only.contrary()
        return self.words.is_one_of(subject, [label]) if sign == "=" else self.words.is_other_than(subject, label)

    def selected(self, many: Node, wanted: Sequence[Node]) -> Statement:
        """Say that one of several codes is chosen."""
        several, texts = self.form(many) == "codes", [one for one in wanted if isinstance(one, Text)]
        if texts:
            codes = [self.code(many, text.value) for text in texts]
            say = self.words.chooses if several else self.words.is_one_of
            return say(self.subject(many), codes)
        one = wanted[0]
        if not several:
            return self.words.compared("=", self.subject(many), self.value(one), "text")
        if isinstance(one, Itself):
            return self.words.is_among(self.subject(one), self.value(many))
        return self.words.includes(self.subject(many), self.value(one))

    # ---- Things

    def subject(self, node: Node) -> str:
        """Say what a condition is about; "" for the answer itself."""
        return "" if isinstance(node, Itself) else self.value(node)

    def value(self, node: Node, unit: Label | None = None) -> str:
        """Say a thing that has a value."""
        match node:
            case Text(text):
                return self.words.quoted(text)
            case Number(number):
                return self.words.number(number, unit)
            case Reference(name) if name in self.questionnaire.constants:
                constant = self.questionnaire.constants[name]
                return self.words.named(constant.label, Decimal(constant.value))
            case Reference(name):
                return name
            case Itself():
                return self.at
            case Arithmetic("-", Number(zero), Number(number)) if not zero:
                return self.words.number(-number, unit)
            case Arithmetic(sign, left, right):
                return self.words.reckoned(sign, self.factor(sign, left, "*"), self.factor(sign, right, "+*"))
            case Call("if", (condition, then, otherwise)):
                said = self.statement(condition).said
                either = self.words.either(said, self.value(then, unit), self.value(otherwise, unit))
                return self.words.bracketed(either)
            case Call("coalesce", (first, second)):
                return self.words.unless_answered(self.value(first), self.value(second, unit))
            case Call(function, arguments) if function in _NUMERIC or function == "today":
                values = [self.value(argument) for argument in arguments] + ["", ""]
                return self.words.counted(function, values[0], values[1])
            case _:
                return self.words.quoted(self.statement(node).said.plain)

    def factor(self, sign: str, node: Node, bracketed_in: str) -> str:
        """Say one side of arithmetic, in brackets where it is to be read first."""
        text = self.value(node)
        inner = node.sign if isinstance(node, Arithmetic) else ""
        loose, tight = inner in ("+", "-"), sign in ("*", "div", "mod")
        needed = inner and (tight if "+" not in bracketed_in else tight or (loose and sign == "-"))
        return self.words.bracketed(text) if needed else text

    def literal(self, node: Node, beside: Node) -> str:
        """Say the other side of a comparison: a number with the unit of the question, a day as a day."""
        if isinstance(node, Text):
            form = self.form(beside)
            return _day(node.value, form, self.language) if form in ("day", "month") else node.value
        question = self.question(beside)
        return self.value(node, getattr(question.kind, "unit", None) if question else None)

    def code(self, node: Node, code: str) -> str:
        """Say the label of a code of a question, or a text as it stands."""
        question = self.question(node)
        options = question.kind.options(Setting()) if question else ()
        labels = (option.label.text(self.language) for option in options if option.code == code)
        return self.words.quoted(next(labels, code))

    def question(self, node: Node) -> Question | None:
        """Return the question that a node names."""
        name = node.name if isinstance(node, Reference) else self.at if isinstance(node, Itself) else ""
        return self.questionnaire.questions.get(name)

    def form(self, node: Node) -> OperandForm:
        """Tell what a node's value is."""
        match node:
            case Number() | Arithmetic():
                return "number"
            case Reference(name) if name in self.questionnaire.constants:
                return "number"
            case Call(function, _) if function in _NUMERIC:
                return "number"
            case Call("today", ()):
                return "day"
            case Call("coalesce", (first, _)) | Call("if", (_, first, _)):
                return self.form(first)
        question = self.question(node)
        return question.kind.operand_form if question else "text"


def _asked_for(term: Node) -> tuple[str, str] | None:
    """Return the question that a term asks for a code, and how; None when it does something else."""
    match term:
        case Comparison("=", Reference(name), Text(code)) if code:
            return "=", name
        case Call("selected", (Reference(name), Text())):
            return "selected", name
    return None


def _code(term: Node) -> str:
    match term:
        case Comparison(_, _, Text(code)) | Call(_, (_, Text(code))):
            return code
    return ""


def _day(text: str, form: str, language: Language) -> str:
    try:
        day = date.fromisoformat(text if form == "day" else f"{text}-01")
    except ValueError:
        return text
    if language == "en":
        return text
    return show_day(day) if form == "day" else show_month(Month(day.year, day.month))
