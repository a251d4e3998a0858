"""Needs that are merged into one matter, and taken apart again."""

import pytest
from sqlite_utils import Database
from town import OPENED

from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import (
    IS_A_NEED,
    NOT_A_NEED,
    NOT_SIMILAR,
    AlreadyMerged,
    TooFew,
    dissolve,
    merge,
    merges,
    not_similar,
    remark,
    remarked,
)

WHO = Who(None, "県庁 太郎", OPENED)
A, B, C, D, E = (("072010", "ra"), ("072028", "rb"), ("072036", "rc"), ("072044", "rd"), ("072044", "re"))


def test_merged_grown_and_dissolved(database: Database, support_needs: Inquiry) -> None:
    first = merge(database, support_needs, [B, A], "併任徴収", WHO)
    assert [(one.subject, one.needs) for one in merges(database, support_needs)] == [("併任徴収", (A, B))]
    second = merge(database, support_needs, [A, C], "併任徴収の実施", WHO)
    assert first != second
    assert [(one.subject, one.needs) for one in merges(database, support_needs)] == [("併任徴収の実施", (A, B, C))]
    dissolve(database, support_needs, second, WHO)
    assert merges(database, support_needs) == ()
    with pytest.raises(LookupError):
        dissolve(database, support_needs, second, WHO)
    acts = [row["act"] for row in database.execute("SELECT act FROM event ORDER BY id DESC LIMIT 3")]
    assert acts == ["dissolve_merge", "merge_needs", "merge_needs"]


def test_two_groups_are_not_joined_unseen(database: Database, support_needs: Inquiry) -> None:
    merge(database, support_needs, [A, B], "一", WHO)
    merge(database, support_needs, [C, D], "二", WHO)
    with pytest.raises(AlreadyMerged):
        merge(database, support_needs, [A, C], "三", WHO)
    with pytest.raises(TooFew):
        merge(database, support_needs, [E, E], "四", WHO)
    assert len(merges(database, support_needs)) == 2


def test_remarks(database: Database, support_needs: Inquiry) -> None:
    remark(database, support_needs, A, NOT_A_NEED, WHO)
    remark(database, support_needs, A, NOT_A_NEED, WHO)
    assert remarked(database, support_needs, NOT_A_NEED) == {A}
    remark(database, support_needs, A, IS_A_NEED, WHO)
    assert remarked(database, support_needs, NOT_A_NEED) == frozenset()
    remark(database, support_needs, B, NOT_SIMILAR, WHO, other=C)
    assert not_similar(database, support_needs) == {frozenset((B, C))}
