"""A questionnaire with a question of each kind, outside a table and in one; and what can be typed there."""

from questions.kinds.registry import KINDS

NASTY = (
    "=1+1",
    "+81-24",
    "-項目",
    "@sum",
    "'引用",
    "007",
    "1-2",
    "1E5",
    "TRUE",
    "#REF!",
    "_x000D_",
    "_x005F_x000D_",
    "x005F_ax005F_b",
    "<r><t>太字</t></r>",
    '<b>&amp;</b> "&" ]]>',
    "髙𠮟か\u3099 \ue000 ﾊﾝｶｸ",
    "　前後の空白　",
    " a b ",
    "タブ\tと",
    "https://example.lg.jp/?a=1&b=2",
    "令和８年４月１日",
    "８",
    "○",
    "整理番号",
)
LONG = "一行目\n\n三行目　=SUM(A1)\n" + "長い文章。" * 380

TYPED: dict[str, tuple[str, ...]] = {
    "line": ("=1+1 髙𠮟",),
    "prose": (LONG,),
    "email": ("somu@town.mishima.lg.jp",),
    "whole": ("▲１，２３４",),
    "amount": ("△０．５",),
    "day": ("令和８年４月１日",),
    "month": ("R9.4",),
    "one": ("b",),
    "several": ("a", "c"),
    "yesno": ("0",),
    "municipality": ("074454",),
    "municipalities": ("072010", "074454"),
    "year": ("令和８年度",),
    "years": ("令和７年度、2024",),
    "files": ("{} =協定書.pdf",),  # with the id of a file that was sent for the question
}
SENT = {"Q_files": "f" * 32, "T_files": "e" * 32}
"""The ids of files that were sent, by question."""


def typed_at(question: str, kind: str) -> tuple[str, ...]:
    """What is typed at a question of a kind."""
    return tuple(text.format(SENT.get(question, "")) for text in TYPED[kind])


CHOOSING = ("one", "several")


def definition() -> str:
    """The questionnaire."""
    head = """
name = "every_kind"
title = { ja = "全部の型", en = "Every kind" }
style = { ja = "様式", en = "Form" }
[choices.three]
a = { ja = "甲、又は；乙", en = "A" }
b = { ja = "乙", en = "B" }
c = { ja = "丙", en = "C" }
[[sections]]
name = "S"
title = { ja = "全部", en = "All" }
"""
    table = '[[sections.questions]]\nname = "T"\nkind = "table"\nlabel = { ja = "表", en = "Table" }\nmost = 30\n'
    outside = "".join(_question("sections.questions", f"Q_{kind}", kind) for kind in KINDS)
    inside = "".join(_question("sections.questions.questions", f"T_{kind}", kind) for kind in KINDS)
    return head + outside + table + inside


def _question(within: str, name: str, kind: str) -> str:
    choices = 'choices = "three"\n' if kind in CHOOSING else ""
    return (
        f'[[{within}]]\nname = "{name}"\nkind = "{kind}"\n{choices}label = {{ ja = "{kind}の設問", en = "{kind}" }}\n'
    )
