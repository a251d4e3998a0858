"""How much room Japanese text takes: widths of columns in pixels, heights of rows in points."""

from collections.abc import Iterable, Sequence
from math import ceil

BODY = 10.0
"""Size of the body text in points."""
SMALL = 9.0
TINY = 7.5
TALLEST = 409.0
"""The tallest row that Excel shows, in points."""
PADDING = 8  # pixels left and right of the text in a cell
_WIDE, _NARROW = 15 / 11, 8 / 11  # pixels for each point of size; measured at 11 points
_LEADING = 1.42  # height of a line for each point of size, with the fonts that are found
_SLACK = 0.97  # printers set wider than screens


def text_width(text: str, size: float = BODY) -> float:
    """Return the width of one line of text in pixels. What is not ASCII counts as wide."""
    narrow = len(text.encode("ascii", "ignore"))
    return size * (_NARROW * narrow + _WIDE * (len(text) - narrow))


def longest_width(texts: Iterable[str], size: float = BODY) -> float:
    """Return the width of the longest line among several texts in pixels, without padding."""
    return max((text_width(line, size) for text in texts for line in text.split("\n")), default=0.0)


def lines_of(text: str, width: float, size: float = BODY) -> int:
    """Return how many lines a text takes in a column of ``width`` pixels."""
    room = max((width - PADDING) * _SLACK, size * _WIDE)
    if "\n" not in text:
        return max(1, ceil(text_width(text, size) / room))
    return sum(max(1, ceil(text_width(line, size) / room)) for line in text.split("\n"))


def height_of(lines: int, size: float = BODY) -> float:
    """Return the height of a row with so many lines, in points, no more than Excel shows."""
    return min(TALLEST, round(lines * size * _LEADING + 5, 1))


def row_height(texts: Iterable[tuple[str, float]], size: float = BODY) -> float:
    """Return the height of a row from its texts, each with the width of its column."""
    return height_of(max((lines_of(text, width, size) for text, width in texts), default=1), size)


def most_lines(size: float = BODY) -> int:
    """Return how many lines the tallest row holds."""
    return int((TALLEST - 5) / (size * _LEADING))


def width_for(texts: Sequence[str], widths: Iterable[int], size: float = BODY) -> int:
    """Return the first of the ``widths`` at which every text fits into the tallest row; else the last."""
    most = most_lines(size)
    chosen = 0
    for width in widths:
        chosen = width
        if all(lines_of(text, width, size) <= most for text in texts):
            break
    return chosen
