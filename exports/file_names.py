"""The names of all files that are handed out: what any system takes, not too long, never blank, each its own."""

import re
import unicodedata

LONGEST_NAME = 100
MOST_BYTES = 240
"""Of a name in UTF-8: file systems hold 255, and while a file is written its name is a little longer."""
UNFIT = re.compile(r'[\\/:*?"<>|]')
"""Characters that names of files lack on some system; in their place stands ＿."""
_ENDING = re.compile(r"\.[0-9A-Za-z]{1,9}\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
_IN_ITS_PLACE, _NAMELESS = "＿", "名称なし"


def fit_name(name: str, most: int = LONGEST_NAME) -> str:
    """Return a name of a file, its ending kept, as every system takes it, of at most ``most`` characters."""
    plain = "".join(_IN_ITS_PLACE if _is_unfit(one) else one for one in name).strip()
    ending = _ending(plain)
    stem = plain[: len(plain) - len(ending)].strip(". 　") or _NAMELESS
    if _RESERVED.fullmatch(stem):
        stem = f"{_IN_ITS_PLACE}{stem}"
    return f"{_shortened(stem, most - len(ending), MOST_BYTES - len(ending.encode()))}{ending}"


class Names:
    """The names of one folder: each that is asked for is made fit, and unlike all before it."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def own(self, name: str) -> str:
        """Return a name that no other file of the folder has; systems that ignore case see it so, too."""
        found, number = fit_name(name), 1
        while _seen(found) in self._taken:
            number += 1
            counted = f"-{number}"
            bare = fit_name(name, LONGEST_NAME - len(counted))
            ending = _ending(bare)
            room = MOST_BYTES - len(counted + ending)
            found = f"{_shortened(bare.removesuffix(ending), LONGEST_NAME, room)}{counted}{ending}"
        self._taken.add(_seen(found))
        return found


def _ending(name: str) -> str:
    found = _ENDING.search(name)
    return found[0] if found else ""


def _is_unfit(character: str) -> bool:
    return UNFIT.match(character) is not None or unicodedata.category(character) in _UNSEEN


def _shortened(stem: str, most: int, most_bytes: int) -> str:
    return stem[:most].encode()[:most_bytes].decode(errors="ignore").rstrip(". 　")


def _seen(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
