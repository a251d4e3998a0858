"""Regional bureaus are shown in one order, wherever they are listed."""

from questions.bureaus import ORDER, in_order


def test_the_order_of_the_house() -> None:
    shown = ("県北", "会津", "県中", "いわき", "南会津", "相双", "県南", "会津")
    assert in_order(shown) == ("県北", "県中", "県南", "会津", "南会津", "相双", "いわき") == ORDER


def test_the_full_names_stand_where_the_short_ones_do() -> None:
    assert in_order(["会津地方振興局", "県北地方振興局"]) == ("県北地方振興局", "会津地方振興局")


def test_unknown_bureaus_follow_as_they_first_appear() -> None:
    assert in_order(["（未設定）", "相双", "岩手県", "県北", "岩手県"]) == ("県北", "相双", "（未設定）", "岩手県")
