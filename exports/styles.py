"""The looks of the workbooks: one accent colour, thin lines, one font. Styles are words that can be joined."""

from typing import Any

from exports.typesetting import BODY, SMALL, TINY

FONT = "BIZ UDPゴシック"
ACCENT, TINT, FAINT = "#1F4E79", "#DCE6F0", "#F4F7FA"
INK, GREY, RULE = "#1A1A1A", "#6B7480", "#B8C2CC"
ALERT = "#B3261E"
BAR = "#B7CDE2"

_FONT = {"font_name": FONT, "font_size": BODY, "font_family": 3, "font_charset": 128, "font_scheme": None}
BASE: dict[str, Any] = {**_FONT, "font_color": INK, "valign": "vcenter"}
"""What every cell begins with."""

_FRAMED = {"border": 1, "border_color": RULE}
_NUMBER = {**_FRAMED, "align": "right"}
_OPEN = {"left": 0, "right": 0, "top": 0}
_ERA = '[$-411]ggge"年"'  # 令和8年 for people; data sheets hold ISO
_INNER = {"border": 1, "border_color": "#9AA6B2"}
NORMAL = {"font_name": "Arial", "font_size": 10, "font_scheme": None}
"""The font that no cell has: programs measure the columns by its digits, and it is found everywhere."""

WORDS: dict[str, dict[str, Any]] = {
    # Texts that stand free on the sheet
    "title": {"font_size": 16, "bold": True, "font_color": ACCENT},
    "cover_title": {"font_size": 20, "bold": True, "font_color": ACCENT, "text_wrap": True},
    "cover_subtitle": {"font_size": 12, "font_color": GREY},
    "heading": {"font_size": 12, "bold": True, "font_color": ACCENT},
    "remark": {"font_size": SMALL, "font_color": GREY},
    "remark_wrapped": {"font_size": SMALL, "font_color": GREY, "text_wrap": True, "valign": "top"},
    "lead": {"text_wrap": True, "align": "left"},
    "plain": {},
    "link": {"font_color": ACCENT, "underline": 1, **_FRAMED, "indent": 1},
    # Heads of tables
    "head": {**_FRAMED, "bg_color": TINT, "bold": True, "align": "center", "text_wrap": True},
    "group": {**_FRAMED, "bg_color": ACCENT, "font_color": "#FFFFFF", "bold": True, "align": "left"},
    # Cells of tables
    "text": {**_FRAMED, "text_wrap": True, "align": "left", "indent": 1},
    "line": {**_FRAMED, "align": "left", "indent": 1},
    "code": {**_FRAMED, "align": "center", "font_color": GREY, "font_size": SMALL},
    "whole": {**_NUMBER, "num_format": "#,##0_ "},
    "number": {**_NUMBER, "num_format": "0_ "},
    **{f"decimal{n}": {**_NUMBER, "num_format": "#,##0_ " if n == 0 else f"#,##0.{'0' * n}_ "} for n in range(7)},
    "share": {**_NUMBER, "num_format": "0.0%_ "},
    "day": {**_FRAMED, "num_format": f'{_ERA}m"月"d"日"', "align": "left", "indent": 1},
    "month": {**_FRAMED, "num_format": f'{_ERA}m"月"', "align": "left", "indent": 1},
    "moment": {**_FRAMED, "num_format": f'{_ERA}m"月"d"日" hh:mm', "align": "left", "indent": 1},
    "flag": {**_FRAMED, "num_format": '"超過";;', "align": "center", "font_color": ALERT},
    "verdict": {**_FRAMED, "align": "center", "bold": True},
    "void": {**_FRAMED, "bg_color": FAINT},
    # Cells of data sheets: no lines
    "data_name": {"font_size": SMALL, "bold": True, "font_color": ACCENT, "bg_color": TINT},
    "data_label": {"font_size": SMALL, "font_color": GREY, "bg_color": FAINT, "text_wrap": True, "valign": "top"},
    "data_text": {"font_size": SMALL},
    "data_number": {"font_size": SMALL, "num_format": "General"},
    "data_day": {"font_size": SMALL, "num_format": "yyyy-mm-dd"},
    "data_moment": {"font_size": SMALL, "num_format": "yyyy-mm-dd hh:mm:ss"},
    # Cells of forms, which people fill in
    "answer": {**_INNER, "num_format": "@", "text_wrap": True, "align": "left", "valign": "top"},
    "answer_number": {**_INNER, "align": "right", "valign": "top"},
    "answer_mark": {**_INNER, "num_format": "@", "align": "center"},
    "asked": {**_INNER, "text_wrap": True, "align": "left", "valign": "top"},
    "choice": {**_INNER, "font_size": SMALL, "text_wrap": True, "align": "left", "indent": 2},
    "advice": {**_INNER, "font_size": SMALL, "font_color": GREY, "text_wrap": True, "align": "left", "valign": "top"},
    "serial": {**_INNER, "bold": True, "font_color": ACCENT, "align": "center", "valign": "top"},
    "must": {**_INNER, "font_size": SMALL, "font_color": ALERT, "align": "center", "valign": "top"},
    "may": {**_INNER, "font_size": SMALL, "font_color": GREY, "align": "center", "valign": "top"},
    "upright": {"rotation": 270, "font_size": SMALL, "valign": "top", "bold": False, "text_wrap": False},
    "returned": {"bg_color": "#FCE4D6"},
    "alert": {"font_color": ALERT},
    "stripe": {"bg_color": ACCENT, "font_color": "#FFFFFF", "bold": True},
    "pale_stripe": {"bg_color": ACCENT, "font_color": "#FFFFFF", "font_size": SMALL},
    # Looks that rules lay over cells of forms
    "over_void": {"bg_color": "#D0D4D9", "font_color": "#8A929B"},
    "over_wanted": {"bg_color": "#FFF6D6"},
    "over_long": {"bg_color": "#F8D0CC"},
    # What is added to one of the above
    "linked": {"font_color": ACCENT},
    "small": {"font_size": SMALL, "indent": 0},
    "open": _OPEN,
    "tiny": {"font_size": TINY},
    "top": {"valign": "top"},
    "centred": {"align": "center", "indent": 0},
    "flush": {"align": "right", "indent": 0},
    "wrapped": {"text_wrap": True},
    "strong": {"bold": True},
    "tinted": {"bg_color": FAINT},
    "total": {"bold": True, "bg_color": FAINT, "top": 2, "top_color": ACCENT},
    "indented": {"indent": 3},
    "grey": {"font_color": GREY},
    "big": {"font_size": 18, "bold": True, "font_color": ACCENT, "align": "center"},
    "caption": {**_FRAMED, "font_size": SMALL, "font_color": GREY, "align": "center", "bg_color": FAINT},
    "mark": {"font_color": GREY, "align": "center", "num_format": "General", "indent": 0},
}

SERIES = ("#1F4E79", "#5B8DB8", "#A9C4DC", "#C98A3B", "#E5C391", "#6F8F72", "#B4C9B2", "#8A7CA8", "#C9CED6")
"""Colours of a chart's series, in order; told apart in grey as well."""


def properties(style: str) -> dict[str, Any]:
    """Return the properties of a style, its words taken one after the other. Raises KeyError."""
    found = dict(BASE)
    for word in style.split():
        found |= WORDS[word]
    return found
