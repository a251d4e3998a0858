"""The commands of the second half, one by one, where they have nothing to do or cannot do it: what they say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from running import DEADLINE, done, run

Shokai = Callable[..., Result]


@pytest.fixture(scope="module")
def replied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a few replies; copied for each test."""
    path = tmp_path_factory.mktemp("second") / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("inquiry", "open", "grant_small", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 3, database=path)
    copy = path.with_name("copy.db")
    done("backup", copy, database=path)
    return copy


@pytest.fixture
def shokai(replied: Path, tmp_path: Path) -> Shokai:
    path = tmp_path / "shokai.db"
    path.write_bytes(replied.read_bytes())
    return lambda *arguments, language="ja": run(*arguments, database=path, language=language)


@pytest.mark.parametrize(
    ("arguments", "code", "ja", "en"),
    [
        (("publish", "support_needs", "-o", "out"), 1, "関係課への照会をまだしていません", "not asked yet"),
        (("publish", "support_needs", "-o", "out", "--write-only"), 1, "まだ公表していません", "Nothing of"),
        (("rounds", "support_needs"), 0, "関係課への照会をまだしていません", "not asked yet"),
        (("follow-up", "support_needs", "-o", "x.xlsx"), 0, "時期を過ぎた約束はありません", "No promise is over"),
        (("follow-up", "support_needs", "-o", "x.pdf"), 1, ".xlsx", ".xlsx"),
        (("opinions", "support_needs", "nowhere"), 1, "ありません：nowhere", "There is no nowhere"),
        (("routing", "list", "grant_small"), 1, "要望の表がありません", "no table of needs"),
        (("routing", "set", "support_needs", "XYZ", "税務課"), 1, "「XYZ」という記号はありません", "There is no “XYZ”"),
        (("routing", "set", "support_needs", "TAX", "無い課"), 1, "「無い課」という関係課はありません", "no relevant"),
        (("return", "support_needs", "三島町", "B1", "--reason", "x"), 1, "差し戻せ", "returned"),
        (("receive", "support_needs", ".", "--hand-in", "nobody"), 1, "利用者はいません", "no account “nobody”"),
    ],
)
def test_what_cannot_be_done_is_said(  # noqa: PLR0917
    shokai: Shokai,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    ja: str,
    en: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, said in (("ja", ja), ("en", en)):
        found = shokai(*arguments, language=language)
        assert (found.exit_code, said in found.stderr) == (code, True), found.output


def test_a_need_that_is_unknown_cannot_be_shared_as_it_is(shokai: Shokai, tmp_path: Path) -> None:
    assert shokai("consult", "support_needs", "--due", DEADLINE).exit_code == 0
    found = shokai("publish", "support_needs", "-o", tmp_path / "out", "--as-they-are", "999999-01")
    assert (found.exit_code, "管理番号 999999-01 の要望はありません" in found.stderr) == (1, True)
    found = shokai("publish", "support_needs", "-o", tmp_path / "out", "--round", "5")
    assert (found.exit_code, "第5回の照会はありません" in found.stderr) == (1, True)


def test_a_field_is_led_by_one_division_from_today(shokai: Shokai) -> None:
    assert shokai("routing", "set", "support_needs", "LAW", "税務課").exit_code == 0
    assert shokai("routing", "set", "support_needs", "LAW", "人事課").exit_code == 0
    (line,) = [one for one in shokai("routing", "list", "support_needs").stdout.splitlines() if one.startswith("LAW")]
    assert line.split()[2] == "人事課"
