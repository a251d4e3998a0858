"""Takes in questionnaires that were written in Excel (XLSForm)."""

from exports.xlsform.findings import XlsformRead
from exports.xlsform.reading import read_xlsform
from survey_app.receiving.opening import open_once


def take_in(content: bytes) -> XlsformRead:
    """Read a questionnaire from a workbook that comes from outside; it is opened in a process of its own.

    Raises ``receiving.refusals.Refused`` for a file that is no workbook, is damaged or asks too much.
    """
    return read_xlsform(open_once(content))
