"""What became of a need in words: its disposition, what is done, and what belongs to it."""

from exports.answers.told import Answer, Asked, Told
from exports.words import office
from questions.labels import Language

_HEADED = ("課", "室", "局", "部", "所")
WAITING = {"ja": "検討中（担当課の回答待ち）", "en": "Under review (waiting for the division)"}
"""What is told of a need to which the division that was asked has not answered yet."""
UNASKED = {"ja": "担当課を調整中です", "en": "The division in charge is being arranged"}
"""What is told of a need about which no division was asked yet."""


def unanswered(need: Asked, language: Language = "ja") -> str:
    """Return what is told of a need that has no answer yet."""
    return (UNASKED if need.unasked else WAITING)[language]


def facts(answer: Answer, language: Language = "ja") -> tuple[tuple[str, str], ...]:
    """Return what belongs to an answer beside its text: (label, words), without what is blank."""
    said = (
        (("措置", "Measure"), answer.measure),
        (("予定時期", "Planned for"), answer.when(language)),
        (("理由", "Reason"), answer.reason),
        (("相手先", "Addressee"), answer.addressee),
    )
    return tuple((english if language == "en" else japanese, words) for (japanese, english), words in said if words)


def status(need: Told, language: Language = "ja") -> str:
    """Return the disposition of a need in words."""
    if need.lead is None:
        return unanswered(need, language)
    return need.lead.disposition if need.lead.label is None else need.lead.label.text(language)


def sender(issuer: str) -> str:
    """Return who writes: the head of the office that asked, as in the covering letter."""
    name = office(issuer)
    return f"{name}長" if name.endswith(_HEADED) else name


def whole(answer: Answer) -> str:
    """Return an answer as one text of several lines, without its disposition."""
    lines = [answer.text, *(f"{label}：{words}" for label, words in facts(answer))]
    return "\n".join(line for line in lines if line)


def in_one_text(need: Told) -> str:
    """Return what became of a need as one text, as it is shown beside the question a year later."""
    if need.lead is None:
        return unanswered(need)
    return f"【{status(need)}】{whole(need.lead)}"
