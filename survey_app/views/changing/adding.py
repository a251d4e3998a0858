"""What is added to a live questionnaire: a question behind another, a rule over answers; and a rule taken away."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions import editing
from questions.carrying_over import Node
from questions.kinds.texts import Prose
from questions.problems import Level
from questions.setting import Setting
from survey_app import wording, wording_changes
from survey_app.connections import database
from survey_app.store.revisions import names_ever_used
from survey_app.views.changing.opened import Changing, Faults, changing, pair, status

KINDS = ("line", "prose", "whole", "amount", "day", "month", "one", "several", "yesno", "files")
"""The kinds that can be added here; all others by an Excel file."""
CHOOSING = ("one", "several")
MOST_OPTIONS = 60
TEXT = Prose(longest=1000)


def new_question(inquiry: str, after: str) -> ResponseReturnValue:
    """Show the form of a question that is to stand behind another."""
    return _question_page(_behind(inquiry, after), after, {"kind": "line"})


def add_question(inquiry: str, after: str) -> ResponseReturnValue:
    """Put a new question into the proposal."""
    here = _behind(inquiry, after)
    typed = _typed()
    faults = _faults(typed, {"label_ja": _("設問の文を入力してください。")})
    options = [line.strip() for line in typed.get("options", "").split("\n") if line.strip()]
    kind = typed.get("kind", "")
    if kind not in KINDS:
        faults["kind"] = _("答え方を選んでください。")
    elif kind in CHOOSING and not 1 <= len(options) <= MOST_OPTIONS:
        faults["options"] = _("選択肢を、1行に一つずつ、%(most)s個までで入力してください。", most=MOST_OPTIONS)
    elif len(set(options)) < len(options):
        faults["options"] = _("同じ選択肢が二つ以上あります。一つにしてください。")
    name = editing.next_name(here.document, after, ())
    if not faults:
        question = _question(name, typed)
        listed = {f"x{number}": pair(*_split(text)) for number, text in enumerate(options, 1)}
        choices = listed if kind in CHOOSING else {}
        faults = here.keep(editing.with_question(here.document, after, question, choices))
    if faults:
        return _question_page(changing(inquiry), after, typed, faults), status(faults)
    return redirect(here.address(name), 303)


def new_check(inquiry: str) -> ResponseReturnValue:
    """Show the form of a rule over several answers."""
    return _check_page(changing(inquiry), {"level": Level.ERROR.value, "at": request.args.get("at", "")})


def add_check(inquiry: str) -> ResponseReturnValue:
    """Put a new rule into the proposal."""
    here = changing(inquiry)
    typed = _typed()
    missing = {"message_ja": _("合わないときに示す文を入力してください。"), "expression": _("式を入力してください。")}
    faults = _faults(typed, missing)
    if typed.get("at") not in {*here.wanted.questions, *here.wanted.tables}:
        faults["at"] = _("注意を示す設問を選んでください。")
    if typed.get("level") not in list(Level):
        faults["level"] = _("合わないときの扱いを選んでください。")
    if not faults:
        check = {
            "name": editing.next_check(here.document, names_ever_used(database(), here.inquiry)),
            "at": typed["at"],
            "expression": typed["expression"],
            "message": pair(typed["message_ja"], typed.get("message_en", "")),
            "level": typed["level"],
        }
        faults = here.keep(editing.with_check(here.document, check))
        if "whole" in faults:
            faults = {"expression": faults["whole"]}
    if faults:
        return _check_page(changing(inquiry), typed, faults), status(faults)
    return redirect(here.address("checks"), 303)


def remove_check(inquiry: str, name: str) -> ResponseReturnValue:
    """Take a rule out of the questionnaire that is proposed."""
    here = changing(inquiry)
    if name not in {check.name for check in here.wanted.checks}:
        raise LookupError(name)
    faults = here.keep(editing.without_check(here.document, name))
    if faults:
        return _check_page(changing(inquiry), {}, faults), status(faults)
    return redirect(here.address("checks"), 303)


def _behind(inquiry: str, after: str) -> Changing:
    here = changing(inquiry)
    if after not in here.wanted.questions and after not in here.wanted.tables:
        raise LookupError(after)
    return here


def _typed() -> dict[str, str]:
    return {key: value.replace("\r\n", "\n").strip() for key, value in request.form.items()}


def _split(text: str) -> tuple[str, str]:
    """Return a choice in Japanese and English, of a line such as 全額補助 / Full subsidy."""
    ja, _slash, en = text.partition(" / ")
    return ja.strip(), en.strip()


def _faults(typed: dict[str, str], missing: dict[str, str]) -> Faults:
    faults = {key: said for key, said in missing.items() if not typed.get(key)}
    for key, text in typed.items():
        if key in ("label_ja", "label_en", "hint_ja", "unit", "options", "message_ja", "message_en", "expression"):
            problems = TEXT.parse((text,), Setting()).problems
            if problems:
                faults[key] = wording.problem(problems[0], wording.language())
    return faults


def _question(name: str, typed: dict[str, str]) -> Node:
    question: Node = {"name": name, "kind": typed["kind"], "label": pair(typed["label_ja"], typed.get("label_en", ""))}
    if typed.get("hint_ja"):
        question["hint"] = pair(typed["hint_ja"], "")
    if "required" in typed:
        question["required"] = True
    if typed.get("unit") and typed["kind"] in ("whole", "amount"):
        question["unit"] = pair(typed["unit"], "")
    return question


def _question_page(here: Changing, after: str, typed: dict[str, str], faults: Faults | None = None) -> str:
    label = here.wanted.label(after).text(wording.language())
    kinds = [(name, str(wording_changes.KINDS[name])) for name in KINDS]
    table = here.wanted.table_of.get(after)
    told = {"after": after, "label": label, "kinds": kinds, "table": table, "typed": typed, "faults": faults or {}}
    return render_template("changing/new_question.html", here=here, **told)


def _check_page(here: Changing, typed: dict[str, str], faults: Faults | None = None) -> str:
    return render_template("changing/new_check.html", here=here, typed=typed, faults=faults or {})
