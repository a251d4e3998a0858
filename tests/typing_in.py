"""Types answers into a reply as the form does."""

from questions.answers import Entry, Place
from survey_app.store.replies import Changes, Reply

NIL_REPLY = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "０２４１－４８－５５１１（内線１２）",
    "A6": "somu@town.mishima.lg.jp",
    "A7": "head",
    "A8": "R8.11.20",
    "B1": "0",
}


def entry(reply: Reply, question: str, *texts: str) -> Entry:
    """Read texts as the kind of the question does."""
    parsed = reply.inquiry.questionnaire.questions[question].kind.parse(texts, reply.setting)
    return Entry(texts, parsed.value, parsed.problems)


def changes(reply: Reply, typed: dict[str, str], seen: int | None = None) -> Changes:
    """What is sent for questions outside tables; ``seen`` is the present revision when not given."""
    entries: dict[Place, Entry] = {("", name): entry(reply, name, text) for name, text in typed.items()}
    return Changes(reply.revision if seen is None else seen, entries)
