"""Words of the results: categories that are no choice of a questionnaire, bins, what a map is coloured by."""

from decimal import Decimal

from exports.results import colouring
from exports.results.bins import Bin
from exports.results.variables import BLANK, BUREAU, KIND, LARGEST, NIL, NO_POPULATION, NOT_ASKED, POPULATION, Category
from questions.life import State
from questions.model import Question
from questions.numerals import show_number
from survey_app import wording
from survey_app.wording import N_, language, translate

CODES = {
    BLANK: N_("無回答"),
    NOT_ASKED: N_("－（対象外）"),
    NIL: N_("該当なし"),
    NO_POPULATION: N_("人口不明"),
    LARGEST: N_("10万人以上"),
    "under_5000": N_("5千人未満"),
    "under_10000": N_("5千～1万人"),
    "under_30000": N_("1万～3万人"),
    "under_100000": N_("3万～10万人"),
    colouring.NONE: N_("未提出"),
    colouring.CHOSEN: N_("選択あり"),
    colouring.OTHERWISE: N_("選択なし"),
}
SHORT = {NOT_ASKED: "－"}
NAMES = {
    BUREAU: N_("地方振興局"),
    KIND: N_("市町村の区分"),
    POPULATION: N_("人口階層"),
    colouring.STATE: N_("提出の状態"),
    colouring.NEEDS: N_("要望事項の件数"),
}
SORTS = {
    "same": N_("前回と同じ"),
    "changed": N_("変わった"),
    "new": N_("今回だけ回答"),
    "gone": N_("前回だけ回答"),
}
NEEDS = {"again": N_("同じ要望"), "new": N_("新しい要望"), "gone": N_("なくなった要望")}


def category(found: Category) -> str:
    """Return the name of a category."""
    if found.label is not None:
        return found.label.text(language())
    if found.bin is not None:
        return span(found.bin)
    if found.code in set(State):
        return wording.state(State(found.code))
    return translate(CODES[found.code], language()) if found.code in CODES else found.code


def short(found: Category) -> str:
    """Return the name of a category in as few characters as there are."""
    return SHORT.get(found.code) or category(found)


def group(code: str) -> str:
    """Return the name of a bureau, a kind or a population class."""
    return category(Category(code))


def span(found: Bin) -> str:
    """Return the name of a bin: 3, 10～19; of decimals 0.5～1未満."""
    if found.low == found.high:
        return show_number(found.low)
    low, high = show_number(found.low), show_number(found.high)
    if found.whole:
        return f"{low}～{high}" if language() == "ja" else f"{low}–{high}"
    return f"{low}～{high}未満" if language() == "ja" else f"{low} to under {high}"


def name(found: str) -> str:
    """Return the name of a variable or colouring that is no question."""
    return translate(NAMES[found], language())


def asked(question: Question) -> str:
    """Return a question's name, label and unit."""
    unit = getattr(question.kind, "unit", None)
    text = f"{question.name} {question.label.text(language())}"
    if unit is None:
        return text
    return f"{text}（{unit.ja}）" if language() == "ja" else f"{text} ({unit.en})"


def number(found: float | Decimal | None) -> str:
    """Show a number that was reckoned, with no more than two decimals; － when there is none."""
    if found is None:
        return "－"
    text = f"{found:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent(share: float | None) -> str:
    """Show a share from 0 to 1 as per cent; － when there is none."""
    return "－" if share is None else f"{100 * share:.1f}%"


def sort(found: str) -> str:
    """Return how an answer stands to that of the time before."""
    return translate(SORTS[found], language())


def need_sort(found: str) -> str:
    """Return how a need stands to those of the time before."""
    return translate(NEEDS[found], language())
