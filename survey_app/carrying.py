"""Carries what was typed past an interruption, such as a session that ran out: nothing typed is lost."""

from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

CARRIED = "carried:"
NOT_CARRIED = frozenset({"csrf_token", "password", "password_present", "password_new", "password_again"})

Fields = list[tuple[str, str]]


def posted_fields(form: MultiDict[str, str]) -> Fields:
    """Return the fields of a form that was sent, but for tokens and passwords."""
    return [(name, value) for name, value in form.items(multi=True) if name not in NOT_CARRIED]


def carried_form(form: MultiDict[str, str]) -> Fields:
    """Return the fields that a page carried along for another form."""
    return [(name.removeprefix(CARRIED), value) for name, value in form.items(multi=True) if name.startswith(CARRIED)]


def inside(target: str) -> str:
    """Return an address of this site; nothing for any other."""
    parts = urlsplit(target)
    plain = target.isprintable() and "\\" not in target and " " not in target
    ours = plain and target.startswith("/") and not target.startswith("//") and not parts.scheme and not parts.netloc
    return target if ours else ""
