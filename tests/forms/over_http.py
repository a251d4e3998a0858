"""An officer at the real server without a browser: signs in, sends forms and files, as browsers do."""

import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from town import PASSWORD

MARK = 'name="{name}" value="'


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where a form leads is looked at."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    text: str
    to: str


@dataclass
class Officer:
    """One person with their own session."""

    address: str
    token: str = ""
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(_Stay(), urllib.request.HTTPCookieProcessor(CookieJar()))
    )

    def sign_in(self, sign_in_name: str) -> "Officer":
        """Sign in, and fetch a page with the token of the session."""
        self.get("/sign-in")
        answer = self.post("/sign-in", {"sign_in_name": sign_in_name, "password": PASSWORD})
        assert answer.status == 303, answer.text
        self.token = hidden(self.get("/account/").text, "csrf_token")
        return self

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._send(urllib.request.Request(self.address + path))

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        body = urllib.parse.urlencode({"csrf_token": self.token, **fields}).encode()
        return self._send(urllib.request.Request(self.address + path, body))

    def upload(self, path: str, content: bytes, name: str) -> Answer:
        """Send a file."""
        edge = secrets.token_hex(16)
        token = f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = token.encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._send(
            urllib.request.Request(self.address + path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        )

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(response.status, response.read().decode(), "")
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read().decode(), refused.headers.get("Location") or "")


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    return page.split(MARK.format(name=name), 1)[1].split('"', 1)[0]
