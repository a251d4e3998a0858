"""Lays out the pages of --help: Japanese headings, and lines broken where Japanese allows it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from survey_app.cli.words import language

JAPANESE = {
    "Options": "オプション",
    "Commands": "コマンド",
    "Arguments": "引数",
    "Positional arguments": "引数",
    "Show this message and exit.": "この説明を表示して終わる。",
    "Show the version and exit.": "版を表示して終わる。",
}
# A word of narrow characters or one wide character, with the brackets and stops that may not stand apart from it.
_PIECE = re.compile(r"[（「『［]*(?:[!-~]+|\s+|.)[、。，．）」』］：；…]*")


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, columns: int) -> str:
    """Return the text with spaces behind it up to a width."""
    return text + " " * (columns - width(text))


def lines(text: str, most: int) -> Iterator[str]:
    """Break a text into lines of at most so many columns; its own line breaks stay."""
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _PIECE.findall(paragraph):
            if line and width(line + piece.rstrip()) > most:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line.rstrip()


def table(rows: Iterable[tuple[str, ...]], gap: int = 2) -> Iterator[str]:
    """Lay rows out as columns."""
    held = list(rows)
    columns = [max(width(row[column]) for row in held) for column in range(len(held[0]))] if held else []
    for row in held:
        cells = (padded(cell, columns[number]) for number, cell in enumerate(row))
        yield (" " * gap).join(cells).rstrip()


class Page(click.HelpFormatter):
    """One page of help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or ("使い方： " if language() == "ja" else None))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_translated(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        for line in lines(text, self.width - self.current_indent):
            self.write(f"{'':{self.current_indent}}{line}\n" if line else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms with what they mean."""
        held = list(rows)
        first = min(max((width(term) for term, _ in held), default=0), col_max) + col_spacing
        for term, meaning in held:
            broken = list(lines(_translated(meaning), max(self.width - first - self.current_indent, 20)))
            head = padded(term, first)
            if width(term) > first - col_spacing:
                self.write(f"{'':{self.current_indent}}{term}\n")
                head = " " * first
            self.write(f"{'':{self.current_indent}}{head}{broken[0]}".rstrip() + "\n")
            for line in broken[1:]:
                self.write(f"{'':{self.current_indent + first}}{line}\n")


def _translated(text: str) -> str:
    """Turn click's own words into Japanese."""
    if language() == "en":
        return text
    text = JAPANESE.get(text, text)
    found = re.search(r"\s*\[([^\]]*)\]$", text)
    if found is None:
        return text
    notes = [_note(note.strip()) for note in found[1].split(";")]
    return text[: found.start()] + f"［{'、'.join(notes)}］"


def _note(note: str) -> str:
    note = note.replace("required", "必須")
    for english, japanese in (("env var: ", "環境変数 "), ("default: ", "既定 ")):
        note = note.replace(english, japanese)
    return note
