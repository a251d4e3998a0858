"""What every page must have, whatever it shows: one h1, a title, labels, links to ids that exist."""

from html.parser import HTMLParser

UNLABELLED = frozenset({"hidden", "submit", "button"})
CONTROLS = frozenset({"input", "select", "textarea"})


class Page(HTMLParser):
    """Collects what can be wrong with a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings = 0
        self.ids: list[str] = []
        self.pointed: set[str] = set()
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.inside_label = 0
        self.titled = False
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.headings += tag == "h1"
        self.titled |= tag == "title"
        self.inside_label += tag == "label"
        if identity := found.get("id"):
            self.ids.append(identity)
        if tag == "label" and (target := found.get("for")):
            self.labelled.add(target)
        for name in ("aria-describedby", "aria-labelledby"):
            self.pointed |= set((found.get(name) or "").split())
        href = found.get("href") or ""
        if tag == "a" and href.startswith("#"):
            self.pointed.add(href[1:])
        if tag in CONTROLS and found.get("type") not in UNLABELLED:
            self.controls.append({**found, "wrapped": "yes" if self.inside_label else None})
        if any(name.startswith("on") or name == "style" for name in found) or (tag == "script" and "src" not in found):
            self.scripts.append(f"{tag} {found}")

    def handle_endtag(self, tag: str) -> None:
        self.inside_label -= tag == "label"

    def faults(self) -> list[str]:
        """Return everything that is wrong."""
        found = []
        if self.headings != 1:
            found.append(f"{self.headings} h1")
        if not self.titled:
            found.append("no title")
        found += [f"id twice: {one}" for one in set(self.ids) if self.ids.count(one) > 1]
        found += [f"leads nowhere: {one}" for one in self.pointed - set(self.ids)]
        found += [
            f"no label: {one}"
            for one in self.controls
            if not (
                one["wrapped"] or one.get("id") in self.labelled or one.get("aria-label") or one.get("aria-labelledby")
            )
        ]
        return found + [f"inline script or style: {one}" for one in self.scripts]
