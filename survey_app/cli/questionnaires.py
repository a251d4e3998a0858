"""shokai questionnaire: the definitions of questionnaires."""

from difflib import get_close_matches
from pathlib import Path

import click

from questions.model import Questionnaire
from questions.reading import FaultyDefinition, catalogue, read_catalogue, read_toml
from survey_app.cli.commands import Group, Told
from survey_app.cli.failures import Failure
from survey_app.cli.pages import table
from survey_app.cli.words import language, spoken, tell
from survey_app.wording_definitions import address, fault

questionnaire = Group(
    name="questionnaire",
    no_args_is_help=True,
    ja="調査票の定義を確かめる。",
    en="Check definitions of questionnaires.",
)


@questionnaire.command(
    cls=Told,
    ja="定義（TOML）の誤りを、場所と直し方を添えて全て示す。\n\n誤りがあれば終了コードは1です。",
    en="Tell every fault of a definition (TOML), with its address and how to mend it.\n\nEnds with 1 if there is one.",
)
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a definition."""
    found = read_file(file)
    outside = [name for name in found.questions if name not in found.table_of]
    tell(
        f"{file}：誤りはありません（{found.title.ja}：設問 {len(outside)}、表 {len(found.tables)}、"
        f"表の列 {len(found.table_of)}、検査 {len(found.checks)}）。",
        f"{file}: no faults ({found.title.en}: {len(outside)} questions, {len(found.tables)} tables with "
        f"{len(found.table_of)} columns, {len(found.checks)} checks).",
    )


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


def known_questionnaire(name: str) -> Questionnaire:
    """Return a questionnaire of the catalogue, or of a TOML file. Raises Failure."""
    if name in catalogue():
        return read_catalogue(name)
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        return read_file(path)
    listed = "、".join(get_close_matches(name, catalogue()) or catalogue())
    raise Failure(
        f"「{name}」という調査票はありません。備わっている調査票の名前（{listed}）か、TOMLファイルを指定してください。",
        f"There is no questionnaire “{name}”. Name one of the catalogue ({listed}), or a TOML file.",
    )


def read_file(path: Path) -> Questionnaire:
    """Read a definition from a file. Raises Failure with every fault."""
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
