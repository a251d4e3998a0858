"""依頼文: the official letter, in Japanese, filled in from an inquiry's data. Its body can be written freely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from questions.eras import show_day

WIDTH = 38
"""Wide characters in a line of the letter as plain text."""
WEEKDAYS = "月火水木金土日"
HOW = "照会システムに入力してください（Excelの回答票による回答もできます）。\n公文書の添付及び押印は不要です。"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Asked:
    """What the letter tells: the questionnaire's style, why, until when, whom to ask."""

    purpose: str
    style: str
    deadline: datetime | None
    legal_ground: str = ""
    use_of_results: str = ""
    inquiries_to: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter in its parts; ``text`` is the whole for a plain page, such as one of a word processor."""

    number: str
    day: date
    addressee: str
    sender: str
    title: str
    body: str

    @property
    def heading(self) -> str:
        """The title as letters have it: it says that it is an inquiry."""
        return self.title if "照会" in self.title else f"{self.title}について（照会）"

    @property
    def dated(self) -> str:
        """The date as letters have it."""
        return show_day(self.day)

    @property
    def text(self) -> str:
        """The whole letter."""
        lines = [
            _right(self.number),
            _right(self.dated),
            "",
            f"　{self.addressee}",
            "",
            _right(self.sender),
            "",
            _centred(self.heading),
            "",
        ]
        return "\n".join(line for line in (*lines, *map(_placed, self.body.splitlines()))).lstrip("\n")


def proposed_body(asked: Asked) -> str:
    """Return the body that is proposed: why, then 記 with the points, each with its number."""
    reason = asked.purpose.strip() or "（趣旨）"
    lines = [f"　{one.strip()}" for one in reason.splitlines() if one.strip()]
    lines += ["　つきましては、下記により回答くださるようお願いします。", "", "記", ""]
    for number, (name, text) in enumerate(_points(asked), 1):
        first, *more = text.splitlines() or [""]
        lines.append(f"{str(number).translate(FULL_WIDTH)}　{name}　{first}")
        lines += [f"　　{line}" for line in more]
    return "\n".join([*lines, "", "以上"])


def spoken_deadline(deadline: datetime) -> str:
    """Return a deadline as letters have it: 令和8年12月18日（金）17時15分."""
    hour = f"{deadline.hour}時" + (f"{deadline.minute}分" if deadline.minute else "")
    return f"{show_day(deadline.date())}（{WEEKDAYS[deadline.weekday()]}）{hour}"


def _points(asked: Asked) -> Iterator[tuple[str, str]]:
    yield "照会の内容", f"{asked.style}のとおり"
    yield "回答の期限", spoken_deadline(asked.deadline) if asked.deadline else "（期限）"
    yield (
        "回答の方法",
        "照会システムに入力してください（Excelの回答票による回答もできます）。\n公文書の添付及び押印は不要です。",
    )
    if asked.legal_ground:
        yield "根拠", asked.legal_ground
    if asked.use_of_results:
        yield "結果の利用", asked.use_of_results
    yield "問い合わせ先", asked.inquiries_to


def _placed(line: str) -> str:
    if line.strip() == "記":
        return _centred("記")
    return _right("以上") if line.strip() == "以上" else line


def _right(text: str) -> str:
    return "　" * max(0, WIDTH - len(text) - 1) + text if text else ""


def _centred(text: str) -> str:
    return "　" * max(0, (WIDTH - len(text)) // 2) + text
