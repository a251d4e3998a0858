"""The report on letters that came back: a line for each file, for each opinion, and for what is to be looked at."""

from collections.abc import Iterator, Sequence

from exports.form.opened import address
from questions.labels import Language
from survey_app import wording_consulting, wording_opinions
from survey_app.opinions.taking import TakenLetter
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Mark, Opener
from survey_app.receiving.reporting import COLUMNS, Entry, ReportWords
from survey_app.wording import translate

REPORT = ReportWords(wording_opinions.REPORT_TITLE, "shokai opinions", ("ファイル", "管理番号", "団体名"))
OPINION, KNOWN = "opinion", "known"


def said_of(letter: TakenLetter, language: Language) -> str:
    """Return what became of a file as a whole."""
    if letter.refusal is not None:
        return wording_opinions.refusal(letter.refusal, language)
    new = len(letter.new)
    counts = {"new": new, "known": len(letter.said) - new, "left": letter.left_out}
    return translate(wording_opinions.OUTCOME, language) % counts


def entries(letters: Sequence[TakenLetter], language: Language) -> Iterator[Entry]:
    """Yield the lines of the report, by the same names as that on the forms of municipalities."""
    for letter in letters:
        head = {**dict.fromkeys(COLUMNS, ""), "file": letter.file, "municipality": letter.town}
        yield {**head, "weight": "file", "wrong": said_of(letter, language)}
        for one in letter.said:
            told = {"code": one.need.control, "question": one.need.subject, "content": one.text}
            yield {**head, **told, "weight": KNOWN if one.known else OPINION}
        for found in letter.findings:
            yield {
                **head,
                "weight": found.weight.value,
                "sheet": found.spot[0] if found.spot else "",
                "cell": address(found.spot) if found.spot else "",
                "code": found.control,
                "content": found.content,
                "wrong": wording_opinions.wrong(found, language),
                "mend": wording_opinions.mend(found, language),
            }


def marked_book(content: bytes, letter: TakenLetter, language: Language = "ja") -> bytes:
    """Return the workbook that was sent, marked; its first sheet lists everything with links. Raises ``Refused``."""
    marks = []
    for one in letter.findings:
        told = (wording_opinions.wrong(one, language), wording_opinions.mend(one, language))
        marks.append(Mark(one.spot, (one.control, one.content, *told), coloured=one.weight is not Weight.NOTE))
    title = translate(wording_consulting.REPORT_TITLE, language) % {"count": len(marks)}
    with Opener() as opener:
        return opener.mark(content, title, marks)
