"""The real server and a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from town import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    """The address of the real server over this test's database, started as `shokai serve` does."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "shokai"), "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command,
        env={**os.environ, "SHOKAI_DATABASE": str(path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/sign-in", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(address: str, server: "subprocess.Popen[str]") -> None:
    """Wait until the server answers; say what it printed when it does not."""
    for _ in range(150):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    server.kill()
    pytest.fail(f"the server does not answer: {server.stdout.read() if server.stdout else ''}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless. Without it the tests are skipped, in CI they fail."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


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
        self.page.wait_for_url(re.compile(r"/(inquiries|board)"))
        return self

    def violations(self) -> list[str]:
        """What axe-core finds on the page by the rules of WCAG 2.0 to 2.2, A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(result => result.violations)",
            AXE_TAGS,
        )
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.fixture
def person(chromium: Browser, address: str) -> Iterator[Callable[..., Person]]:
    """Open a browser: ``person("mishima", scripts=False, width=400)``."""
    contexts: list[BrowserContext] = []

    def opened(sign_in_name: str | None = None, *, scripts: bool = True, width: int = 1280) -> Person:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="ja-JP", bypass_csp=scripts
        )
        contexts.append(context)
        found = Person(context, address)
        return found.sign_in(sign_in_name) if sign_in_name else found

    yield opened
    for context in contexts:
        context.close()
