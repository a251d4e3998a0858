"""shokai routing: which division answers the needs of which field."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from sqlite_utils import Database

from exports.needs import needs_table
from questions.setting import Setting
from survey_app import clock
from survey_app.cli.accounts import known_division
from survey_app.cli.commands import Group, Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.words import language, spoken, tell
from survey_app.store.audit import Who
from survey_app.store.divisions import listed
from survey_app.store.inquiries import Inquiry
from survey_app.store.routing import LEAD, SUPPORT, NewRule, routing_rules
from survey_app.store.routing_cells import RuleStands, add_support, set_lead

routing = Group(
    name="routing",
    no_args_is_help=True,
    ja="要望の振り分け（どの分野をどの課が受け持つか）を見る、変える。",
    en="See and change which division answers the needs of which field.",
)


@routing.command(
    "list",
    cls=Told,
    ja="分野ごとに、受け持つ課を見る。",
    en="List the fields with the divisions that answer for them.",
)
@click.argument("inquiry")
@with_database
def list_all(inquiry: str, database: Path) -> None:
    """List the routing of today."""
    with opened(database) as held:
        rows = list(_rows(held, _labels(known_inquiry(held, inquiry), "field")))
    for line in table(rows):
        click.echo(line)


def _rows(held: Database, fields: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    today, names = clock.now().date(), {one.id: one.name for one in listed(held)}
    rules = [one for one in routing_rules(held) if one.is_valid(today)]
    yield (spoken("分野", "Field"), "", spoken("主", "Lead"), spoken("関係", "Supporting"))
    for code, label in fields.items():
        by_part: dict[str, list[str]] = {LEAD: [], SUPPORT: []}
        for rule in (one for one in rules if one.field == code):
            form = f"（{rule.form}）" if rule.form else ""
            by_part[rule.part].append(f"{names.get(rule.division, '')}{form}")
        supports = [one for one in by_part[SUPPORT] if one not in by_part[LEAD]]
        yield (code, label, "、".join(by_part[LEAD]) or "－", "、".join(supports) or "－")


@routing.command(
    "set",
    cls=Told,
    ja="分野を受け持つ課を決める。\n\n"
    "FIELD は分野の記号（shokai routing list で見られます）、DIVISION は課の名前です。今日から、その課が主担当になり、"
    "それまでの主担当の期間は昨日までになります。",
    en="Say which division answers for a field.\n\n"
    "FIELD is the field's code (see shokai routing list), DIVISION the division's name. From today on it leads; the "
    "one that led until now ends yesterday.",
)
@click.argument("inquiry")
@click.argument("field")
@click.argument("division")
@click.option(
    "--form", cls=Option, default="", ja="この形態だけ（記号）。", en="For this form of support only (its code)."
)
@click.option(
    "--support", cls=Option, is_flag=True, ja="主担当でなく、関係する課として加える。", en="Add it in support."
)
@with_database
def set_one(inquiry: str, field: str, division: str, form: str, support: bool, database: Path) -> None:
    """Route a field."""
    now = clock.now()
    with opened(database) as held:
        found = known_inquiry(held, inquiry)
        fields, forms = _labels(found, "field"), _labels(found, "form")
        _check(fields, field)
        if form:
            _check(forms, form)
        named = known_division(held, division)
        new = NewRule(field, form, named.id, SUPPORT if support else LEAD, now.date())
        who, ended = Who(None, "shokai routing", now), False
        try:
            if support:
                add_support(held, new, who)
            else:
                ended = bool(set_lead(held, new, who))
        except RuleStands as fault:
            raise Failure(
                "今日から後の振り分けがすでにあります。画面の「振り分け」でその期間を変えてください。",
                "A rule for a later day stands. Change its term on the pages.",
            ) from fault
    topic = f"{fields[field]}・{forms[form]}" if form else fields[field]
    part = spoken("関係課" if support else "主担当", "supporting" if support else "leading")
    tell(f"{topic}の{part}は{named.name}です。", f"{topic}: {named.name} ({part}).")
    if ended:
        tell("主担当になったため、この課を関係課から外しました。", "It leads now, and is no longer named in support.")


def _check(known: Mapping[str, str], code: str) -> None:
    if code not in known:
        there = "、".join(f"{one} {label}" for one, label in known.items())
        raise Failure(f"「{code}」という記号はありません。いまある記号：{there}", f"There is no “{code}”: {there}")


def _labels(inquiry: Inquiry, column: str) -> dict[str, str]:
    """Return the fields or the forms of support of an inquiry's needs by code. Raises Failure."""
    asked = needs_table(inquiry.questionnaire)
    if asked is None or asked.need is None:
        raise Failure(
            f"照会「{inquiry.name}」には、要望の表がありません。",
            f"The inquiry “{inquiry.name}” has no table of needs.",
        )
    question = inquiry.questionnaire.questions.get(getattr(asked.need, column) or "")
    options = () if question is None else question.kind.options(Setting())
    return {one.code: one.label.text(language()) for one in options}
