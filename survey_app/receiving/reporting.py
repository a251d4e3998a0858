"""The report on a batch of forms: one line for each file, and one for each thing that is to be looked at."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exports.addresses import Area
from exports.form.opened import address
from exports.sheets import Line, Paging, Sheet
from exports.typesetting import SMALL, height_of, lines_of
from exports.workbook import Properties, write_workbook
from questions.labels import Language
from questions.setting import Roster
from survey_app import wording_receiving
from survey_app.receiving.batches import Outcome
from survey_app.receiving.findings import Finding
from survey_app.receiving.received import Line as Compared
from survey_app.receiving.received import Received, Verdict
from survey_app.wording import REFUSALS, translate

FORMATS = (".xlsx", ".csv", ".json")
COLUMNS = ("file", "code", "municipality", "weight", "sheet", "cell", "question", "content", "wrong", "mend")
_HEADINGS = ("区分", "シート", "セル", "設問", "内容", "状況", "直し方")
_WIDTHS = (190, 76, 90, 70, 110, 56, 190, 200, 270, 270)
FILE, TAKEN, CONFLICT = "file", "taken", "conflict"

Entry = dict[str, str]


@dataclass(frozen=True)
class ReportWords:
    """What a report says of itself, and how it heads its first three columns."""

    title: str
    author: str
    headings: tuple[str, str, str]


OF_FORMS = ReportWords("回答票の取込み結果", "shokai receive", ("ファイル", "団体コード", "団体名"))


def entries(outcomes: Iterable[Outcome], roster: Roster, language: Language) -> Iterator[Entry]:
    """Yield the lines of the report, by the names in COLUMNS."""
    for outcome in outcomes:
        head = {"file": outcome.file.name, "code": outcome.municipality, "municipality": ""}
        if outcome.municipality:
            head["municipality"] = roster.name(outcome.municipality)
        yield _entry(head, FILE, wrong=said_of(outcome, language))
        received = outcome.received
        if received is not None:
            yield from (_of_finding(head, finding, received, language) for finding in received.findings)
            yield from (
                _of_conflict(head, line, received, language) for line in received.with_verdict(Verdict.CONFLICT)
            )


def said_of(outcome: Outcome, language: Language) -> str:
    """Return what became of a file as a whole."""
    if outcome.refusal is not None:
        return wording_receiving.refusal(outcome.refusal, language)
    if outcome.late:
        return translate(REFUSALS[outcome.late], language)
    taken = 0 if outcome.received is None else len(outcome.received.taken())
    counts = {"taken": taken, "left": outcome.left_out, "missing": outcome.missing}
    return translate(wording_receiving.OUTCOME, language) % counts


def write_report(file: Path, lines: Sequence[Entry], made_at: datetime, words: ReportWords = OF_FORMS) -> None:
    """Write the report as a workbook, as CSV that spreadsheets open, or as JSON: by the ending of its name."""
    if file.suffix.casefold() == ".json":
        file.write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    elif file.suffix.casefold() == ".csv":
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
        file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    else:
        about = Properties(words.title, words.author, "", made_at)
        with file.open("wb") as held:
            write_workbook(held, about, [_sheet(lines, words)])


def _sheet(lines: Sequence[Entry], words: ReportWords) -> Sheet:
    name, headings = "取込み結果", (*words.headings, *_HEADINGS)
    body = [_line([entry[column] for column in COLUMNS]) for entry in lines]
    return Sheet(
        name,
        _WIDTHS,
        [Line(headings, ("head",) * len(headings), 20), *body],
        frozen=(1, 1),
        filtered=Area(name, 0, 0, max(len(body), 1), len(headings) - 1),
        paging=Paging(repeat_rows=(0, 0)),
    )


def _line(cells: Sequence[str]) -> Line:
    tallest = max(lines_of(text, width, SMALL) for text, width in zip(cells, _WIDTHS, strict=True))
    return Line([text or None for text in cells], ("text small top",) * len(cells), height_of(tallest, SMALL))


def _of_finding(head: Entry, finding: Finding, received: Received, language: Language) -> Entry:
    questionnaire = received.reply.inquiry.questionnaire
    return _entry(
        head,
        finding.weight.value,
        sheet=finding.spot[0] if finding.spot else "",
        cell=address(finding.spot) if finding.spot else "",
        question=wording_receiving.question(finding, questionnaire, language),
        content=finding.content,
        wrong=wording_receiving.wrong(finding, language),
        mend=wording_receiving.mend(finding, language),
    )


def _of_conflict(head: Entry, line: Compared, received: Received, language: Language) -> Entry:
    name = line.place[1]
    label = f"{name} {received.reply.inquiry.questionnaire.label(name).text(language)}"
    theirs = translate(wording_receiving.THEIRS, language) % {"text": "、".join(line.theirs.texts)}
    return _entry(
        head,
        CONFLICT,
        sheet=line.spot[0] if line.spot else "",
        cell=address(line.spot) if line.spot else "",
        question=label,
        content="、".join(line.mine.texts),
        wrong=theirs,
        mend=translate(wording_receiving.CHOOSE, language),
    )


def _entry(head: Entry, weight: str, **texts: str) -> Entry:
    return {**dict.fromkeys(COLUMNS, ""), **head, "weight": weight, **texts}
