"""A browser as small as can be: it keeps cookies, fills in forms, and follows links to find pages."""

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from bench.controls import Fields, Page, PageForm, read_page
from bench.processes import HOST

FORM = "application/x-www-form-urlencoded"
MOST_PAGES = 400


class NotAsExpected(RuntimeError):
    """The server answered with something else than the bench needs in order to go on."""


class Browser:
    """One client with its own cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection(HOST, port, timeout=30)
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> str:
        """Return the text of a page. Raises NotAsExpected."""
        status, text, _ = self._ask("GET", address, "")
        if status != 200:
            raise NotAsExpected(f"GET {address}: {status}")
        return text

    def page(self, address: str) -> Page:
        """Return a page with its forms and links."""
        return read_page(self.get(address))

    def post(self, address: str, fields: Fields) -> str:
        """Send a form, and return where the answer leads. Raises NotAsExpected when it leads nowhere."""
        status, text, location = self._ask("POST", address, urlencode(fields))
        if status != 303:
            raise NotAsExpected(f"POST {address}: {status}\n{text[:500]}")
        return location

    def written(self, method: str, address: str, body: str) -> str:
        """Return a request as it goes over the line."""
        lines = [f"{method} {address} HTTP/1.1", f"Host: {HOST}:{self.port}", f"Cookie: {self.cookie()}"]
        if method == "POST":
            lines += [f"Content-Type: {FORM}", f"Content-Length: {len(body.encode())}"]
        return "\r\n".join([*lines, "", body])

    def cookie(self) -> str:
        """Return the cookies as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method: str, address: str, body: str) -> tuple[int, str, str]:
        headers = {"Cookie": self.cookie(), **({"Content-Type": FORM} if method == "POST" else {})}
        self.connection.request(method, address, body.encode() or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, answer.headers.get("Location", "")


def sign_in(port: int, sign_in_name: str, password: str) -> Browser:
    """Return a browser in which somebody is signed in."""
    browser = Browser(port)
    form = browser.page("/sign-in").largest
    given = {"sign_in_name": sign_in_name, "password": password}
    if not given.keys() <= form.controls.keys():
        raise NotAsExpected(f"the page for signing in asks for {sorted(form.controls)}")
    browser.post(form.action or "/sign-in", [*form.hidden, *given.items()])
    return browser


def form_pages(browser: Browser, start: str) -> Iterator[tuple[str, PageForm]]:
    """Follow the links from a page to all that lie under it; yield those that send a form with controls."""
    found, waiting = {start}, [start]
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        page = browser.page(address)
        forms = [form for form in page.forms if form.method == "post" and form.count]
        if forms:
            yield address, max(forms, key=lambda form: form.count)
        for link in page.links:
            target = urldefrag(urljoin(address, link)).url
            if urlsplit(target).path.startswith(f"{start}/") and target not in found:
                found.add(target)
                waiting.append(target)
