"""What changes when a questionnaire that is answered already is changed; and what cannot be changed then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questions.easing import CHECK, CONSTRAINT, REQUIRED, ROWS, rule_name
from questions.expressions.nodes import Expression
from questions.kinds.base import Option
from questions.labels import Label
from questions.model import Check, Item, Question, Questionnaire, Table
from questions.narrowing import Judged, judged

Sort = Literal[
    "title", "guide", "section", "label", "hint", "required", "not_required", "rule", "relevant", "limit", "other",
    "added", "retired", "restored", "option_added", "option_label", "option_retired", "option_restored", "order",
    "check_added", "check_changed", "check_removed",
    "name", "nil", "kind", "meaning", "narrowed", "elsewhere", "gone", "needed", "no_option",
]  # fmt: skip
REFUSED = frozenset({"name", "nil", "kind", "meaning", "narrowed", "elsewhere", "gone", "needed", "no_option"})
"""Changes by which an answer would come to stand under another question, or could no longer be read."""


@dataclass(frozen=True)
class QuestionnaireChange:
    """One thing that is not what it was.

    ``name``: the question, table, section or check; "" for the whole. ``code``: of an option. ``before`` and
    ``after``: labels, or names and sources of expressions; None where there is none. ``rules``: names of the rules
    that are new with it (``questions.easing``).
    """

    sort: Sort
    name: str = ""
    code: str = ""
    before: Label | str | None = None
    after: Label | str | None = None
    rules: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Can it not be done while there are answers?"""
        return self.sort in REFUSED


def compare(before: Questionnaire, after: Questionnaire) -> tuple[QuestionnaireChange, ...]:
    """Return everything that changes, in the order of the questionnaire as it will be, what is refused included."""
    found = list(_of_whole(before, after))
    was, now = before.ever_asked, after.ever_asked
    here, there = _places(before), _places(after)
    found += [QuestionnaireChange("gone", name, before=was[name].label) for name in was if name not in now]
    for name, item in now.items():
        if name not in was:
            if there[name].asked:
                found.append(QuestionnaireChange("added", name, after=item.label, rules=tuple(_rules(item))))
        elif _shape(was[name]) != _shape(item):
            found.append(QuestionnaireChange("kind", name, before=_shape(was[name]), after=_shape(item)))
        elif here[name].holder != there[name].holder:
            holders = {"before": here[name].holder[-1], "after": there[name].holder[-1]}
            found.append(QuestionnaireChange("elsewhere", name, **holders))  # type: ignore[arg-type]
        else:
            found += _of_item(was[name], item, (here[name].asked, there[name].asked))
    found += _of_order(before, after)
    found += _of_checks(before, after)
    return tuple(found) + tuple(_needed(after))


def new_rules(changes: tuple[QuestionnaireChange, ...]) -> frozenset[str]:
    """Return the names of the rules that are new, or not what they were."""
    return frozenset(rule for change in changes for rule in change.rules)


def needed_by(questionnaire: Questionnaire, name: str) -> tuple[str, ...]:
    """Return what refers to a question or to a column of a table: names of what is asked by it, and of checks."""
    item = questionnaire.ever_asked[name]
    names = {name, *(column.name for column in (item.questions if isinstance(item, Table) else ()))}
    found = [address for address, one in _expressions(questionnaire) if names.intersection(one.references())]
    for table in questionnaire.tables.values():
        pointers = {table.rank, *(dict(table.need).values() if table.need else ())}
        found += [table.name] if names.intersection(filter(None, pointers)) else []
    if questionnaire.nil is not None and questionnaire.nil.question in names:
        found.append("nil")
    found += [rule.name for rule in questionnaire.across if names & {rule.question, rule.by}]
    return tuple(one for one in dict.fromkeys(found) if one not in names)


@dataclass(frozen=True)
class _Where:
    """Where a question stands: (section, table or ""), and whether it is asked."""

    holder: tuple[str, ...]
    asked: bool


def _places(questionnaire: Questionnaire) -> dict[str, _Where]:
    found: dict[str, _Where] = {}
    for section in questionnaire.past or questionnaire.sections:
        for item in section.items:
            found[item.name] = _Where((section.name,), not item.retired)
            for column in item.questions if isinstance(item, Table) else ():
                found[column.name] = _Where((section.name, item.name), not item.retired and not column.retired)
    return found


def _shape(item: Item) -> str:
    return "table" if isinstance(item, Table) else item.kind.name


def _of_whole(before: Questionnaire, after: Questionnaire) -> Iterator[QuestionnaireChange]:
    if before.name != after.name:
        yield QuestionnaireChange("name", before=before.name, after=after.name)
    if before.nil != after.nil:
        yield QuestionnaireChange("nil")
    for was, now in ((before.title, after.title), (before.style, after.style)):
        if was != now:
            yield QuestionnaireChange("title", before=was, after=now)
    if before.guide != after.guide:
        yield QuestionnaireChange("guide")
    if (before.constants, before.across) != (after.constants, after.across):
        yield QuestionnaireChange("other")
    sections = {section.name: section for section in before.past or before.sections}
    for section in after.past or after.sections:
        earlier = sections.get(section.name)
        if earlier is not None and earlier.title != section.title:
            yield QuestionnaireChange("section", section.name, before=earlier.title, after=section.title)
        if earlier is not None and _source(earlier.relevant) != _source(section.relevant):
            conditions = (_source(earlier.relevant), _source(section.relevant))
            yield QuestionnaireChange("relevant", section.name, "", *conditions)


def _of_item(was: Item, now: Item, asked: tuple[bool, bool]) -> Iterator[QuestionnaireChange]:
    name = now.name
    if asked == (True, False):
        yield QuestionnaireChange("retired", name, before=was.label)
    if asked == (False, True):
        yield QuestionnaireChange("restored", name, after=now.label, rules=tuple(_rules(now)))
    if was.label != now.label:
        yield QuestionnaireChange("label", name, before=was.label, after=now.label)
    if (was.hint, getattr(was, "example", None)) != (now.hint, getattr(now, "example", None)):
        yield QuestionnaireChange("hint", name, before=was.hint, after=now.hint)
    if was.required != now.required:
        rule = rule_name(ROWS if isinstance(now, Table) else REQUIRED, name)
        yield QuestionnaireChange("required" if now.required else "not_required", name, rules=(rule,))
    if _source(was.relevant) != _source(now.relevant):
        yield QuestionnaireChange("relevant", name, before=_source(was.relevant), after=_source(now.relevant))
    if isinstance(was, Table) and isinstance(now, Table):
        yield from _of_table(was, now)
    elif isinstance(was, Question) and isinstance(now, Question):
        yield from _of_question(was, now)


def _of_table(was: Table, now: Table) -> Iterator[QuestionnaireChange]:
    if (was.least, was.most, was.rank) != (now.least, now.most, now.rank):
        yield QuestionnaireChange("rule", now.name, rules=(rule_name(ROWS, now.name),))
    if was.need != now.need:
        yield QuestionnaireChange("meaning", now.name)


def _of_question(was: Question, now: Question) -> Iterator[QuestionnaireChange]:
    for key, rule in (("required_when", REQUIRED), ("constraint", CONSTRAINT)):
        sources = _source(getattr(was, key)), _source(getattr(now, key))
        if sources[0] != sources[1]:
            rules = () if sources[1] is None else (rule_name(rule, now.name),)
            yield QuestionnaireChange("rule", now.name, "", *sources, rules)
        elif getattr(was, f"{rule}_message") != getattr(now, f"{rule}_message"):
            yield QuestionnaireChange("hint", now.name)
    if (was.contact, was.anew) != (now.contact, now.anew):
        yield QuestionnaireChange("other", now.name)
    sorts: dict[Judged, Sort] = {"wider": "limit", "words": "hint", "narrower": "narrowed", "meaning": "meaning"}
    for key, verdict in judged(was.kind, now.kind):
        yield QuestionnaireChange(sorts[verdict], now.name, before=key)
    yield from _of_options(now.name, _options(was), _options(now))


def _options(question: Question) -> Mapping[str, Option]:
    return {option.code: option for option in getattr(question.kind, "choices", ())}


def _of_options(name: str, was: Mapping[str, Option], now: Mapping[str, Option]) -> Iterator[QuestionnaireChange]:
    for code, option in now.items():
        earlier = was.get(code)
        if earlier is None:
            if not option.retired:
                yield QuestionnaireChange("option_added", name, code, after=option.label)
            continue
        if earlier.retired != option.retired:
            sort: Sort = "option_retired" if option.retired else "option_restored"
            yield QuestionnaireChange(sort, name, code, earlier.label, option.label)
        if earlier.label != option.label:
            yield QuestionnaireChange("option_label", name, code, earlier.label, option.label)
    for code in was.keys() - now.keys():
        yield QuestionnaireChange("gone", name, code, was[code].label)
    if now and all(option.retired for option in now.values()):
        yield QuestionnaireChange("no_option", name)
    orders = [[one for one in some if one in was and one in now] for some in (was, now)]
    if orders[0] != orders[1]:
        yield QuestionnaireChange("order", name)


def _of_order(before: Questionnaire, after: Questionnaire) -> Iterator[QuestionnaireChange]:
    """Tell sections and tables in which what was there stands in another order, and the sections themselves."""
    was, now = _orders(before), _orders(after)
    for holder, names in now.items():
        earlier = was.get(holder, [])
        if [one for one in earlier if one in names] != [one for one in names if one in earlier]:
            yield QuestionnaireChange("order", holder)


def _orders(questionnaire: Questionnaire) -> dict[str, list[str]]:
    found = {"": [section.name for section in questionnaire.sections]}
    for section in questionnaire.sections:
        found[section.name] = [item.name for item in section.items]
        tables = (table for table in section.tables() if table.name != section.name)
        found |= {table.name: [one.name for one in table.questions] for table in tables}
    return found


def _of_checks(before: Questionnaire, after: Questionnaire) -> Iterator[QuestionnaireChange]:
    was = {check.name: check for check in before.checks}
    for check in after.checks:
        earlier = was.pop(check.name, None)
        if earlier == check:
            continue
        new = earlier is None or _rule(earlier) != _rule(check)
        rules = (rule_name(CHECK, check.name),) if new else ()
        sort: Sort = "check_added" if earlier is None else "check_changed"
        message = None if earlier is None else earlier.message
        yield QuestionnaireChange(sort, check.name, "", message, check.message, rules)
    for check in was.values():
        yield QuestionnaireChange("check_removed", check.name, before=check.message)


def _rule(check: Check) -> tuple[object, ...]:
    return (check.at, _source(check.expression), check.level)


def _rules(item: Item) -> Iterator[str]:
    """Yield the names of the rules that come with a question or table."""
    if isinstance(item, Table):
        yield rule_name(ROWS, item.name)
        for column in item.questions:
            yield from _rules(column)
        return
    if item.required or item.required_when is not None:
        yield rule_name(REQUIRED, item.name)
    if item.constraint is not None:
        yield rule_name(CONSTRAINT, item.name)


def _needed(after: Questionnaire) -> Iterator[QuestionnaireChange]:
    """Find what is retired while what is still asked depends on it."""
    live = {*after.questions, *after.tables}
    for name in after.ever_asked:
        if name not in live and (by := needed_by(after, name)):
            yield QuestionnaireChange("needed", name, before=after.ever_asked[name].label, after="、".join(by))


def _expressions(questionnaire: Questionnaire) -> Iterator[tuple[str, Expression]]:
    """Yield the expressions of what is asked, with the name of what they belong to."""
    for section in questionnaire.sections:
        if section.relevant is not None:
            yield section.name, section.relevant
        for item in section.items:
            for one in (item, *(item.questions if isinstance(item, Table) else ())):
                for key in ("relevant", "required_when", "constraint"):
                    found = getattr(one, key, None)
                    if found is not None:
                        yield one.name, found
    for check in questionnaire.checks:
        yield check.name, check.expression


def _source(expression: Any) -> str | None:
    return None if expression is None else str(expression.source)
