"""Somebody at a browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from town import PASSWORD

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Person:
    """Somebody at a browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)

    def go(self, path: str) -> Page:
        """Open an address of the server."""
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, sign_in_name: str) -> "Person":
        """Sign in at the page."""
        self.go("/sign-in")
        self.page.fill("[name=sign_in_name]", sign_in_name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(re.compile(r"/(inquiries|board|data|consulted)"))
        return self

    def violations(self) -> list[str]:
        """What axe-core finds on the page by the rules of WCAG 2.0 to 2.2, A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(result => result.violations)",
            AXE_TAGS,
        )
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@contextmanager
def people(chromium: Browser, address: str) -> Iterator[Callable[..., Person]]:
    """Open browsers: ``opened("mishima", scripts=False, width=400)``; all are closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(sign_in_name: str | None = None, *, scripts: bool = True, width: int = 1280) -> Person:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="ja-JP", bypass_csp=scripts
        )
        contexts.append(context)
        found = Person(context, address)
        return found.sign_in(sign_in_name) if sign_in_name else found

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
