"""The workbook that goes back: the same one, with what is to be looked at coloured, noted and listed."""

from exports.form.opened import Spot
from questions.labels import Language
from survey_app import wording_receiving
from survey_app.receiving.findings import Finding, Weight
from survey_app.receiving.opening import Mark, Opener
from survey_app.receiving.received import Received
from survey_app.wording import translate

MARKED = (Weight.REFUSED, Weight.WRONG)


def marked_book(content: bytes, received: Received, language: Language = "ja", opener: Opener | None = None) -> bytes:
    """Return the workbook that was sent, marked; its first sheet lists what was refused, doubtful or wrong, with links.

    Notes on what was taken in anyway are listed last, and not coloured. Raises ``Refused`` when it cannot be opened.
    """
    found = (*received.found(*MARKED), *received.found(Weight.NOTE))
    marks = [_mark(finding, received, language) for finding in found]
    title = translate(wording_receiving.REPORT_TITLE, language) % {"count": len(marks)}
    if opener is not None:
        return opener.mark(content, title, marks)
    with Opener() as own:
        return own.mark(content, title, marks)


def _mark(finding: Finding, received: Received, language: Language) -> Mark:
    question = wording_receiving.question(finding, received.reply.inquiry.questionnaire, language)
    spot: Spot | None = finding.spot
    texts = (question, finding.content, *_told(finding, language))
    return Mark(spot, texts, coloured=finding.weight in MARKED)


def _told(finding: Finding, language: Language) -> tuple[str, str]:
    return wording_receiving.wrong(finding, language), wording_receiving.mend(finding, language)
