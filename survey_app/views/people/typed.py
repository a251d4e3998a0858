"""Reads short texts that were typed about people: one line each, e-mail addresses, days; every fault by its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from questions.eras import OutsideEra, read_day
from questions.kinds.texts import Email, Line
from questions.setting import Setting
from survey_app import wording

LONGEST = 200
_LINE, _EMAIL, _NOWHERE = Line(longest=LONGEST), Email(), Setting()
Form = Mapping[str, str]


@dataclass
class Typed:
    """What was typed, read field by field; ``faults`` by the name of the field."""

    form: Form
    faults: dict[str, str] = field(default_factory=dict)

    def line(self, name: str, missing: str = "") -> str:
        """Return one line; ``missing`` is what is said when it is blank and must not be."""
        return self._read(name, missing, _LINE)

    def email(self, name: str) -> str:
        """Return an e-mail address, or nothing."""
        return self._read(name, "", _EMAIL)

    def day(self, name: str, default: date | None = None) -> date | None:
        """Return a day, written as offices write days; the default when it is blank."""
        text = self.form.get(name, "").strip()
        if not text:
            return default
        try:
            found = read_day(text)
        except (OutsideEra, ValueError):
            found = None
        if found is None:
            self.faults[name] = _("日付を「R8.4.1」「令和8年4月1日」「2026-04-01」のように入力してください。")
        return found

    def _read(self, name: str, missing: str, kind: Line) -> str:
        text = self.form.get(name, "").strip()
        if not text:
            if missing:
                self.faults[name] = missing
            return ""
        parsed = kind.read((text,), _NOWHERE)
        if parsed.problems:
            self.faults[name] = wording.problem(parsed.problems[0], wording.language())
        return text if parsed.value is None else str(parsed.value)
