"""The workbook that goes back to a division: the same one, with what is to be looked at coloured, noted and listed."""

from questions.labels import Language
from survey_app import wording_consulting
from survey_app.consulting.taking import TakenBook
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Mark, Opener
from survey_app.wording import translate

MARKED = (Weight.REFUSED, Weight.WRONG)


def marked_book(content: bytes, taken: TakenBook, language: Language = "ja") -> bytes:
    """Return the workbook that was sent, marked; its first sheet lists everything with links. Raises ``Refused``."""
    marks = [
        Mark(
            one.spot,
            (
                wording_consulting.place(one, language),
                one.content,
                wording_consulting.wrong(one, language),
                wording_consulting.mend(one, language),
            ),
            coloured=one.weight in MARKED,
        )
        for one in (*taken.found(*MARKED), *taken.found(Weight.NOTE))
    ]
    title = translate(wording_consulting.REPORT_TITLE, language) % {"count": len(marks)}
    with Opener() as opener:
        return opener.mark(content, title, marks)
