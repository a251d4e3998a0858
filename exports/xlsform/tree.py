"""The rows of the sheet ``survey`` put into the groups and repeats that they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.ledger import Ledger
from exports.xlsform.types import Shape, Type, read_type

_CLOSES = {Shape.END_GROUP: Shape.BEGIN_GROUP, Shape.END_REPEAT: Shape.BEGIN_REPEAT}
_ENDS = {Shape.BEGIN_GROUP: "end_group", Shape.BEGIN_REPEAT: "end_repeat"}


@dataclass
class Node:
    """One row with what stands inside it, when it opens a group or a repeat."""

    row: Row
    type: Type
    inside: list["Node"] = field(default_factory=list)

    @property
    def shape(self) -> Shape:
        """What the row is."""
        return self.type.shape


def tree(rows: Iterable[Row], ledger: Ledger) -> list[Node]:
    """Return the rows outside groups, each group with its rows. A row without a type is told and left out."""
    top: list[Node] = []
    opened: list[Node] = []
    for row in rows:
        if not row.text("type"):
            _tell_without_type(row, ledger)
            continue
        node = Node(row, read_type(row.text("type")))
        if node.shape in _CLOSES:
            _close(node, opened, ledger)
            continue
        (opened[-1].inside if opened else top).append(node)
        if node.shape in _ENDS:
            opened.append(node)
    for node in opened:
        ledger.say(Sign.NOT_CLOSED, node.row.cell("type"), end=_ENDS[node.shape], name=node.row.text("name"))
    return top


def _tell_without_type(row: Row, ledger: Ledger) -> None:
    if any(row.cells.get(name) for name in row.cells if name.partition(":")[0] in ("name", "label")):
        ledger.say(Sign.MISSING_TYPE, row.cell("type"))


def _close(end: Node, opened: list[Node], ledger: Ledger) -> None:
    """Close the innermost group or repeat; what stands crosswise is told."""
    wanted, cell = _CLOSES[end.shape], end.row.cell("type")
    if not any(node.shape is wanted for node in opened):
        ledger.say(Sign.NOT_OPENED, cell, begin=wanted.name.lower())
        return
    while opened[-1].shape is not wanted:
        inner = opened.pop()
        begun = inner.row.cell("type").address
        ledger.say(Sign.CROSSED, cell, end=_ENDS[inner.shape], begun=begun, name=inner.row.text("name"))
    opened.pop()
