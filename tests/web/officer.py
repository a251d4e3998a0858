"""An officer at the pages of an inquiry, and what is read off those pages."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

INQUIRY = "/inquiries/support_needs"
CONTACT = {
    "A2": "総務課 行政係",
    "A3": "主査",
    "A4": "佐藤 花子",
    "A5": "0241-48-5511",
    "A6": "somu@town.mishima.lg.jp",
    "A7": "head",
    "A8": "R8.11.20",
}
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "rect", "wbr"})


@dataclass
class Officer:
    """Somebody who opens pages and sends their forms, each with the revision that the page had."""

    browser: Any

    def see(self, address: str, status: int = 200) -> str:
        """Open a page; every page is checked."""
        text: str = self.browser.get(self.full(address), status)
        assert Shape(text).faults() == [], address
        return text

    def send(self, address: str, fields: dict[str, object], status: int = 303) -> str:
        """Open the page of a form and send it; return where it leads, or the page that says why not."""
        text = self.browser.get(self.full(address))
        seen = {"seen": hidden_value(text, "seen")} if 'name="seen"' in text else {}
        return self.post(address, {**seen, **fields}, status)

    def post(self, address: str, fields: dict[str, object], status: int = 303) -> str:
        """Send a form as it is."""
        outcome: str = self.browser.post(self.full(address), fields, status)
        if status != 303:
            assert Shape(outcome).faults() == [], address
        return outcome

    def hand_in(self, *confirmed: str, status: int = 303, token: str = "") -> str:
        """Look everything over and hand it in."""
        text = self.see("review")
        fields = {name: hidden_value(text, name) for name in ("seen", "token")}
        return self.post("submit", {**fields, **({"token": token} if token else {}), "confirm": [*confirmed]}, status)

    @staticmethod
    def full(address: str) -> str:
        """Addresses within the inquiry of 様式1 are written short."""
        return address if address.startswith("/") else f"{INQUIRY}/{address}".rstrip("/")


class Shape(HTMLParser):
    """Whether a page is put together rightly: what is opened is closed, no level of heading is left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if any(name == "maxlength" for name, _ in attrs):
            self.wrong.append(f"cuts what is typed: {attrs}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def faults(self) -> list[str]:
        """Return everything that is wrong."""
        steps = zip(self.headings, self.headings[1:], strict=False)
        jumps = [f"h{before} is followed by h{after}" for before, after in steps if after > before + 1]
        return [*self.wrong, *jumps, *(f"not closed: {tag}" for tag in self.open)]


def part(text: str, name: str) -> str:
    """Return the part of a page that belongs to one question or table."""
    start = text.index(f'id="w-{name}"')
    end = text.find('id="w-', start + 1)
    return text[start : end if end > 0 else len(text)]


def is_shown(text: str, name: str) -> bool:
    """Is a question or table on the page shown?"""
    return "hidden" not in part(text, name).split(">", 1)[0]


def hidden_value(text: str, name: str) -> str:
    """Return the value of a hidden field."""
    return hidden_values(text, name)[0]


def hidden_values(text: str, name: str) -> list[str]:
    """Return the values of hidden fields of one name, in order."""
    return [rest.split('"', 1)[0] for rest in text.split(f'name="{name}" value="')[1:]]
