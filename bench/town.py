"""Makes the database that the pages are measured on: eight town halls in the middle of answering all questionnaires.

``python -m bench.town DATABASE`` prints the accounts as JSON. All eight give the same answers, the fullest of some
sample replies, in rows of the same ids: their pages are the same.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlite_utils import Database

from questions.answers import Answers
from questions.model import Questionnaire
from questions.reading import catalogue, read_catalogue
from questions.setting import Municipality, Setting
from survey_app import clock
from survey_app.passwords import hash_password
from survey_app.rosters.reading import read_own_roster
from survey_app.sample import contents
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.audit import Who
from survey_app.store.database import initialise
from survey_app.store.inquiries import Inquiry, NewInquiry, open_inquiry
from survey_app.store.replies import Changes, Surroundings, find_reply, save_answers
from survey_app.store.rosters import keep_municipalities, roster

OFFICERS = 8
SAMPLES = 40  # of which the fullest is taken
PASSWORD = "only for measuring"
OPEN_FOR = timedelta(days=21)


def make(path: Path) -> list[dict[str, str]]:
    """Make the database; return the officers with sign-in name, password and municipality."""
    now = clock.now()
    database = initialise(path)
    targets = [line.municipality for line in read_own_roster("fukushima")]
    keep_municipalities(database, targets, "bench")
    towns = targets[:OFFICERS]
    secret = hash_password(PASSWORD)
    for town in towns:
        create_account(database, Account(0, town.code, f"{town.name} 担当者", "officer", town.code, secret), now)
    for name in catalogue():
        questionnaire = read_catalogue(name)
        codes = tuple(one.code for one in targets)
        title = questionnaire.title.ja
        new = NewInquiry(name, title, "市町村行政課", title, questionnaire, now + OPEN_FOR, codes)
        _answer(database, open_inquiry(database, new, Who(None, "bench", now)), towns)
    database.close()
    return [{"sign_in_name": town.code, "password": PASSWORD, "municipality": town.code} for town in towns]


def _answer(database: Database, inquiry: Inquiry, towns: list[Municipality]) -> None:
    known = roster(database)
    answers = _fullest(inquiry.questionnaire, Setting(known, towns[0].code, clock.now().date()))
    for town in towns:
        account = find_account(database, town.code)
        if account is None:
            raise LookupError(town.code)
        who = account.who(clock.now())
        reply = find_reply(database, inquiry, town.code, Surroundings(known, who))
        save_answers(database, reply, Changes(reply.revision, answers.entries, answers.rows), who)


def _fullest(questionnaire: Questionnaire, setting: Setting) -> Answers:
    made = [contents(questionnaire, setting, Random(seed), nil=False) for seed in range(SAMPLES)]
    return max(made, key=lambda answers: len(answers.entries))


if __name__ == "__main__":
    print(json.dumps({"officers": make(Path(sys.argv[1]))}))
