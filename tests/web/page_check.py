"""What every page must keep: one h1, labels for all controls, ids that exist and are used once, ways that lead somewhere."""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNLABELLED = frozenset({"hidden", "submit", "button"})


class Page(HTMLParser):
    """A page with what is to be checked on it; ``faults()`` names what is wrong."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.described: set[str] = set()
        self.anchors: set[str] = set()
        self.headings: list[int] = []
        self.controls: list[tuple[str, dict[str, str], bool]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.described.update(given.get(name, "").split())
        if tag == "a" and given.get("href", "").startswith("#"):
            self.anchors.add(given["href"][1:])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag in ("input", "select", "textarea") and given.get("type") not in UNLABELLED:
            self.controls.append((tag, given, "label" in self.open))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def faults(self) -> list[str]:
        found = [f"not closed: {self.open}"] if self.open else []
        found += [f"{self.headings.count(1)} h1"] if self.headings.count(1) != 1 else []
        steps = zip(self.headings, self.headings[1:], strict=False)
        found += [f"h{before} is followed by h{after}" for before, after in steps if after > before + 1]
        found += [f"id twice: {one}" for one in set(self.ids) if self.ids.count(one) > 1]
        found += [f"no element with the id {one}" for one in (self.described | self.anchors) - set(self.ids)]
        for tag, given, inside in self.controls:
            if not inside and given.get("id") not in self.labelled and "aria-label" not in given:
                found.append(f"no label: <{tag} name={given.get('name')}>")
            if "maxlength" in given:
                found.append(f"cuts silently: {given.get('name')}")
        found += ["inline script or style"] if "<script>" in self.text or " style=" in self.text else []
        return found


def field(text: str, name: str) -> str:
    """Return the part of a page that belongs to one question."""
    start = text.index(f'id="w-{name}"')
    end = text.find('id="w-', start + 1)
    return text[start : end if end > 0 else len(text)]


def hidden_value(text: str, name: str) -> str:
    """Return the value of a hidden field."""
    return text.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def hidden_values(text: str, name: str) -> list[str]:
    """Return the values of hidden fields of one name, in order."""
    return [part.split('"', 1)[0] for part in text.split(f'name="{name}" value="')[1:]]
