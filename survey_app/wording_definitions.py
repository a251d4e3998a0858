"""Sentences about faulty definitions of questionnaires: what is wrong, and how to mend it, in both languages."""

import re
from collections.abc import Iterator
from typing import Any

from questions.labels import Language
from questions.patterns import Objection
from questions.problems import Fault, FaultCode

Pair = tuple[str, str]
"""Japanese and English."""

MOST_NAMED = 20

FAULTS: dict[FaultCode, Pair] = {
    FaultCode.NOT_TOML: (
        "TOMLとして読み取れません（{where}）。引用符、かっこ、「=」の書き方を確かめてください。",
        "This cannot be read as TOML ({where}). Check the quotation marks, brackets and “=” there.",
    ),
    FaultCode.MISSING: (
        "「{key}」がありません。書き加えてください。",
        "“{key}” is missing. Add it.",
    ),
    FaultCode.UNKNOWN_KEY: (
        "「{key}」という項目はここでは使えません。つづりを確かめるか、この行を消してください。",
        "“{key}” cannot be used here. Check its spelling, or remove the line.",
    ),
    FaultCode.WRONG_VALUE: (
        "{value}{reason}",
        "{value}{reason}",
    ),
    FaultCode.UNKNOWN_KIND: (
        "「{found}」という設問の型はありません。次の中から選んでください：{known}",
        "There is no kind “{found}”. Choose one of: {known}",
    ),
    FaultCode.BAD_EXPRESSION: (
        "式「{source}」が読み取れません。{place}",
        "The expression “{source}” cannot be read. {place}",
    ),
    FaultCode.UNKNOWN_QUESTION: (
        "「{found}」という設問はありません。設問の名前を確かめてください（大文字と小文字は区別されます）。",
        "There is no question “{found}”. Check the name (capital and small letters are different).",
    ),
    FaultCode.UNKNOWN_CHOICE_LIST: (
        "「{found}」という選択肢の一覧はありません。[choices.{found}] を加えるか、次の中から選んでください：{known}",
        "There is no choice list “{found}”. Add [choices.{found}], or name one of: {known}",
    ),
    FaultCode.UNKNOWN_CODE: (
        "設問「{question}」の選択肢に「{found}」という符号はありません。選択肢の符号を確かめてください。",
        "The question “{question}” has no choice “{found}”. Check the codes of its choices.",
    ),
    FaultCode.RESERVED_NAME: (
        "この名前（name）は入力画面が使うため、設問には付けられません。ほかの名前にしてください。",
        "The forms use this name themselves, so a question cannot have it. Choose another name.",
    ),
    FaultCode.DUPLICATE_NAME: (
        "「{key}」という名前が二つ以上あります。名前は一つずつ違うものにしてください。",
        "The name “{key}” is given more than once. Give each its own name.",
    ),
    FaultCode.CIRCULAR: (
        "「{key}」を尋ねる条件（relevant）をたどると、「{key}」自身に戻ってしまいます。条件のどれかを外してください。",
        "Whether “{key}” is asked depends, through its conditions (relevant), on “{key}” itself. Remove one of them.",
    ),
    FaultCode.MESSAGE_MISSING: (
        "「{key}」がありません。条件に合わない回答のときに示す文を、ja と en の両方で書き加えてください。",
        "“{key}” is missing. Add what is said to people when an answer does not meet the rule, in ja and en.",
    ),
    FaultCode.PATTERN_REFUSED: (
        "正規表現「{found}」は使えません。{objected}",
        "The pattern “{found}” cannot be used. {objected}",
    ),
}

# Why a pattern is refused, and what to write instead.
UNSTATED: Pair = ("ほかの書き方にしてください。", "Write it in another way.")
OBJECTIONS: dict[Objection, Pair] = {
    Objection.LONG: (
        "{longest}字以内にしてください。細かい条件は、設問の説明（hint）に書いてください。",
        "It may have at most {longest} characters. Say the finer rules in the hint of the question.",
    ),
    Objection.UNSUPPORTED: (
        "「\\1」のように前の部分を指す書き方や、「(?=…)」のような先読みは使えません。"
        "文字の種類と繰返しだけで書いてください（例：[0-9]{{3}}-[0-9]{{4}}）。",
        "What points back to an earlier part (such as \\1) or looks ahead (such as (?=…)) cannot be used. "
        "Use only kinds of characters and repeats (example: [0-9]{{3}}-[0-9]{{4}}).",
    ),
    Objection.LARGE: (
        "繰返しの回数が多すぎます。{{ }} の数を小さくするか、「+」や「*」で書いてください（例：[0-9]+）。",
        "It repeats too many times. Make the numbers in {{ }} smaller, or use “+” or “*” (example: [0-9]+).",
    ),
}

# What pydantic says of a value, and what we say. {0} is what the pattern caught.
REASONS: tuple[tuple[str, Pair], ...] = (
    (
        r"more than (\d+) megabytes at once",
        ("most × megabytes は {0} 以下にしてください。", "“most” × “megabytes” must not be above {0}."),
    ),
    (r"least is above most", ("least は most 以下にしてください。", "“least” must not be above “most”.")),
    (
        r"String should match pattern '\^\[a-z\]",
        (
            "英小文字で始まり、英小文字・数字・下線だけの名前にしてください。",
            "It must begin with a small letter and hold only small letters, digits and underscores.",
        ),
    ),
    (
        r"String should match pattern '\^\[A-Za-z\]",
        (
            "英字で始まり、英数字と下線だけの名前にしてください。",
            "It must begin with a letter and hold only letters, digits and underscores.",
        ),
    ),
    (
        r"String should match pattern '\^\[A-Za-z0-9",
        (
            "半角の英数字と「_」「.」「-」だけにしてください。",
            "It may hold only letters, digits, “_”, “.” and “-”.",
        ),
    ),
    (r"String should match pattern '(.+)'", ("形 {0} に合わせてください。", "It must have the form {0}.")),
    (r"String should have at least", ("文字を入れてください。", "Write something there.")),
    (r"String should have at most (\d+)", ("{0}字以内にしてください。", "It may have at most {0} characters.")),
    (r"should have at least (\d+) item", ("{0}個以上必要です。", "At least {0} are needed.")),
    (
        r"instance of Label",
        ('{{ ja = "…", en = "…" }} の形で書いてください。', 'Write it as {{ ja = "…", en = "…" }}.'),
    ),
    (
        r"valid dictionary|valid mapping",
        ("名前と値の組（表）で書いてください。", "It must be a table of names and values."),
    ),
    (r"valid (?:tuple|list)", ("[ ] で囲んだ並びで書いてください。", "It must be a list in [ ].")),
    (r"valid string", ('引用符で囲んだ文字列（"…"）で書いてください。', 'It must be a text in quotation marks ("…").')),
    (r"valid integer|valid int", ("整数で書いてください。", "It must be a whole number.")),
    (r"valid decimal|valid number", ("数で書いてください。", "It must be a number.")),
    (r"valid boolean", ("true か false で書いてください。", "It must be true or false.")),
    (
        r"greater than or equal to (\S+)",
        ("{0} 以上の数にしてください。", "It must be {0} or more."),
    ),
    (r"greater than (\S+)", ("{0} より大きい数にしてください。", "It must be more than {0}.")),
    (r"less than or equal to (\S+)", ("{0} 以下の数にしてください。", "It must be {0} or less.")),
    (r"less than (\S+)", ("{0} より小さい数にしてください。", "It must be less than {0}.")),
    (r"Input should be ('.+)", ("{0} のどれかにしてください。", "It must be one of {0}.")),
)
OTHERWISE: Pair = ("書き方を確かめてください（{0}）。", "Check how it is written ({0}).")

# What the reader of expressions waited for.
EXPECTED: dict[str, Pair] = {
    "an expression": ("ここに使えない文字があります", "a character that cannot be used stands there"),
    "the end": ("式はその前で終わっています", "the expression ends before it"),
    "less nesting": ("かっこの入れ子が深すぎます", "the brackets are nested too deeply"),
    "(": ("「(」が必要です", "“(” is needed"),
    ")": ("「)」が必要です", "“)” is needed"),
    "a question such as ${B1}, a literal or a function": (
        "${B1} のような設問、'文字列'、数又は関数が必要です",
        "a question such as ${B1}, a 'text', a number or a function is needed",
    ),
}


def fault(fault: Fault, language: Language) -> str:
    """Return what is wrong and how to mend it; the address stands apart, in ``fault.address``."""
    pattern = _in(FAULTS[fault.code], language)
    context = {"found": "", "source": "", "question": "", **fault.context}
    context["known"] = _joined(context.get("known", ()), language)
    context["key"] = fault.address.split(" > ")[-1].split(".")[-1]
    context["where"] = _where(str(context.get("detail", "")), language)
    context["value"] = _value(str(context["found"]), language)
    context["reason"] = _reason(str(context.get("detail", "")), language)
    context["place"] = _place(context, language)
    context["objected"] = _in(UNSTATED, language)
    if "objection" in context:
        context["objected"] = _in(OBJECTIONS[Objection(context["objection"])], language).format(**context)
    return pattern.format(**context).strip()


def address(fault: Fault, language: Language) -> str:
    """Return where a fault is; the whole file when it has no address."""
    return fault.address or ("ファイル全体" if language == "ja" else "the whole file")


def where_in_expression(context: dict[str, Any], language: Language) -> str:
    """Return where the reader of an expression stopped, and what it waited for."""
    return _place(context, language)


def _in(pair: Pair, language: Language) -> str:
    return pair[1] if language == "en" else pair[0]


def _joined(known: Any, language: Language) -> str:
    names = [str(name) for name in known]
    more = ("" if len(names) <= MOST_NAMED else " …",) * bool(names)
    none = "（なし）" if language == "ja" else "(none)"
    return ("、" if language == "ja" else ", ").join(names[:MOST_NAMED]) + "".join(more) or none


def _where(detail: str, language: Language) -> str:
    """Say at which line and column the reader of TOML stopped."""
    found = re.search(r"at line (\d+), column (\d+)", detail)
    if found is None:
        return "ファイルの終わり" if language == "ja" else detail or "the end of the file"
    line, column = found.groups()
    return f"{line}行目の{column}文字目" if language == "ja" else f"line {line}, column {column}"


def _value(found: str, language: Language) -> str:
    """Name the value that was found, unless it is a whole table, which would say nothing."""
    if found.startswith(("{", "[", "(")):
        return ""
    if not found:
        return "空です。" if language == "ja" else "It is empty. "
    return f"値「{found}」は使えません。" if language == "ja" else f"The value “{found}” cannot be used. "


def _reason(detail: str, language: Language) -> str:
    for pattern, pair in REASONS:
        if found := re.search(pattern, detail):
            return _in(pair, language).format(*found.groups())
    return _in(OTHERWISE, language).format(detail).replace("（）", "").replace(" ()", "")


def _place(context: dict[str, Any], language: Language) -> str:
    return "".join(_places(context, language))


def _places(context: dict[str, Any], language: Language) -> Iterator[str]:
    """Say where in an expression the reader stopped, and what it waited for."""
    found, expected = str(context["found"]), str(context.get("expected", ""))
    if "place" not in context:
        yield (
            "「.」は、回答の条件（constraint）の中だけで使えます。"
            if language == "ja"
            else "“.” can be used in a constraint only."
        )
        return
    wanted = _in(EXPECTED.get(expected, (f"{expected} が必要です", f"{expected} is needed")), language)
    if language == "ja":
        yield f"{context['place']}文字目" + (f"の「{found}」" if found else "（式の終わり）") + f"：{wanted}。"
    else:
        yield f"Character {context['place']}" + (f" (“{found}”)" if found else " (its end)") + f": {wanted}."
