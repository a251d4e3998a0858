"""New rules begin as warnings for those who have handed in already: names of rules, and what they find eased."""

from collections.abc import Iterable

from questions.problems import Code, Level, Problem

REQUIRED, CONSTRAINT, ROWS, CHECK = "required", "constraint", "rows", "check"
_OF_A_QUESTION = {
    Code.REQUIRED: REQUIRED,
    Code.REQUIRED_HERE: REQUIRED,
    Code.CONSTRAINT: CONSTRAINT,
    Code.TOO_FEW_ROWS: ROWS,
    Code.TOO_MANY_ROWS: ROWS,
    Code.RANK: ROWS,
}


def rule_name(rule: str, of: str) -> str:
    """Return the name by which a rule is eased: ``required:B4``; of a check its own name: ``check:sum``."""
    return f"{rule}:{of}"


def rule_of(problem: Problem) -> str | None:
    """Return the name of the rule that found a problem; None for what a kind cannot read, which is no rule."""
    if problem.code is Code.CHECK:
        return rule_name(CHECK, str(problem.context.get("check", "")))
    rule = _OF_A_QUESTION.get(problem.code)
    return None if rule is None else rule_name(rule, problem.question)


def eased(problems: Iterable[Problem], names: frozenset[str]) -> Iterable[Problem]:
    """Yield problems, those of eased rules as notes: they are said, and keep nobody from handing in."""
    for problem in problems:
        soft = problem.level is not Level.NOTE and rule_of(problem) in names
        if soft:
            yield Problem(problem.code, problem.question, problem.row, Level.NOTE, problem.context)
        else:
            yield problem
