"""Cuts to be exported: of a small questionnaire that has every kind, and of those of the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from town import DEADLINE, OPENED, fukushima

from exports.cut import Cut, Submission, TargetLine
from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.contents import contents_of, digest, dump
from questions.life import State
from questions.model import Questionnaire
from questions.reading import read_catalogue, read_toml
from questions.setting import Roster, Setting
from survey_app.sample import contents

TOWNS = Roster(fukushima())
CODES = tuple(one.code for one in TOWNS)
TAKEN = DEADLINE + timedelta(days=3, hours=1, minutes=5)
SMALL = """
name = "small"
style = { ja = "様式", en = "Form" }
title = { ja = "小さな照会", en = "A small inquiry" }
nil = { question = "B1", choice = "0" }
[choices.any]
1 = { ja = "あり", en = "Yes" }
0 = { ja = "該当なし", en = "Nil" }
[choices.reasons]
none = { ja = "課題なし", en = "No issue" }
other = { ja = "その他", en = "Other" }
[choices.mixed]  # what COUNTIFS would take for one another
a = { ja = "小文字", en = "small" }
A = { ja = "大文字", en = "capital" }
"1" = { ja = "一", en = "one" }
"01" = { ja = "零一", en = "zero one" }
"1e0" = { ja = "一の零乗", en = "one to the zero" }
[choices.fields]
HR = { ja = "人事交流", en = "Exchange" }
TAX = { ja = "税", en = "Tax" }

[[sections]]
name = "A"
title = { ja = "団体", en = "Municipality" }
[[sections.questions]]
name = "A1"
kind = "municipality"
label = { ja = "団体コード", en = "Code" }
prefill = "own"
[[sections.questions]]
name = "A2"
kind = "email"
label = { ja = "電子メール", en = "E-mail" }
[[sections.questions]]
name = "B1"
kind = "one"
choices = "any"
label = { ja = "要望の有無", en = "Any?" }
[[sections.questions]]
name = "B2"
kind = "one"
choices = "reasons"
relevant = "${B1} = '0'"
label = { ja = "理由", en = "Reason" }
[[sections.questions]]
name = "B3"
kind = "line"
relevant = "${B2} = 'other'"
label = { ja = "理由（その他）", en = "Other reason" }

[[sections]]
name = "N"
title = { ja = "数と日", en = "Numbers and days" }
relevant = "${B1} = '1'"
[[sections.questions]]
name = "N1"
kind = "whole"
label = { ja = "職員数", en = "Staff" }
unit = { ja = "人", en = "persons" }
[[sections.questions]]
name = "N2"
kind = "amount"
places = 2
label = { ja = "率", en = "Rate" }
unit = { ja = "％", en = "%" }
relevant = "${N1} > 0"
[[sections.questions]]
name = "N3"
kind = "day"
label = { ja = "決裁日", en = "Day" }
[[sections.questions]]
name = "N4"
kind = "month"
label = { ja = "時期", en = "Month" }
[[sections.questions]]
name = "N5"
kind = "years"
label = { ja = "過去の年度", en = "Years" }
[[sections.questions]]
name = "N6"
kind = "year"
label = { ja = "年度", en = "Year" }
[[sections.questions]]
name = "N7"
kind = "municipalities"
label = { ja = "構成市町村", en = "Members" }
[[sections.questions]]
name = "N8"
kind = "several"
choices = "fields"
label = { ja = "分野", en = "Fields" }
[[sections.questions]]
name = "N9"
kind = "yesno"
label = { ja = "経験", en = "Experience" }
[[sections.questions]]
name = "N10"
kind = "one"
choices = "mixed"
label = { ja = "紛らわしい符号", en = "Codes that look alike" }
[[sections.questions]]
name = "N11"
kind = "prose"
longest = 40000
label = { ja = "意見", en = "Opinion" }

[[sections]]
name = "D"
title = { ja = "要望", en = "Requests" }
relevant = "${B1} = '1'"
[[sections.questions]]
name = "D"
kind = "table"
label = { ja = "要望事項", en = "Requests" }
need = { field = "D1", form = "D2", subject = "D3", detail = "D4" }
[[sections.questions.questions]]
name = "D1"
kind = "one"
choices = "fields"
label = { ja = "分野", en = "Field" }
[[sections.questions.questions]]
name = "D2"
kind = "one"
choices = "mixed"
label = { ja = "形態", en = "Form" }
[[sections.questions.questions]]
name = "D3"
kind = "line"
relevant = "${D1} = 'TAX'"
label = { ja = "件名", en = "Subject" }
[[sections.questions.questions]]
name = "D4"
kind = "prose"
label = { ja = "内容", en = "Details" }
[[sections.questions.questions]]
name = "D5"
kind = "whole"
label = { ja = "人数", en = "Persons" }
"""


def small() -> Questionnaire:
    """The small questionnaire."""
    return read_toml(SMALL)


@dataclass(frozen=True)
class Given:
    """What one municipality says: values by question, and a list of such for each table; and where it stands."""

    values: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    state: State = State.SUBMITTED
    number: int = 1


def answers(given: Given) -> Answers:
    """Turn what is given into answers; the ids of rows are r1, r2, …"""
    entries: dict[Place, Entry] = {("", name): Entry(value=value) for name, value in given.values.items()}
    rows = {}
    for table, lines in given.rows.items():
        rows[table] = tuple(f"r{number}" for number in range(1, len(lines) + 1))
        for row, line in zip(rows[table], lines, strict=True):
            entries |= {(row, name): Entry(value=value) for name, value in line.items()}
    return Answers(entries, rows)


def cut(
    replies: Mapping[str, Given],
    questionnaire: Questionnaire | None = None,
    others: Mapping[str, State] | None = None,
) -> Cut:
    """Return a cut of replies; ``others`` are targets that have handed in nothing."""
    asked = questionnaire or small()
    found = {code: (answers(given), given.state, given.number) for code, given in replies.items()}
    return _cut(asked, found, others or {})


def sample_cut(name: str, replies: int, seed: int = 1) -> Cut:
    """Return a cut of a questionnaire of the catalogue with realistic replies in every state."""
    asked = read_catalogue(name)
    random = Random(seed)
    codes = sorted(random.sample(CODES, replies))
    states = [State.SUBMITTED, State.ACCEPTED, State.ACCEPTED, State.RETURNED, State.DRAFT, State.AWAITING_APPROVAL]
    found = {}
    for number, code in enumerate(codes):
        filled = contents(asked, Setting(TOWNS, code, OPENED.date()), Random(f"{seed}/{code}"), nil=number % 9 == 4)
        found[code] = (filled, states[number % len(states)], 1 + number % 2)
    waiting = (State.NOT_STARTED, State.DRAFT, State.AWAITING_APPROVAL)
    rest = [code for code in CODES if code not in found]
    return _cut(asked, found, {code: waiting[number % 3] for number, code in enumerate(rest)})


def _cut(asked: Questionnaire, found: Mapping[str, tuple[Answers, State, int]], others: Mapping[str, State]) -> Cut:
    submissions, targets = [], []
    for code in sorted({*found, *others}):
        if code in others:
            targets.append(TargetLine(code, others[code], DEADLINE))
            continue
        filled, state, number = found[code]
        examination = Examination(asked, filled, Setting(TOWNS, code, OPENED.date()))
        said = contents_of(examination)
        at = datetime.combine(OPENED.date() + timedelta(days=number), OPENED.timetz())
        handed = Submission(code, number, f"001-{code}-{number:02d}", at, digest(dump(said, asked)), state, said)
        submissions.append(handed)
        targets.append(TargetLine(code, state, DEADLINE, extended=number > 1, nil=examination.nil))
    title, issuer = asked.title.ja, "福島県総務部市町村行政課"
    return Cut("inquiry-1", title, issuer, OPENED, DEADLINE, TAKEN, asked, TOWNS, targets, submissions)
