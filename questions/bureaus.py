"""The order in which regional bureaus (地方振興局) are shown everywhere."""

from collections.abc import Iterable

ORDER = ("県北", "県中", "県南", "会津", "南会津", "相双", "いわき")
"""The order of the prefecture's own lists. A roster may write 県北 or 県北地方振興局."""
_ENDING = "地方振興局"


def in_order(bureaus: Iterable[str]) -> tuple[str, ...]:
    """Return each bureau once: those of ORDER in its order, then the others as they first appear."""
    return tuple(sorted(dict.fromkeys(bureaus), key=_place))


def _place(bureau: str) -> int:
    known = bureau.removesuffix(_ENDING)
    return ORDER.index(known) if known in ORDER else len(ORDER)
