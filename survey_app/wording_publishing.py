"""Words of telling municipalities what became of their needs, where no page says them."""

from questions.labels import Language
from survey_app import wording
from survey_app.store.follow_ups import Status
from survey_app.store.telling import Lack, Line
from survey_app.wording import N_, translate

LACKS = {
    Lack.UNOWNED: N_("担当課なし"),
    Lack.WAITING: N_("担当課の回答待ち"),
    Lack.SUPPORT: N_("関係課の回答待ち"),
    Lack.FAULTY: N_("回答に不備"),
    Lack.EARLIER: N_("前の回の回答"),
    Lack.CHANGED: N_("回答後に要望が変更"),
    Lack.GONE: N_("要望が取り下げられた"),
    Lack.NAMES: N_("ほかの団体名あり"),
    Lack.BETRAYS: N_("団体名が分かる"),
}
STATUSES = {
    Status.DONE: N_("実施した"),
    Status.ON_THE_WAY: N_("進めている"),
    Status.LATER: N_("遅れる（新しい予定）"),
    Status.GIVEN_UP: N_("取りやめた"),
}
"""What became of a promise."""
JOINED = {"ja": "、", "en": ", "}


def lack(found: Lack, to: Language) -> str:
    """Return what stands in the way of telling what became of a need, in a word."""
    return translate(LACKS[found], to)


def about(found: Lack, line: Line, to: Language) -> str:
    """Return what is said of one need beside that word: what is wrong, which names were found; "" for nothing."""
    if found is Lack.FAULTY:
        return " ".join(wording.problem(one, to) for one in line.problems)
    names = {Lack.NAMES: line.names, Lack.BETRAYS: line.betrays}.get(found, ())
    return JOINED[to].join(names)
