"""shokai questionnaire import and export: questionnaires as Excel files (XLSForm)."""

import json
from pathlib import Path

import click

from questions.model import Questionnaire
from questions.reading import catalogue
from questions.writing import toml_text
from survey_app import clock
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.opening import opened
from survey_app.cli.places import check_place, write_whole
from survey_app.cli.questionnaires import counted, known_questionnaire
from survey_app.cli.words import tell
from survey_app.cli.workbooks import read_workbook
from survey_app.store.inquiries import find_inquiry

EXCEL, TOML = ".xlsx", ".toml"


@click.command(
    cls=Told,
    ja="Excel（XLSForm）で書いた調査票を確かめ、取り込む。\n\n"
    "直すところを、シートとセルの番地、いまの内容、直し方を添えて全て示します。あれば終了コードは1です。"
    "-o で調査票の定義（TOML）を書き出します。"
    "shokai inquiry open には、このExcelファイルもTOMLファイルも指定できます。",
    en="Check and take in a questionnaire that was written in Excel (XLSForm).\n\n"
    "Tells everything that is to be mended, with sheet, cell, content and how to mend it; ends with 1 if there is any. "
    "-o writes the definition (TOML). shokai inquiry open takes the Excel file as well as the TOML file.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    cls=Option,
    type=click.Path(path_type=Path),
    ja="書き出す調査票の定義（.toml）。",
    en="The definition to write (.toml).",
)
def import_one(file: Path, output: Path | None) -> None:
    """Read a workbook, and write the definition when that is asked for."""
    if output is not None:
        check_place(output, (TOML,))
    found = read_workbook(file)
    tell(f"{file}：取り込めます（{counted(found).ja}）。", f"{file} can be taken in ({counted(found).en}).")
    if output is not None:
        _write(found, output)
        tell(f"{output} を作りました。", f"Wrote {output}.")
    else:
        tell(
            f"まだ何も保存していません。照会を始めるときは：shokai inquiry open {file} --deadline …",
            f"Nothing is stored yet. To open an inquiry: shokai inquiry open {file} --deadline …",
        )


@click.command(
    cls=Told,
    ja="調査票をExcel（XLSForm）に書き出す。\n\n"
    "QUESTIONNAIRE は備わっている調査票の名前、照会の名前、TOMLファイル又はXLSFormのファイルです。名前の代わりに "
    "empty と書くと、記入要領の付いた空のひな型を作ります。"
    "ファイルの名前が .toml で終わるときは、定義（TOML）を書き出します。",
    en="Write a questionnaire as an Excel file (XLSForm).\n\n"
    "QUESTIONNAIRE is a name of the catalogue, that of an inquiry, a TOML file or an XLSForm; “empty” gives an empty "
    "form with instructions in Japanese. A file that ends with .toml gets the definition.",
)
@click.argument("questionnaire")
@click.option(
    "-o",
    "--output",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path),
    ja="書き出すファイル（.xlsx 又は .toml）。",
    en="The file to write (.xlsx or .toml).",
)
@with_database
def export_one(questionnaire: str, output: Path, database: Path) -> None:
    """Write a questionnaire."""
    empty = questionnaire == "empty"
    check_place(output, (EXCEL,) if empty else (EXCEL, TOML))
    _write(None if empty else _of_inquiry(questionnaire, database) or known_questionnaire(questionnaire), output)
    tell(f"{output} を作りました。", f"Wrote {output}.")


def _of_inquiry(name: str, database: Path) -> Questionnaire | None:
    """Return the questionnaire of an inquiry that has another name than all of the catalogue; None if there is none."""
    if name in catalogue() or not database.is_file():
        return None
    with opened(database) as held:
        try:
            return find_inquiry(held, name).questionnaire
        except LookupError:
            return None


def _write(found: Questionnaire | None, output: Path) -> None:
    """Write a questionnaire in the form that the file's name asks for; None is the empty form."""
    if found is not None and output.suffix.lower() == TOML:
        text = toml_text(json.loads(found.document))
        write_whole(output, lambda file: file.write_text(text, encoding="utf-8", newline="\n"))
        return
    from exports.xlsform.writing import (  # noqa: PLC0415 (loads XlsxWriter: only once all else is right)
        write_empty_xlsform,
        write_xlsform,
    )

    now = clock.now()
    if found is None:
        write_whole(output, lambda file: write_empty_xlsform(file, now))
    else:
        write_whole(output, lambda file: write_xlsform(found, file, now))
