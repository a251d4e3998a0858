"""Reads the forms and links of a page, as a browser has them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any

PRESSED = frozenset({"submit", "button", "reset", "image"})
GROUPED = frozenset({"radio", "checkbox"})
COLLECTED = frozenset({"label", "legend", "textarea", "option"})
Fields = list[tuple[str, str]]
Attributes = dict[str, str]


@dataclass
class Control:
    """One named control, or all buttons of one name. ``sort``: textarea, select, or the input's own, such as text.

    ``choices`` are (value, label) pairs; ``values`` what is filled in or chosen.
    """

    name: str
    sort: str
    label: str = ""
    many: bool = False
    longest: int | None = None
    choices: list[tuple[str, str]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many controls of the page it is: a button for each choice, else one."""
        return len(self.choices) if self.sort in GROUPED else 1

    @property
    def free(self) -> bool:
        """Does it take any text?"""
        return self.sort in ("text", "textarea")


@dataclass
class PageForm:
    """One form of a page: where it goes, its hidden fields, its controls by name, its named buttons."""

    action: str
    method: str
    hidden: Fields = field(default_factory=list)
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: Fields = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many controls it has."""
        return sum(control.count for control in self.controls.values())

    def fields(self) -> Fields:
        """Return what a browser sends, but for the button."""
        return [*self.hidden, *((one.name, value) for one in self.controls.values() for value in one.values)]

    def plain(self) -> list[dict[str, Any]]:
        """Return the controls as plain values."""
        return [asdict(control) for control in self.controls.values()]


@dataclass(frozen=True)
class Page:
    """One page: its forms, and where its links lead."""

    forms: list[PageForm]
    links: list[str]

    @property
    def largest(self) -> PageForm:
        """The form that is sent with the most controls. Raises ValueError when the page sends none."""
        return max((form for form in self.forms if form.method == "post"), key=lambda form: form.count)


def read_page(text: str) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    for name in reader.named:
        name(reader.labels)
    return Page(reader.forms, reader.links)


class _Reader(HTMLParser):
    """Goes through a page once. ``named`` gives the controls their labels when all labels are known."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.form: PageForm | None = None
        self.labels: dict[str, str] = {}
        self.named: list[Callable[[dict[str, str]], None]] = []
        self.legend = ""
        self.open: list[tuple[str, Attributes, list[str]]] = []
        self.select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag in COLLECTED:
            self.open.append((tag, given, []))
        elif self.form is None or "disabled" in given or not given.get("name"):
            return
        elif tag == "input":
            self._input(self.form, given)
        elif tag == "select":
            self.select = self._control(self.form, given, "select")
            self.select.many = "multiple" in given
        elif tag == "button" and given.get("type", "submit") == "submit":
            self.form.buttons.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if self.open:
            self.open[-1][2].append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif self.open and self.open[-1][0] == tag:
            _, given, texts = self.open.pop()
            self._collected(tag, given, "".join(texts))

    def _collected(self, tag: str, given: Attributes, text: str) -> None:
        words = " ".join(text.split())
        if tag == "label":
            self.labels[given.get("for", "")] = words
        elif tag == "legend":
            self.legend = words
        elif tag == "option" and self.select is not None:
            value = given.get("value", words)
            self.select.choices.append((value, words))
            if "selected" in given:
                self.select.values.append(value)
        elif tag == "textarea" and self.form is not None and given.get("name") and "disabled" not in given:
            self._control(self.form, given, "textarea").values.append(text.removeprefix("\n"))

    def _input(self, form: PageForm, given: Attributes) -> None:
        sort, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        if sort == "hidden":
            form.hidden.append((name, value))
        elif sort in PRESSED:
            form.buttons.append((name, value))
        elif sort in GROUPED:
            self._button(form, given, sort, given.get("value", "on"))
        else:
            self._control(form, given, sort).values.append(value)

    def _button(self, form: PageForm, given: Attributes, sort: str, value: str) -> None:
        control = form.controls.setdefault(given["name"], Control(given["name"], sort, self.legend))
        place = len(control.choices)
        control.choices.append((value, value))
        if "checked" in given:
            control.values.append(value)

        def named(labels: dict[str, str]) -> None:
            control.choices[place] = (value, labels.get(given.get("id", ""), value))

        self.named.append(named)

    def _control(self, form: PageForm, given: Attributes, sort: str) -> Control:
        longest = given.get("maxlength", "")
        control = Control(given["name"], sort, longest=int(longest) if longest.isdigit() else None)
        form.controls[control.name] = control

        def named(labels: dict[str, str]) -> None:
            control.label = labels.get(given.get("id", ""), control.name)

        self.named.append(named)
        return control
