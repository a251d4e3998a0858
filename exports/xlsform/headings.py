"""Recognises the headings of XLSForm's sheets as people write them."""

import re
import unicodedata

OTHER_WORDS = {
    "relevance": "relevant",
    "caption": "label",
    "list": "list_name",
    "listname": "list_name",
    "constraint_msg": "constraint_message",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "calculate": "calculation",
    "command": "type",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}
"""Other words for the columns, which XLSForm or its forerunners allow."""
PREFIXES = frozenset({"bind", "body", "control", "jr"})
"""Parts of a heading before the word that counts: bind::relevant."""
OWN = "shokai"
"""The prefix of the columns and sheets that only we know."""
JAPANESE, ENGLISH = "ja", "en"
_LANGUAGES = {
    **dict.fromkeys(("japanese", "日本語", "ja", "jp", "jpn", "ja-jp"), JAPANESE),
    **dict.fromkeys(("english", "英語", "en", "eng", "en-us", "en-gb"), ENGLISH),
}
_CODE = re.compile(r"\(\s*([a-z]{2,3})\b[^)]*\)$")
_LANGUAGE_OF = {"ja": JAPANESE, "jpn": JAPANESE, "en": ENGLISH, "eng": ENGLISH}
SPOKEN = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "message"})
"""Columns that stand once for each language."""
_OWN_SPOKEN = 3  # shokai, the word, the language


def plain(text: str) -> str:
    """Return a heading or another word without what does not count: width, case, blanks around it."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def heading(text: str) -> str:
    """Return the name of a column: "relevant", "label:ja", "label" (no language said), "shokai:unit:en".

    A language that is neither Japanese nor English gives such as "label:français (fr)"; an unknown heading itself.
    """
    parts = [part.strip() for part in re.split(r"::?", plain(text))]
    while len(parts) > 1 and parts[0] in PREFIXES:
        parts = parts[1:]
    if parts[0] == OWN and len(parts) > 1:
        word = re.sub(r"[ -]", "_", parts[1])
        return ":".join([OWN, word, *(language(part) for part in parts[2:_OWN_SPOKEN])])
    word = re.sub(r"[ -]", "_", parts[0])
    word = OTHER_WORDS.get(word, word)
    if len(parts) > 1 and word in SPOKEN:
        return f"{word}:{language(parts[1])}"
    return ":".join([word, *parts[1:]])


def language(text: str) -> str:
    """Return "ja" or "en" for the name of a language, else the name."""
    name = plain(text)
    if found := _CODE.search(name):
        return _LANGUAGE_OF.get(found[1], name)
    return _LANGUAGES.get(name, name)
