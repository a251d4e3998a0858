"""One question of a live questionnaire: its words, its choices, its place; retired and asked again."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions import editing
from questions.carrying_over import Node
from questions.kinds.base import Option
from questions.kinds.texts import Prose
from questions.model import Question, Table
from questions.revision import needed_by
from questions.setting import Setting
from survey_app import wording, wording_changes
from survey_app.views.changing.opened import Changing, Faults, changing, english, pair, status

TEXT = Prose(longest=1000)
ACTS = ("up", "down")


def question(inquiry: str, name: str) -> ResponseReturnValue:
    """Show one question with its fields."""
    here = changing(inquiry)
    return _page(here, _found(here, name), _as_it_is(_found(here, name)))


def change_question(inquiry: str, name: str) -> ResponseReturnValue:
    """Put the words of a question into the proposal, and do what the button says: move it, retire it or a choice."""
    here = changing(inquiry)
    item = _found(here, name)
    typed = {key: value.replace("\r\n", "\n").strip() for key, value in request.form.items()}
    faults = _faults(item, typed)
    document: Node = here.document
    if not faults:
        document = _reworded(document, item, typed)
        document = _acted(document, here, item, faults)
    if not faults:
        faults = here.keep(document)
    if faults:
        return _page(changing(inquiry), item, typed, faults), status(faults)
    return redirect(here.address(name), 303)


def move_question(inquiry: str, name: str) -> ResponseReturnValue:
    """Move a question up or down among its neighbours."""
    here = changing(inquiry)
    item = _found(here, name)
    faults = here.keep(editing.moved(here.document, name, -1 if request.form.get("act") == "up" else 1))
    if faults:
        return _page(changing(inquiry), item, _as_it_is(item), faults), status(faults)
    return redirect(here.address(name), 303)


def _found(here: Changing, name: str) -> Question | Table:
    found = here.wanted.ever_asked.get(name)
    if found is None:
        raise LookupError(name)
    return found


def _options(item: Question | Table) -> tuple[Option, ...]:
    return () if isinstance(item, Table) else tuple(getattr(item.kind, "choices", ()))


def _as_it_is(item: Question | Table) -> dict[str, str]:
    """Return what the fields hold for a question as it is."""
    typed = {
        "label_ja": item.label.ja,
        "label_en": english(item.label),
        "hint_ja": item.hint.ja if item.hint else "",
        "hint_en": english(item.hint),
        "example": getattr(item, "example", None) or "",
        "required": "1" if item.required else "",
    }
    for option in _options(item):
        typed |= {f"option.{option.code}.ja": option.label.ja, f"option.{option.code}.en": english(option.label)}
    return typed


def _faults(item: Question | Table, typed: dict[str, str]) -> Faults:
    """Return what is wrong with the texts, by field."""
    faults: Faults = {}
    if not typed.get("label_ja"):
        faults["label_ja"] = _("設問の文を入力してください。")
    for option in _options(item):
        if not typed.get(f"option.{option.code}.ja"):
            faults[f"option.{option.code}.ja"] = _(
                "選択肢の文を入力してください。なくすときは「廃止」を選んでください。"
            )
    if typed.get("option_new_en") and not typed.get("option_new_ja"):
        faults["option_new_ja"] = _("加える選択肢の文を、日本語で入力してください。")
    for key, text in typed.items():
        if key.startswith(("label_", "hint_", "example", "option")):
            problems = TEXT.parse((text,), Setting()).problems
            if problems:
                faults[key] = wording.problem(problems[0], wording.language())
    return faults


def _reworded(document: Node, item: Question | Table, typed: dict[str, str]) -> Node:
    hint = pair(typed["hint_ja"], typed.get("hint_en", "")) if typed.get("hint_ja") else None
    words = editing.Wording(
        pair(typed["label_ja"], typed.get("label_en", "")),
        hint,
        typed.get("example") or None,
        required="required" in typed,
    )
    changed = editing.reworded(document, item.name, words)
    for option in _options(item):
        label = pair(typed[f"option.{option.code}.ja"], typed.get(f"option.{option.code}.en", ""))
        changed = editing.option_reworded(changed, item.name, option.code, label)
    if typed.get("option_new_ja"):
        code = editing.next_code({option.code for option in _options(item)})
        changed = editing.with_option(
            changed, item.name, code, pair(typed["option_new_ja"], typed.get("option_new_en", ""))
        )
    return changed


def _acted(document: Node, here: Changing, item: Question | Table, faults: Faults) -> Node:
    """Do what the button says besides saving the words; what cannot be done is told."""
    act, _colon, code = request.form.get("act", "").partition(":")
    codes = {option.code for option in _options(item)}
    if act == "retire":
        if by := needed_by(here.wanted, item.name):
            faults["whole"] = wording_changes.needed(item.name, by, here.wanted)
            return document
        return editing.retired(document, item.name)
    if act == "restore":
        return editing.retired(document, item.name, yes=False)
    if act in ("retire_option", "restore_option") and code in codes:
        return editing.option_retired(document, item.name, code, yes=act == "retire_option")
    return document


def _page(here: Changing, item: Question | Table, typed: dict[str, str], faults: Faults | None = None) -> str:
    return render_template(
        "changing/question.html",
        here=here,
        item=item,
        is_table=isinstance(item, Table),
        options=_options(item),
        sharing=editing.sharing(here.document, item.name) if _options(item) else (),
        typed=typed,
        faults=faults or {},
        words=wording_changes,
    )
