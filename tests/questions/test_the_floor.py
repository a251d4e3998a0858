"""The floor itself: it stands without the web, tables and SQL, and nothing happens when it is loaded."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import importlib, pkgutil, sys
import questions
names = [module.name for module in pkgutil.walk_packages(questions.__path__, "questions.")]
for name in names:
    importlib.import_module(name)
above = {name.partition(".")[0] for name in sys.modules} & {
    "flask", "wtforms", "pandas", "numpy", "sqlite_utils", "sqlite3", "xlsxwriter", "openpyxl", "click",
    "exports", "survey_app",
}
print(len(names), sorted(above))
"""


def test_every_room_of_the_floor_loads_alone() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=ROOT)
    rooms, above = done.stdout.split(" ", 1)
    assert above.strip() == "[]"
    assert int(rooms) > 20
    assert done.stderr == ""
