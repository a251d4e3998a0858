"""問い合わせ先: kept as one text with an inquiry, typed as four fields."""

from collections.abc import Mapping

_MARKS = {"contact_person": "担当：", "contact_telephone": "電話：", "contact_mail": "メール："}


def contact_text(texts: Mapping[str, str]) -> str:
    """Return the text: the section, then a line for each of person, telephone and mail."""
    lines = [texts.get("contact_section", "")]
    lines += [f"{sign}{texts[name]}" for name, sign in _MARKS.items() if texts.get(name)]
    return "\n".join(line for line in lines if line)


def contact_fields(text: str) -> dict[str, str]:
    """Take such a text apart; lines without a mark are the section."""
    found = dict.fromkeys(("contact_section", *_MARKS), "")
    for line in text.splitlines():
        name = next((name for name, sign in _MARKS.items() if line.startswith(sign)), "")
        if name and not found[name]:
            found[name] = line.removeprefix(_MARKS[name])
        else:
            found["contact_section"] = "　".join(filter(None, (found["contact_section"], line)))
    return found
