"""Reads questionnaires that were written in Excel (XLSForm), and says what was found in them, cell by cell."""

from collections.abc import Sequence
from pathlib import Path

from exports.xlsform.findings import Finding
from questions.model import Questionnaire
from survey_app import wording_xlsform
from survey_app.cli.failures import Failure
from survey_app.cli.words import language, spoken, tell
from survey_app.receiving.refusals import Refused
from survey_app.xlsforms import take_in


def read_workbook(path: Path) -> Questionnaire:
    """Read a questionnaire from a workbook and tell what is read otherwise than written. Raises Failure."""
    try:
        found = take_in(path.read_bytes())
    except Refused as refused:
        told = wording_xlsform.refusal(refused.refusal, language())
        raise Failure(f"{path} は取り込めません。{told}", f"{path} cannot be taken in. {told}") from refused
    if found.notes:
        count = len(found.notes)
        head = spoken(f"{path}：お知らせ{count}件", f"{path}: {count} note(s)")
        tell(f"{head}\n{_lines(found.notes)}", f"{head}\n{_lines(found.notes)}")
    if found.questionnaire is None:
        count = len(found.errors)
        head = spoken(f"調査票 {path} に直すところが{count}件あります。", f"{path} has {count} fault(s).")
        raise Failure(f"{head}\n{_lines(found.errors)}", f"{head}\n{_lines(found.errors)}")
    return found.questionnaire


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(
        f"  {wording_xlsform.place(one, language())}{_content(one)}\n    {wording_xlsform.finding(one, language())}"
        for one in findings
    )


def _content(finding: Finding) -> str:
    line = " ".join(finding.content.split())
    return spoken(f"「{line}」", f" “{line}”") if line else ""
