"""Says on standard error what was found in workbooks that came back, cell by cell."""

from collections.abc import Iterable, Mapping

from survey_app.cli.words import spoken, tell

MOST_TOLD = 40


def tell_found(lines: Iterable[Mapping[str, str]]) -> None:
    """Say of each thing that is to be mended where it is, what is wrong and what to do; the report holds them all.

    ``lines`` are those of the report, with the names of ``receiving.reporting.COLUMNS``.
    """
    found = [one for one in lines if one["mend"]]
    for one in found[:MOST_TOLD]:
        place = " ".join(one[name] for name in ("file", "sheet", "cell", "code") if one[name])
        about = f"{one['question']} " if one["question"] else ""
        tell(f"{place}：{about}{one['wrong']}{one['mend']}", f"{place}: {about}{one['wrong']} {one['mend']}")
    if len(found) > MOST_TOLD:
        rest = len(found) - MOST_TOLD
        told = spoken("--report で全部を書き出せます。", "--report writes all of them.")
        tell(f"ほか{rest}件。{told}", f"{rest} more. {told}")
