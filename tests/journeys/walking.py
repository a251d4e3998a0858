"""A walk through the pages of a town hall on which every page is looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from halls import Hall

Open = Callable[..., Any]
OUTSIDE = ("/inquiries", "/account", "/sign", "/shared", "/invitations")
"""How addresses begin that are not written within the inquiry."""


@dataclass
class Walk:
    """Somebody goes from page to page; each page is looked at once it is shown."""

    hall: Hall
    open: Open
    width: int
    here: Any = None
    seen: list[str] = field(default_factory=list)

    def enter(self, sign_in_name: str | None = None) -> Any:
        """Open a browser."""
        self.here = self.open(sign_in_name, width=self.width)
        return self.here.page

    def go(self, *paths: str) -> Any:
        """Look at pages by their addresses within the inquiry, or of the server."""
        for path in paths:
            self.here.go(path if path.startswith(OUTSIDE) else self.hall.here + path)
            self.look(path)
        return self.here.page

    def look(self, what: str) -> None:
        """Look at the page as it is."""
        page = self.here.page
        page.wait_for_load_state()
        found = self.here.violations()
        assert found == [], (what, page.url, found)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{what} ({page.url}) scrolls sideways by {wider} px at {self.width}"
        self.seen.append(page.url)

    def press(self, button: str, what: str) -> None:
        """Press a button, and look at where it leads."""
        with self.here.page.expect_navigation():
            self.here.page.click(button)
        self.look(what)

    @property
    def sections(self) -> list[str]:
        """The addresses of all sections."""
        return [f"/sections/{one.name}" for one in self.hall.inquiry.questionnaire.sections]

    @property
    def rows(self) -> Iterator[str]:
        """The addresses of a new row and of the first row of each wide table."""
        for table in self.hall.inquiry.questionnaire.tables.values():
            if not table.narrow:
                yield f"/tables/{table.name}/rows/new"
                for row in self.hall.reply().answers.row_ids(table.name)[:1]:
                    yield f"/tables/{table.name}/rows/{row}"
                    yield f"/tables/{table.name}/rows/{row}/removal"
