"""shokai questionnaire: the definitions of questionnaires."""

from difflib import get_close_matches
from pathlib import Path

import click

from questions.model import Questionnaire
from questions.reading import FaultyDefinition, catalogue, read_catalogue, read_toml
from survey_app.cli.commands import Group, Told
from survey_app.cli.failures import Failure
from survey_app.cli.pages import table
from survey_app.cli.words import Words, language, spoken, tell
from survey_app.wording_definitions import address, fault

questionnaire = Group(
    name="questionnaire",
    no_args_is_help=True,
    ja="調査票の定義を確かめる、Excelから取り込む、Excelに書き出す。",
    en="Check definitions of questionnaires, take them in from Excel, write them as Excel files.",
    lazy={
        "import": (
            "survey_app.cli.xlsforms:import_one",
            Words("Excel（XLSForm）で書いた調査票を取り込む。", "Take in a questionnaire from Excel (XLSForm)."),
        ),
        "export": (
            "survey_app.cli.xlsforms:export_one",
            Words("調査票をExcel（XLSForm）に書き出す。", "Write a questionnaire as an Excel file (XLSForm)."),
        ),
    },
)


@questionnaire.command(
    cls=Told,
    ja="定義（TOML又はXLSForm）の誤りを、場所と直し方を添えて全て示す。\n\n誤りがあれば終了コードは1です。",
    en="Tell every fault of a definition (TOML or XLSForm), with its address and how to mend it.\n\n"
    "Ends with 1 if there is one.",
)
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a definition."""
    words = counted(read_file(file))
    tell(f"{file}：誤りはありません（{words.ja}）。", f"{file}: no faults ({words.en}).")


@questionnaire.command(
    "list",
    cls=Told,
    ja="このプログラムに備わっている調査票の一覧を見る。",
    en="List the questionnaires that come with the program.",
)
def list_all() -> None:
    """List the catalogue."""
    known = [read_catalogue(name) for name in catalogue()]
    for line in table((one.name, one.style.text(language()), one.title.text(language())) for one in known):
        click.echo(line)


def counted(found: Questionnaire) -> Words:
    """Say what a questionnaire is and holds."""
    outside = [name for name in found.questions if name not in found.table_of]
    return Words(
        f"{found.title.ja}：設問 {len(outside)}、表 {len(found.tables)}、"
        f"表の列 {len(found.table_of)}、検査 {len(found.checks)}",
        f"{found.title.en}: {len(outside)} questions, {len(found.tables)} tables with "
        f"{len(found.table_of)} columns, {len(found.checks)} checks",
    )


def known_questionnaire(name: str) -> Questionnaire:
    """Return a questionnaire of the catalogue, or of a TOML file or an XLSForm. Raises Failure."""
    if name in catalogue():
        return read_catalogue(name)
    path = Path(name)
    if path.suffix in (".toml", ".xlsx") or path.is_file():
        return read_file(path)
    listed = "、".join(get_close_matches(name, catalogue()) or catalogue())
    raise Failure(
        f"「{name}」という調査票はありません。備わっている調査票の名前（{listed}）か、TOMLファイル又はXLSForm（.xlsx）を指定してください。",
        f"There is no questionnaire “{name}”. Name one of the catalogue ({listed}), a TOML file or an XLSForm (.xlsx).",
    )


def read_file(path: Path) -> Questionnaire:
    """Read a definition from a file, TOML or XLSForm. Raises Failure with every fault."""
    if path.suffix.lower() == ".xlsx":
        from survey_app.cli.workbooks import read_workbook  # noqa: PLC0415 (loads the web: only for workbooks)

        return read_workbook(path)
    try:
        return read_toml(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as failed:
        raise Failure(
            f"{path} はUTF-8の文字として読み取れません（{failed.start + 1}バイト目）。UTF-8で保存し直してください。",
            f"{path} cannot be read as UTF-8 (byte {failed.start + 1}). Save it again as UTF-8.",
        ) from failed
    except FaultyDefinition as faulty:
        count = len(faulty.faults)
        told = "\n".join(f"  {address(one, language())}\n    {fault(one, language())}" for one in faulty.faults)
        head = spoken(f"調査票 {path} に誤りが{count}件あります。", f"The questionnaire {path} has {count} fault(s).")
        raise Failure(f"{head}\n{told}", f"{head}\n{told}") from faulty
