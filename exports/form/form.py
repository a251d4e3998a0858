"""What a form is made of: one municipality's reply as it stands, with all that is told about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exports.form.layout import Layout
from questions.answers import Entry, Place
from questions.eras import show_day
from questions.model import Questionnaire
from questions.setting import Municipality, Setting

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Earlier:
    """What the municipality answered last time, as people read it: by question, and by row of each table."""

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A form for one municipality.

    ``returned`` says why items came back, by place; a whole table's place is its name without a row. ``told``: what
    else is told of the inquiry, by its caption in the order in which it is told.
    """

    layout: Layout
    title: str
    issuer: str
    deadline: datetime
    purpose: str = ""
    returned: Mapping[Place, str] = field(default_factory=dict)
    earlier: Earlier = Earlier()
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.layout.questionnaire

    @property
    def setting(self) -> Setting:
        """What surrounds the answers."""
        return self.layout.setting

    @property
    def municipality(self) -> Municipality:
        """Who replies."""
        code = self.layout.issue.municipality
        return self.setting.roster[code] if code in self.setting.roster else Municipality(code, code)

    @property
    def subtitle(self) -> str:
        """The line under the title of each sheet."""
        town = self.municipality
        return f"{self.questionnaire.style.ja}　／　{town.name}（{town.code}）　／　回答期限：{moment(self.deadline)}"

    def entry(self, question: str, row: str = "") -> Entry:
        """Return an answer as it stands."""
        return self.layout.answers.entry(question, row)


def moment(found: datetime) -> str:
    """Show a moment in Asia/Tokyo with its weekday: 令和8年12月18日（金）17:15."""
    return f"{show_day(found.date())}（{WEEKDAYS[found.weekday()]}）{found:%H:%M}"
