"""Words of checking replies: how a reply came, what stands out in it."""

from exports.medians import GroupKind, Outlier
from questions.labels import Language
from questions.numerals import show_number
from survey_app.wording import N_, language, translate

SOURCES = {
    "phone": N_("電話"),
    "fax": N_("ファクス"),
    "mail": N_("メール"),
    "visit": N_("来庁・訪問"),
    "file": N_("Excel回答票"),
}
"""How the division was told what it entered; "web" is the municipality itself."""
ENTERED_BY = ("phone", "fax", "mail", "visit")
"""Those among which one is chosen when a reply is typed in."""
OUTLIER_HIGH = N_("%(group)sの中央値（%(median)s、%(count)s団体）の%(times)s倍です。")
OUTLIER_LOW = N_("%(group)sの中央値（%(median)s、%(count)s団体）の%(times)s分の1です。")
INHABITANTS_UNDER = N_("人口%(most)s人未満")
INHABITANTS_FROM = N_("人口%(least)s人以上")
INHABITANTS_BETWEEN = N_("人口%(least)s人以上%(most)s人未満")


def source(kind: str) -> str:
    """Return how a reply came; "" when the municipality handed it in itself."""
    return translate(SOURCES[kind], language()) if kind in SOURCES else ""


def outlier(found: Outlier, to: Language) -> str:
    """Say how far a number is from those of a group: 町の中央値（3,200 千円、24団体）の12倍です。"""
    unit = "" if found.unit is None else found.unit.text(to)
    told = {
        "group": group(found, to),
        "median": f"{show_number(found.median)}{' ' if to == 'en' else ''}{unit}",
        "count": found.count,
        "times": show_number(found.times),
    }
    return translate(OUTLIER_HIGH if found.high else OUTLIER_LOW, to) % told


def group(found: Outlier, to: Language) -> str:
    """Name the group that a number is held against."""
    if found.group is not GroupKind.INHABITANTS:
        return found.name
    least, most = found.bounds
    told = {
        "least": "" if least is None else f"{least:,}",
        "most": "" if most is None else f"{most:,}",
    }
    if least is None:
        return translate(INHABITANTS_UNDER, to) % told
    return translate(INHABITANTS_FROM if most is None else INHABITANTS_BETWEEN, to) % told
