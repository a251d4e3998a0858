"""What the buttons at a table do: add a blank row, move a row, number the rows."""

from survey_app.answering import moved, numbered, reordered
from survey_app.store.replies import Changes
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.pages import SectionPage
from survey_app.views.replying.ways import to_section, to_table

TABLE_ACTS = frozenset({"add", "up", "down", "number", "paste"})


def in_table(now: Opened, sent: SectionPage, act: str, name: str) -> str:
    """Do what a button asks for, after the page was saved; return where it is seen.

    ``name`` is a row's id for up and down, else the table's name; an unknown one does nothing.
    """
    rows = now.reply.answers.rows
    table = next((one for one in sent.section.tables() if name == one.name or name in rows.get(one.name, ())), None)
    if table is None:
        return to_section(now, sent.section.name)
    present = now.reply.answers.row_ids(table.name)
    if act == "paste":  # what was typed on the page is saved by now
        return now.address("paste", table=table.name)
    if act == "add":
        blank = sum(row not in present for one in sent.rows if one.table is table for row in one.spare)
        note("saved")
        return to_table(now, table.name, **{f"spare.{table.name}": str(blank + 1)})
    if act == "number":
        changes = Changes(now.reply.revision, numbered(table, present, now.reply.setting))
        note("numbered")
    else:
        changes = reordered(now.reply, table, moved(present, name, -1 if act == "up" else 1))
        note("row_moved_numbered" if changes.entries else "row_moved")
    now.save(changes)
    return to_table(now, table.name)
