"""Needs that say much the same, and needs that say nothing."""

from types import MappingProxyType

import pytest

from exports.needs import Need
from exports.similarity import phrases, proposals, says_nothing


def need(municipality: str, subject: str, detail: str = "", row: str = "r1") -> Need:
    control = f"{municipality}-01"
    return Need(municipality, row, control, "TAX", "JOINT", subject, detail, "open", 1, MappingProxyType({}), "d")


NEEDS = (
    need("072010", "滞納整理の併任徴収", "県職員との併任徴収により、高額滞納案件の処理を進めたい。"),
    need("072028", "併任徴収の実施", "県税部職員との併任徴収により高額滞納案件の処理を進めたい"),
    need("072036", "条例改正の法制執務研修", "条例改正の審査を担える職員を育てるため、研修を受けさせたい。"),
    need("072044", "公共施設のネットワーク更新", "庁内ネットワークの更新に当たり、仕様書の作成への助言を希望する。"),
)


def test_what_says_the_same_is_proposed_with_the_reason() -> None:
    (proposal,) = proposals(NEEDS)
    assert proposal.first == NEEDS[0].key
    assert [one.other for one in proposal.others] == [NEEDS[1].key]
    assert 0.35 <= proposal.others[0].degree < 1
    assert "併任徴収により" in "".join(phrases(NEEDS[0], NEEDS[1]))


def test_needs_of_one_municipality_are_not_proposed() -> None:
    assert proposals([NEEDS[0], need("072010", "併任徴収の実施", NEEDS[1].detail, "r2")]) == ()


def test_no_need_stands_in_two_proposals() -> None:
    many = [need(f"07{number:04d}", "ドローンの運用規程について助言を受けたい", f"別紙{number}") for number in range(9)]
    found = proposals([*many, *NEEDS])
    keys = [key for one in found for key in (one.first, *(other.other for other in one.others))]
    assert len(keys) == len(set(keys))
    assert max(len(one.others) for one in found) == 8


def test_nothing_is_alike_without_needs() -> None:
    assert proposals([]) == ()
    assert proposals(NEEDS[:1]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "特になし",
        "特になし。",
        "なし",
        "該当なし",
        "－（該当なし）",
        "特にありません。",
        "現時点では特に要望はありません",
        "ｰ",
        "",
    ],
)
def test_what_says_nothing(text: str) -> None:
    assert says_nothing(need("072010", text))


@pytest.mark.parametrize(
    "text", ["空き家対策", "担い手がないため派遣を希望", "なし農家への支援", "該当なしの場合の取扱い"]
)
def test_what_says_something(text: str) -> None:
    assert not says_nothing(need("072010", text, "特になし"))
