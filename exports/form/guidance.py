"""What a form says about a question: when it is asked, its unit and limits, how to write it; from the definition."""

from questions.expressions.sentence import when_asked
from questions.model import Item, Question, Questionnaire, Section
from questions.numerals import show_number
from questions.setting import Setting

WRITTEN = {
    "day": "例：R8.4.1、令和8年4月1日、2026-04-01",
    "month": "例：R9.4、令和9年4月、2027-04",
    "years": "例：2026、令和8年度、R8",
    "email": "例：somu@town.example.lg.jp",
}
"""How answers are written, by the widget that their kind names."""


def condition(item: Item | Section, questionnaire: Questionnaire) -> str:
    """Return when something is asked; "" when it always is. Of a question outside tables its section says its own."""
    return when_asked(item, questionnaire, "ja")


def advice(question: Question, questionnaire: Questionnaire, setting: Setting) -> tuple[str, ...]:
    """Return what stands beside a question, a line each: condition, hint, unit, limits, example."""
    found = [condition(question, questionnaire), question.hint.ja if question.hint else ""]
    return tuple(line for line in (*found, *taken(question, setting)) if line)


def taken(question: Question, setting: Setting) -> tuple[str, ...]:
    """Return what a question's cell takes, a line each."""
    if question.prefilled:
        return ("自動表示（入力不要）",)
    if question.kind.attaches:
        return ("添付はブラウザーから（この欄は記入不要）",)
    return tuple(line for line in (_choosing(question, setting), _limits(question), _example(question)) if line)


def unit_of(question: Question) -> str:
    """Return the unit; "" without one."""
    unit = question.kind.limits().get("unit")
    return unit.ja if unit is not None else ""


def _choosing(question: Question, setting: Setting) -> str:
    kind = question.kind
    if not kind.options(setting):
        return ""
    least, most = kind.limits().get("least"), kind.limits().get("most")
    bounds = f"（{most}つまで）" if most else f"（{least}つ以上）" if least and least > 1 else ""
    if not kind.many:
        return "一覧から選択"
    if kind.options(Setting()):
        return f"当てはまるものすべてに○{bounds}"
    return f"一覧から選択。いくつもあるときは「、」で区切る{bounds}（名称は「市町村一覧」シート）"


def _limits(question: Question) -> str:
    kind, limits = question.kind, question.kind.limits()
    said = []
    if unit := unit_of(question):
        said.append(f"単位：{unit}")
    if kind.summary == "numbers":
        said += _bounds(limits.get("least"), limits.get("most"))
        if limits.get("places"):
            said.append(f"小数第{limits['places']}位まで")
    if "longest" in limits and kind.widget != "email":
        said.append(f"{limits['longest']}字以内")
    return "、".join(said)


def _bounds(least: int | None, most: int | None) -> list[str]:
    if least is not None and most is not None:
        return [f"{show_number(least)}～{show_number(most)}"]
    if least is not None:
        return [f"{show_number(least)}以上"]
    return [] if most is None else [f"{show_number(most)}以下"]


def _example(question: Question) -> str:
    if question.example:
        return f"例：{question.example}"
    kind = question.kind
    several = kind.operand_form == "codes" and not kind.many
    return ("いくつもあるときは「、」で区切る。" if several else "") + WRITTEN.get(kind.widget, "")
