"""Says the parts of an expression in the Japanese of official papers (公用文)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from questions.expressions.clauses import Clause, Statement
from questions.kinds.base import OperandForm
from questions.labels import Label
from questions.numerals import show_number

_SIGNS = {"+": "＋", "-": "－", "*": "×", "div": "÷"}
_NOUNS = {">=": "以上", "<=": "以下", "<": "未満"}
_TIMES = {">=": "以降", "<=": "以前", "<": "より前", ">": "より後"}
_COUNTED = {
    "count-selected": "{text}の選択数",
    "string-length": "{text}の文字数",
    "sum": "{text}の合計",
    "count": "{text}の行数",
    "count-distinct": "{text}の異なる回答の数",
    "count-small": "{text}のうち人口{limit}人未満の町村の数",
    "today": "今日",
}
GROUPED_FROM = 10_000  # four digits, as years have them, bear no comma


def _ending(stem: str, ending: str, linking: str) -> Clause:
    """A clause that ends in a verb or an adjective: 含+む, 含+み; で+ない, で+なく."""
    text = stem + ending
    return Clause(text, f"{text}とき", f"{text}こと", stem + linking)


def _noun(text: str) -> Statement:
    """A clause that ends in a noun, without its である."""
    said = Clause(text, f"{text}のとき", f"{text}であること", f"{text}であり")
    return Statement(said, _ending(f"{text}で", "ない", "なく"))


class Japanese:
    """The Japanese grammar."""

    def quoted(self, text: str) -> str:
        """「要望あり」."""
        return f"「{text}」"

    def number(self, number: Decimal, unit: Label | None) -> str:
        """100,000円, 2026."""
        shown = show_number(number) if abs(number) >= GROUPED_FROM else f"{number:f}"
        return shown + (unit.ja if unit else "")

    def named(self, label: Label, number: Decimal) -> str:
        """「交付金の定額（円）」（1,300,000）."""
        return f"「{label.ja}」（{self.number(number, None)}）"

    def reckoned(self, sign: str, left: str, right: str) -> str:
        """T1＋T3."""
        return f"{left}を{right}で割った余り" if sign == "mod" else f"{left}{_SIGNS[sign]}{right}"

    def bracketed(self, text: str) -> str:
        """（T1＋T3）."""
        return f"（{text}）"

    def counted(self, function: str, text: str, limit: str) -> str:
        """G3の選択数."""
        return _COUNTED[function].format(text=text, limit=limit)

    def unless_answered(self, text: str, otherwise: str) -> str:
        """T3（未回答のときは0）."""
        return f"{text}（未回答のときは{otherwise}）"

    def either(self, condition: Clause, then: str, otherwise: str) -> str:
        """G6がG5を含むときは0、それ以外のときは1."""
        return f"{condition.when}は{then}、それ以外のときは{otherwise}"

    def compared(self, sign: str, subject: str, other: str, form: OperandForm) -> Statement:
        """T2がT1以下."""
        if sign == "!=":
            return self.compared("=", subject, other, form).contrary()
        stem = _subject(subject) + other
        if sign == "=":
            if form == "number":
                return Statement(_ending(f"{stem}と等し", "い", "く"), _ending(f"{stem}と等しく", "ない", "なく"))
            same = _noun(f"{stem}と同じ")
            return Statement(replace(same.said, when=f"{stem}と同じとき"), same.denied)
        if form in ("day", "month"):
            return _noun(stem + _TIMES[sign])
        if form == "text":
            return _noun(f"{_subject(subject)}文字の順で{other}{_TIMES[sign]}")
        if sign == ">":
            return Statement(_ending(f"{stem}を超え", "る", ""), _ending(f"{stem}を超え", "ない", "ず"))
        return _noun(stem + _NOUNS[sign])

    def is_one_of(self, subject: str, texts: Sequence[str]) -> Statement:
        """H3が「拡大」「新規」のいずれか."""
        return _noun(_subject(subject) + "".join(texts) + ("のいずれか" if len(texts) > 1 else ""))

    def is_only(self, subject: str, text: str) -> Statement:
        """B4が「税の滞納整理」のみ."""
        return _noun(f"{_subject(subject)}{text}のみ")

    def is_other_than(self, subject: str, text: str) -> Statement:
        """B1が「要望あり」以外."""
        return _noun(f"{_subject(subject)}{text}以外")

    def chooses(self, many: str, texts: Sequence[str]) -> Statement:
        """B4で「税の滞納整理」を選択."""
        if not many:
            return self.includes(many, "".join(texts) + ("のいずれか" if len(texts) > 1 else ""))
        text = f"{many}で{''.join(texts)}{'のいずれか' if len(texts) > 1 else ''}を選択"
        said = Clause(text, f"{text}したとき", f"{text}していること", f"{text}しており")
        return Statement(
            said, Clause(f"{text}していない", f"{text}していないとき", f"{text}していないこと", f"{text}しておらず")
        )

    def includes(self, many: str, one: str) -> Statement:
        """G6がG5を含む."""
        stem = f"{_subject(many)}{one or 'この回答'}を含"
        return Statement(_ending(stem, "む", "み"), _ending(stem, "まない", "まず"))

    def is_among(self, one: str, many: str) -> Statement:
        """B4で選択したもののいずれか."""
        return _noun(f"{_subject(one)}{many}で選択したもののいずれか")

    def answered(self, subject: str) -> Statement:
        """B1に回答がある."""
        stem = f"{subject or 'この設問'}に回答が"
        return Statement(_ending(stem, "ある", "あり"), _ending(stem, "ない", "なく"))

    def always(self) -> Statement:
        """What holds in any case."""
        never = Clause("該当する場合なし", "該当する場合なし", "該当する場合なし", "該当する場合がなく")
        return Statement(Clause("常に", "常に", "常に", "常に"), never)

    def all_of(self, statements: Sequence[Statement]) -> Statement:
        """A であり、かつ、B."""
        return self._joined("".join(f"{one.said.linked}、かつ、" for one in statements[:-1]), statements[-1].said)

    def any_of(self, statements: Sequence[Statement]) -> Statement:
        """A、又はB."""
        return self._joined("".join(f"{one.said.plain}、又は" for one in statements[:-1]), statements[-1].said)

    def _joined(self, before: str, last: Clause) -> Statement:
        said = Clause(before + last.plain, before + last.when, before + last.must, before + last.linked)
        return Statement(said, self.said(said).denied)

    def said(self, clause: Clause) -> Statement:
        """（A であり、かつ、B）."""
        text = f"（{clause.plain}）"
        return Statement(_noun(text).said, _ending(f"{text}に該当し", "ない", "ておらず"))


def _subject(subject: str) -> str:
    return f"{subject}が" if subject else ""
