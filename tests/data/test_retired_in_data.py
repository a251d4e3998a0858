"""What is no longer asked keeps its column, and the answers that were given to it."""

from dataclasses import replace
from random import Random

from a_cut import CODES, SMALL, Given, cut, small
from hard_values import answered

from exports.data.everything import everything_asked
from exports.data.tables import data_tables
from questions.reading import read_toml

RETIRED = SMALL.replace(
    'HR = { ja = "人事交流", en = "Exchange" }', 'HR = { ja = "人事交流", en = "Exchange", retired = true }'
)
RETIRED = RETIRED.replace('name = "N3"\nkind = "day"', 'name = "N3"\nretired = true\nkind = "day"')


def test_retired_questions_and_choices_keep_their_columns() -> None:
    given = cut({code: answered(Random(code)) for code in CODES[:20]})
    before = data_tables(given)
    after = data_tables(replace(given, questionnaire=read_toml(RETIRED)))
    for old, new in zip(before, after, strict=True):
        assert old.header == new.header
        assert list(old.rows()) == list(new.rows())
    assert after[0]["N3"].retired
    assert not before[0]["N3"].retired


def test_a_questionnaire_without_anything_retired_stays_itself() -> None:
    asked = small()
    assert everything_asked(asked) is asked


def test_no_reply_gives_tables_with_all_columns() -> None:
    assert [len(table) for table in data_tables(cut({}))] == [0, 0]
    assert len(data_tables(cut({CODES[0]: Given({"B1": "0"})}))[0]) == 1
