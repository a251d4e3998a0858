"""Rules over the replies of all municipalities, which only the division sees."""

from small_inquiry import HINOEMATA, KANEYAMA, MISHIMA, Typed, examined

from questions.across import Filed, Finding, findings
from questions.contents import contents_of
from questions.model import Questionnaire
from questions.reading import read_catalogue

COOPERATION, SMALL = read_catalogue("grant_cooperation"), read_catalogue("grant_small")


def filed(form: Questionnaire, code: str, year: str, members: str, amount: str = "100000") -> Filed:
    """What a town handed in: its year, its members and its amount."""
    asked_for = "G10" if form is COOPERATION else "G15"
    texts: Typed = {"B1": "1", "G3": members, "G5": year, asked_for: amount}
    return code, contents_of(examined(form, texts))


def told(found: tuple[Finding, ...]) -> list[tuple[str, object, tuple[str, ...], object]]:
    return [(one.rule.name, one.by, one.municipalities, one.total or one.shared) for one in found]


def test_the_amounts_of_one_year_against_the_budget() -> None:
    within = [
        filed(COOPERATION, MISHIMA, "2027", "三島町", "300000"),
        filed(COOPERATION, KANEYAMA, "2027", "金山町", "300000"),
    ]
    assert told(findings(COOPERATION.across, within, {})) == []
    beyond = [
        *within,
        filed(COOPERATION, HINOEMATA, "2027", "檜枝岐村", "1"),
        filed(COOPERATION, HINOEMATA, "2028", "双葉町", "600000"),
    ]
    assert told(findings(COOPERATION.across, beyond, {})) == [("G1-05", 2027, (MISHIMA, KANEYAMA, HINOEMATA), 600001)]


def test_a_town_in_two_replies_of_one_year() -> None:
    replies = [
        filed(COOPERATION, MISHIMA, "2027", "三島町；金山町"),
        filed(COOPERATION, KANEYAMA, "2027", "金山町；檜枝岐村"),
        filed(COOPERATION, HINOEMATA, "2028", "三島町；檜枝岐村"),
    ]
    assert told(findings(COOPERATION.across, replies, {})) == [("G1-07", 2027, (MISHIMA, KANEYAMA), KANEYAMA)]


def test_a_town_in_a_reply_here_and_in_one_to_the_other_form() -> None:
    here = [filed(SMALL, MISHIMA, "2027", "三島町；金山町")]
    there = {"grant_cooperation": [filed(COOPERATION, KANEYAMA, "2027", "金山町；檜枝岐村")]}
    assert told(findings(SMALL.across, here, there)) == [("G2-07", 2027, (MISHIMA, KANEYAMA), KANEYAMA)]
    later = {"grant_cooperation": [filed(COOPERATION, KANEYAMA, "2028", "金山町；檜枝岐村")]}
    assert told(findings(SMALL.across, here, later)) == []
    assert told(findings(SMALL.across, here, {})) == []


def test_who_asks_for_nothing_breaks_nothing() -> None:
    nil: Filed = (
        MISHIMA,
        contents_of(examined(COOPERATION, {"B1": "0", "G5": "2027", "G10": "9999999", "G3": "三島町"})),
    )
    assert told(findings(COOPERATION.across, [nil, nil], {})) == []
