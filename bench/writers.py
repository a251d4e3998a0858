"""Clients at one form page: what each sends to see it, and to save it with one answer changed each time."""

from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from bench.browsing import Browser, NotAsExpected, form_pages, sign_in
from bench.controls import Control, PageForm

START = "/inquiries"
SEEN = "seen"
"""The hidden field with the revision that the page was made from; each save that changes something adds one."""
ROOMY = 30  # characters that the changed answer must be able to hold


@dataclass
class Writer:
    """One client at one form page. ``saves`` counts what it has sent to be saved."""

    browser: Browser
    address: str
    form: PageForm
    changed: str
    saves: int = 0

    def requests(self, method: str, count: int) -> list[tuple[str, str, str]]:
        """Return requests that show the page (GET), or save it (POST), as method, address and body.

        Each save has another text in the changed control.
        """
        if method == "GET":
            return [(method, self.address, "")] * count
        target = urljoin(self.address, self.form.action)
        return [(method, target, self._body(number)) for number in range(self.saves, self.saves + count)]

    def sent(self, method: str, count: int) -> list[str]:
        """Return the same requests as they go over the line."""
        return [self.browser.written(*request) for request in self.requests(method, count)]

    @property
    def last(self) -> str:
        """What the last save wrote."""
        return self.text(self.saves - 1)

    def text(self, number: int) -> str:
        """Return what the save of this number writes, counted from 0."""
        return f"測定の{number + 1}回目の保存"

    def _body(self, number: int) -> str:
        """Return what a browser sends on Enter: the first button of the form goes along."""
        fields = [(name, str(int(value) + number) if name == SEEN else value) for name, value in self.form.fields()]
        kept = [(name, value) for name, value in fields if name != self.changed]
        return urlencode([*kept, (self.changed, self.text(number)), *self.form.buttons[:1]])


def changeable(form: PageForm) -> Control | None:
    """Return the control whose answer is changed: one for long text, else one that is known to have room."""
    long = [control for control in form.controls.values() if control.sort == "textarea"]
    short = [one for one in form.controls.values() if one.sort == "text" and (one.longest or 0) >= ROOMY]
    return next(iter(long + short), None)


def officers_at_largest_page(port: int, officers: list[dict[str, str]]) -> list[Writer]:
    """Sign the officers in, and put them at the page with the most controls. Raises NotAsExpected."""
    browsers = [sign_in(port, one["sign_in_name"], one["password"]) for one in officers]
    pages = [(address, form) for address, form in form_pages(browsers[0], START) if changeable(form) is not None]
    if not pages:
        raise NotAsExpected("no page with a control for text was found")
    address, largest = max(pages, key=lambda page: (page[1].count, len(page[1].controls)))
    return [_writer(browser, address, largest.count) for browser in browsers]


def plain_writers(port: int, count: int, address: str) -> list[Writer]:
    """Put clients at the plain form; ``address`` has a place for the number of each."""
    return [_writer(Browser(port), address.format(number)) for number in range(count)]


def _writer(browser: Browser, address: str, controls: int | None = None) -> Writer:
    form = browser.page(address).largest
    changed = changeable(form)
    if changed is None or controls not in (None, form.count):
        raise NotAsExpected(f"{address} has {form.count} controls, for the first client {controls}")
    return Writer(browser, address, form, changed.name)
