"""Carries what was typed past an interruption, such as a session that ran out: nothing typed is lost."""

from werkzeug.datastructures import MultiDict

CARRIED = "carried:"
NOT_CARRIED = frozenset({"csrf_token", "password"})

Fields = list[tuple[str, str]]


def posted_fields(form: MultiDict[str, str]) -> Fields:
    """Return the fields of a form that was sent, but for tokens and passwords."""
    return [(name, value) for name, value in form.items(multi=True) if name not in NOT_CARRIED]


def carried_form(form: MultiDict[str, str]) -> Fields:
    """Return the fields that a page carried along for another form."""
    return [(name.removeprefix(CARRIED), value) for name, value in form.items(multi=True) if name.startswith(CARRIED)]
