"""One need with the form of its response beside it; saved as far as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from exports.divisions.hidden_pages import fits_the_book
from questions.answers import Answers, Entry
from questions.checking import Examination
from questions.problems import Level, Problem
from questions.responses import CONTACT, DISPOSITION, telling
from questions.setting import Setting
from survey_app import wording
from survey_app.access import current_account
from survey_app.connections import database
from survey_app.consulting.answers import State, answers, earlier, heard
from survey_app.forms import AnswerField, AnswerForm, Clash, Frame, anchor
from survey_app.progress import UNANSWERED
from survey_app.store.responses import COLUMNS, HandedIn, Kept, Typed, save_response
from survey_app.store.rounds import RoundClosed
from survey_app.views.consulted.opening import Line, OwnRound, own_round, who
from survey_app.views.replying.notes import note
from survey_app.views.replying.ways import Link

LEVELS = ("typed", "all")


@dataclass(frozen=True)
class NeedPage:
    """One need as its page shows it; ``suggested``: the contact is filled in, and not saved yet."""

    own: OwnRound
    line: Line
    form: AnswerForm
    suggested: bool

    @property
    def refusal(self) -> str:
        """Why the response cannot be changed now: closed, handed; "" when it can."""
        if not self.own.consultation.round.is_open:
            return "closed"
        return "handed" if self.line.answer.state is State.HANDED else ""

    def tell(self, level: str) -> tuple[Link, ...]:
        """Put what is wrong beside its fields, with what is missing when ``level`` is "all"; return the links to it."""
        told = [one for one in self._problems() if level == "all" or one.code not in UNANSWERED]
        self.form.tell(told)
        if not level:
            return ()
        labels = telling().questions
        language = wording.language()
        return tuple(
            Link(
                f"#{anchor(one.place)}",
                f"{labels[one.question].label.text(language)} — {wording.problem(one, language)}",
            )
            for one in told
        )

    def _problems(self) -> Iterable[Problem]:
        return (one for one in self.form.examination.problems() if one.level is Level.ERROR)


def need(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Show a need with the response as it is stored."""
    own = own_round(inquiry, number)
    line = own.line(control)
    copied = _last_time(own, line) if "copy" in request.args and line.answer.response is None else None
    page = _opened(own, line, copied)
    level = request.args.get("show", "")
    return _page(page, problems=page.tell(level if level in LEVELS else ""), copied=copied is not None)


def save(inquiry: str, number: int, control: str) -> ResponseReturnValue:
    """Save a response, complete or not, and go where the button leads."""
    own = own_round(inquiry, number)
    page = _opened(own, own.line(control), request.form)
    texts = _texts(page)
    if _is_nothing(page, texts):
        return redirect(_onward(own, page, "next"), 303)
    if any(not fits_the_book(text) for text in texts.values()):
        return _page(page, unkept=_overlong(page, texts)), 422
    typed = Typed(texts, request.form.get("seen", 0, type=int), _digest(page), "web")
    try:
        kept = save_response(database(), own.consultation.round, page.line.answer.asked, typed, who())
    except (RoundClosed, HandedIn) as fault:
        page.tell("typed")
        return _page(page, refused="closed" if isinstance(fault, RoundClosed) else "handed"), 409
    if kept.clashes:
        return _clashed(inquiry, number, control, kept), 409
    return redirect(_onward(own, page, request.form.get("go", "stay")), 303)


def _opened(own: OwnRound, line: Line, typed: MultiDict[str, str] | None = None) -> NeedPage:
    """Make the page of a need, from what is stored or from what was typed."""
    questionnaire, setting = telling(), Setting(today=own.at.date())
    stored = {} if line.answer.response is None else line.answer.response.texts
    entries = {}
    for name, text in stored.items():
        given = (text,) if text.strip() else ()
        parsed = questionnaire.questions[name].kind.parse(given, setting)
        entries["", name] = Entry(given, parsed.value, parsed.problems)
    frame = Frame(Examination(questionnaire, Answers(entries), setting), wording.language())
    form = AnswerForm((("", name) for name in COLUMNS), frame, typed)
    _with_codes(form.at(("", DISPOSITION)))
    suggested = line.answer.response is None and typed is None
    if suggested:
        form.at(("", CONTACT)).entry = Entry((_own_contact(),))
    return NeedPage(own, line, form, suggested)


def _last_time(own: OwnRound, line: Line) -> MultiDict[str, str] | None:
    """Return what the division answered to a need in the round before, as if it were typed; None: nothing."""
    for _round, several in earlier(database(), own.consultation, line.key, own.division):
        texts = next((one.response.texts for one in several if one.division.id == own.division and one.response), None)
        if texts:
            return MultiDict(texts)
    return None


def _with_codes(field: AnswerField) -> None:
    """Let the dispositions be chosen by their codes: A 対応済み・…"""
    field.options = tuple(SelectChoice(one.value, f"{one.value} {one.label}") for one in field.options)


def _own_contact() -> str:
    account = current_account()
    telephone = f"（{account.telephone}）" if account.telephone else ""
    name = account.name if account.name.startswith(account.place) else f"{account.place} {account.name}"
    return f"{name}{telephone}"


def _texts(page: NeedPage) -> dict[str, str]:
    """Return the texts that were sent, but for those of which somebody else's was chosen."""
    sent = {field.question.name: field for field in page.form if field.sent}
    kept = {name: field for name, field in sent.items() if f"theirs.{name}" not in request.form}
    return {name: "".join(field.entry.texts) for name, field in kept.items()}


def _overlong(page: NeedPage, texts: Mapping[str, str]) -> list[Link]:
    """Return the links to texts that no cell can hold; without them no workbook could be made of the round."""
    page.tell("typed")
    language, labels = wording.language(), telling().questions
    named = [(page.form.at(("", name)), name) for name, text in texts.items() if not fits_the_book(text)]
    return [Link(f"#{field.id}", labels[name].label.text(language)) for field, name in named]


def _is_nothing(page: NeedPage, texts: dict[str, str]) -> bool:
    """Was nothing typed but what the page had filled in itself?"""
    if page.line.answer.response is not None:
        return False
    return not any(text for name, text in texts.items() if name != CONTACT) and texts.get(CONTACT) in (
        "",
        None,
        _own_contact(),
    )


def _digest(page: NeedPage) -> str:
    """Return which state of the need the page showed."""
    matter = page.line.matter
    known = {one.digest for one in (matter.asked, matter.now) if one is not None}
    seen = request.form.get("digest", "")
    return seen if seen in known else matter.asked.digest


def _clashed(inquiry: str, number: int, control: str, kept: Kept) -> str:
    """Show the page again with both texts where somebody else changed the same; the rest is saved."""
    mine = request.form.copy()
    clashing = {one.question: one for one in kept.clashes}
    for name in COLUMNS:
        if name not in clashing:
            mine.poplist(name)
    own = own_round(inquiry, number)
    page = _opened(own, own.line(control), mine)
    page.tell("")
    language, links = wording.language(), []
    for name, clash in clashing.items():
        field = page.form.at(("", name))
        field.clash = Clash(clash.by, clash.theirs, clash.mine)
        links.append(Link(f"#{field.id}", telling().questions[name].label.text(language)))
    return _page(page, conflicts=links)


def _onward(own: OwnRound, page: NeedPage, go: str) -> str:
    """Return where a saved page leads: back to it with what is to be seen, on to the next need, or to the list."""
    name, round_ = own.consultation.inquiry.name, own.consultation.round.number
    here: dict[str, Any] = {"inquiry": name, "number": round_, "control": page.line.control}
    wrong = any(one.code not in UNANSWERED for one in page._problems())
    if go == "next" and wrong:
        return url_for("consulted.need", **here, show="typed", _anchor="problems")
    if go == "check":
        complete = not list(page._problems())
        note("saved")
        more: dict[str, Any] = {} if complete else {"show": "all", "_anchor": "problems"}
        return url_for("consulted.need", **here, **more)
    note("saved")
    following = own_round(name, round_).next_after(page.line.control) if go == "next" else None
    if following is not None:
        return url_for("consulted.need", inquiry=name, number=round_, control=following.control)
    if go == "next":
        return url_for("consulted.round", inquiry=name, number=round_)
    return url_for("consulted.need", **here)


def _page(page: NeedPage, **told: object) -> str:
    own, key = page.own, page.line.key
    together = answers(database(), own.consultation, own.at.date())[key]
    return render_template(
        "consulted/need.html",
        own_telephone=bool(current_account().telephone),
        own=own,
        page=page,
        words=own.consultation.words(page.line.matter.need, wording.language()),
        asked_words=own.consultation.words(page.line.matter.asked, wording.language()),
        together=[own.consultation.words(one, wording.language()) for one in page.line.matter.together],
        others=[one for one in together if one.division.id != own.division],
        heard=heard(database(), own.consultation, page.line.matter),
        earlier=earlier(database(), own.consultation, key, own.division),
        guide=telling().guide,
        **{"problems": (), "conflicts": (), "unkept": (), "refused": "", "copied": False, **told},
    )
