"""How the questions to the prefecture stand that were asked at single items of a reply."""

from survey_app.connections import database
from survey_app.store.conversations import Conversation, conversations
from survey_app.views.replying.opening import Opened


def threads(opened: Opened) -> dict[str, str]:
    """Return how the conversation about each item stands, by the item's name.

    "asking": the town hall waits; "answered": the prefecture has answered; "to_answer": the prefecture asks;
    "settled": closed by the town hall itself.
    """
    found = conversations(database(), opened.inquiry, opened.reply.municipality)
    return {one.question: _state(one) for one in found if one.question}


def _state(conversation: Conversation) -> str:
    if conversation.messages[-1].side == "municipality":
        return "asking" if conversation.is_open else "settled"
    asked = any(message.side == "municipality" for message in conversation.messages)
    return "answered" if asked or not conversation.is_open else "to_answer"
