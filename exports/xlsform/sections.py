"""Groups as sections, repeats as tables: what stands deeper is brought to these two levels, and told."""

from dataclasses import dataclass, field

from exports.xlsform.asked import Asking, Item, constant, question, table
from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.texts import Label
from exports.xlsform.tree import Node
from exports.xlsform.types import Shape

LOOSE_TITLE: Label = {"ja": "設問", "en": "Questions"}
_LATER_TITLE: Label = {"ja": "設問（%s）", "en": "Questions (%s)"}


@dataclass
class Survey:
    """What became of the sheet ``survey``. ``rows``: the row of each address that a fault can name."""

    sections: list[Item] = field(default_factory=list)
    guide: list[Label] = field(default_factory=list)
    rows: dict[tuple[str, ...], Row] = field(default_factory=dict)


class _Gatherer:
    """Goes through the rows once, in their order."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.survey = Survey()
        self.loose: Item | None = None  # the section of questions outside groups, while they follow one another
        self.looses = 0

    def whole(self, nodes: list[Node]) -> Survey:
        for node in nodes:
            if node.shape is Shape.BEGIN_GROUP:
                self.loose = None
                self.group(node)
            elif node.shape is Shape.NOTE and not self.survey.sections:
                self.guide(node)
            elif not self.aside(node):
                self.outside(node)
        self.leave_notes()
        return self.survey

    def group(self, node: Node) -> None:
        """Read a group as a section."""
        row, asking = node.row, self.asking
        name = asking.names.section(row)
        title = asking.texts.label(row, "label")
        if title is None:
            asking.ledger.say(Sign.TITLE_ADDED, row.cell(*asking.texts.columns("label")), title=name)
        section: Item = {"name": name, "title": title or {"ja": name, "en": name}, "questions": []}
        if (condition := asking.condition(row, "relevant")) is not None:
            section["relevant"] = condition
        self.survey.rows[(name,)] = row
        for inner in node.inside:
            self.inside(inner, section, ())
        self.leave_notes()
        if section["questions"]:
            self.survey.sections.append(section)
        else:
            asking.ledger.say(Sign.EMPTY_GROUP, row.cell("type"), name=name)

    def inside(self, node: Node, section: Item, outer: tuple[str, ...]) -> None:
        """Read what stands in a group, or in a group within it."""
        if node.shape is Shape.BEGIN_GROUP:
            conditions = self.flattened(node, outer)
            for inner in node.inside:
                self.inside(inner, section, conditions)
        elif node.shape is Shape.BEGIN_REPEAT:
            self.repeat(node, section, outer)
        elif not self.aside(node):
            self.keep(question(node, self.asking, outer), node.row, (section["name"],), section["questions"])

    def flattened(self, node: Node, outer: tuple[str, ...]) -> tuple[str, ...]:
        """Tell of a group within a group; return the conditions that its questions take over."""
        row, asking = node.row, self.asking
        asking.ledger.say(Sign.NESTED_GROUP, row.cell("type"), name=row.text("name"))
        label = asking.texts.label(row, "label")
        if label is not None:
            asking.carried.append((None, label))
        condition = asking.condition(row, "relevant")
        return (*outer, condition) if condition else outer

    def repeat(self, node: Node, section: Item, outer: tuple[str, ...]) -> None:
        """Read a repeat as a table of a section."""
        found = table(node, self.asking, outer)
        columns: list[Item] = []
        self.survey.rows[section["name"], found["name"]] = node.row
        for inner in node.inside:
            self.column(inner, (section["name"], found["name"]), columns, ())
        self.leave_notes()
        if columns:
            section["questions"].append(found | {"questions": columns})
        else:
            self.asking.ledger.say(Sign.EMPTY_TABLE, node.row.cell("type"), name=found["name"])

    def column(self, node: Node, address: tuple[str, str], columns: list[Item], outer: tuple[str, ...]) -> None:
        """Read what stands in a repeat."""
        if node.shape is Shape.BEGIN_GROUP:
            conditions = self.flattened(node, outer)
            for inner in node.inside:
                self.column(inner, address, columns, conditions)
        elif node.shape is Shape.BEGIN_REPEAT:
            self.asking.ledger.say(Sign.NESTED_REPEAT, node.row.cell("type"), name=node.row.text("name"))
            for inner in node.inside:
                self.column(inner, address, columns, outer)
        elif not self.aside(node):
            self.keep(question(node, self.asking, outer), node.row, address, columns)

    def keep(self, found: list[Item], row: Row, address: tuple[str, ...], items: list[Item]) -> None:
        items += found
        for item in found:
            self.survey.rows[*address, item["name"]] = row

    def aside(self, node: Node) -> bool:
        """Read what is no question: constants, notes, what a device records."""
        ledger = self.asking.ledger
        if node.shape is Shape.CALCULATE:
            constant(node, self.asking)
        elif node.shape is Shape.NOTE:
            self.note(node)
        elif node.shape is Shape.IGNORED:
            self.asking.names.written.setdefault(node.row.text("name"), node.row.cell("name"))
            ledger.say(Sign.TYPE_IGNORED, node.row.cell("type"), type=node.type.word)
        else:
            return False
        return True

    def outside(self, node: Node) -> None:
        """Read a question or repeat that stands in no group: it gets a section of its own."""
        section = self.loose
        if node.shape is Shape.BEGIN_REPEAT or section is None:
            section = self.own_section(node)
        if node.shape is Shape.BEGIN_REPEAT:
            self.loose = None
            self.repeat(node, section, ())
            if not section["questions"]:
                self.survey.sections.remove(section)
            return
        self.keep(question(node, self.asking), node.row, (section["name"],), section["questions"])

    def own_section(self, node: Node) -> Item:
        asking = self.asking
        if node.shape is Shape.BEGIN_REPEAT:
            name = asking.names.free_section(node.row.text("name") or f"section_{node.row.number + 1}")
            title = asking.texts.label(node.row, "label") or LOOSE_TITLE
        else:
            self.looses += 1
            name = asking.names.free_section(f"section_{self.looses}")
            later = {language: text % self.looses for language, text in _LATER_TITLE.items()}
            title = LOOSE_TITLE if self.looses == 1 else later
        asking.ledger.say(Sign.OWN_SECTION, node.row.cell("type"), name=name, title=title)
        section: Item = {"name": name, "title": title, "questions": []}
        self.survey.rows[(name,)] = node.row
        self.survey.sections.append(section)
        self.loose = section
        return section

    # ---- Notes

    def guide(self, node: Node) -> None:
        """A note before everything else is a line of the guide."""
        label = self.label_of_note(node)
        if label is not None:
            self.survey.guide.append(label)

    def note(self, node: Node) -> None:
        label = self.label_of_note(node)
        if label is not None:
            cell = node.row.cell(*self.asking.texts.columns("label"))
            self.asking.carried.append((cell, label))

    def label_of_note(self, node: Node) -> Label | None:
        row, asking = node.row, self.asking
        asking.names.written.setdefault(row.text("name"), row.cell("name"))
        if row.cells.get("relevant"):
            asking.ledger.say(Sign.NOTE_ALWAYS, row.cell("relevant"))
        return asking.texts.label(row, "label") or asking.texts.label(row, "hint")

    def leave_notes(self) -> None:
        """Notes behind the last question of a group go to the guide."""
        for cell, label in self.asking.carried:
            if cell is not None:
                self.asking.ledger.say(Sign.NOTE_MOVED, cell, to="")
                self.survey.guide.append(label)
        self.asking.carried.clear()


def gather(nodes: list[Node], asking: Asking) -> Survey:
    """Return the sections, the guide, and where each part of them stands."""
    return _Gatherer(asking).whole(nodes)
