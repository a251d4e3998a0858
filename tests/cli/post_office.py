"""A mail server on this machine, as far as SMTP is spoken in the tests."""

import email
import email.policy
import socketserver
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Post:
    """What a mail server took, and how it answers: by recipient, or to everybody who asks for anything."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    after_text: str = "250 ok"
    hangs_up_after: int = 1000

    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.messages]


class Talk(socketserver.StreamRequestHandler):
    """One connection, as far as SMTP is spoken here."""

    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        self._say("220 ready")
        taken = 0
        for line in self.rfile:
            word = line.decode().strip()
            verb = word.upper()
            if verb == "DATA":
                self._say("354 go on")
                self._take(post)
                self._say(post.after_text)
                taken += 1
                if taken >= post.hangs_up_after:
                    return
            elif verb.startswith("RCPT"):
                address = word.split("<", 1)[1].split(">", 1)[0]
                self._say(post.answers.get(address, "250 ok"))
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, post: Post) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        if post.after_text.startswith("250"):
            message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            post.messages.append(message)  # type: ignore[arg-type]

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
