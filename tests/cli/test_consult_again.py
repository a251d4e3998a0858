"""shokai consult: from the second round on it asks what is left over, as the page does; --all asks everything."""

from datetime import timedelta
from pathlib import Path

import pytest
from running import run
from sqlite_utils import Database
from telling import Desk, desk_of
from town import DEADLINE

from survey_app.cli import responding
from survey_app.store.fixed_cuts import fixed_cuts
from survey_app.store.rounds import asked, rounds

DUE = "2099-01-08T17:15"


@pytest.fixture
def desk(sampled: Database) -> Desk:
    found = desk_of(sampled)
    sampled.execute("UPDATE routing_rule SET since = '2026-04-01'")
    sampled.execute("UPDATE division SET since = '2026-04-01'")
    sampled.conn.commit()
    for division in (found.tax, found.people):
        found.hand_in(division, R1="A", R2="現行の研修で対応します。", R7="担当 024-521-0000")
    return found


def test_a_second_round_asks_what_is_left_over(desk: Desk, path: Path) -> None:
    cuts = len(fixed_cuts(desk.database, desk.inquiry))
    refused = run("consult", "support_needs", "--due", DUE, database=path)
    assert (refused.exit_code, "--all" in refused.stderr) == (1, True)
    assert len(fixed_cuts(desk.database, desk.inquiry)) == cuts, "nothing is fixed for a round that is not opened"
    key = desk.of("TAX")[0].key
    desk.database.execute("UPDATE response SET disposition = 'D' WHERE municipality = ? AND row = ?", [*key])
    desk.database.conn.commit()
    done = run("consult", "support_needs", "--due", DUE, database=path)
    assert done.exit_code == 0, done.output
    assert {one.key for one in asked(desk.database, rounds(desk.database, desk.inquiry)[-1])} == {key}
    count = len(desk.of("TAX")) + len(desk.of("HR")) - 1
    assert f"この回では照会しない要望 {count}件" in done.stderr


def test_all_needs_are_asked_again_when_it_is_said(desk: Desk, path: Path) -> None:
    done = run("consult", "support_needs", "--due", DUE, "--all", "--cut", "1", database=path)
    assert done.exit_code == 0, done.output
    again = {one.key for one in asked(desk.database, rounds(desk.database, desk.inquiry)[-1])}
    assert again == {need.key for need in (*desk.of("TAX"), *desk.of("HR"))}
    assert rounds(desk.database, desk.inquiry)[-1].due > DEADLINE + timedelta(days=1)


def test_two_officials_who_start_at_once_open_one_round(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, fix = len(rounds(desk.database, desk.inquiry)), responding.fix_for_round
    first = []

    def meanwhile(*given):
        monkeypatch.setattr(responding, "fix_for_round", fix)
        first.append(run("consult", "support_needs", "--due", DUE, "--all", database=path))
        return fix(*given)

    monkeypatch.setattr(responding, "fix_for_round", meanwhile)
    second = run("consult", "support_needs", "--due", DUE, "--all", database=path)
    assert first[0].exit_code == 0, first[0].output
    assert (second.exit_code, "ほかの方が照会を始めた" in second.stderr) == (1, True)
    assert len(rounds(desk.database, desk.inquiry)) == before + 1
