"""What the cells of a form tell the one who fills them in, and what they offer."""

from exports.addresses import Area
from exports.form.anchors import LIST_NAME, MARK, choices_of
from exports.form.form import Form
from exports.form.guidance import advice
from exports.overlays import Intake
from questions.model import Question


def intake_of(question: Question, area: Area, form: Form) -> Intake | None:
    """Return the input message, drop-down and length of a question's cells; None for one that is filled in already."""
    if question.prefilled:
        return None
    title = f"{question.name} {question.label.ja}"
    message = "\n".join(advice(question, form.questionnaire, form.setting))
    if choices_of(question):
        return Intake(area, title, message, choices=f'"{MARK}"')
    if question.kind.options(form.setting):
        return Intake(area, title, message, choices=f"{LIST_NAME}{question.name}", strict=not question.kind.many)
    longest = question.kind.limits().get("longest")
    return Intake(area, title, message, longest=longest) if message or longest else None
