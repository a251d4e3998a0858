"""Replies to 様式1 in any number, kept in a file so that each process reads the same ones into a cut."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from exports.cut import Cut, Submission, TargetLine
from exports.records import is_nil
from questions.checking import Examination
from questions.contents import contents_of, digest, dump, load
from questions.life import State
from questions.reading import read_catalogue
from questions.setting import Municipality, Roster, Setting, check_digit
from survey_app.clock import TOKYO
from survey_app.rosters.reading import read_own_roster
from survey_app.sample import contents

QUESTIONNAIRE = "support_needs"
SEED = 1
FUKUSHIMA = 59
OPENED = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
DEADLINE = datetime(2026, 12, 18, 17, 15, tzinfo=TOKYO)


def municipalities(wanted: int) -> list[Municipality]:
    """Return so many municipalities: of Fukushima, of Japan, and beyond those made-up ones of the same sorts."""
    for name in ("fukushima", "japan"):
        known = [line.municipality for line in read_own_roster(name)]
        if wanted <= len(known):
            return known[:wanted]
    return known + list(_made_up(wanted - len(known), known))


def _made_up(wanted: int, known: list[Municipality]) -> Iterator[Municipality]:
    taken = {one.code for one in known}
    codes = (f"{five:05d}{check_digit(f'{five:05d}')}" for five in count(1000))
    free = (code for code in codes if code not in taken)
    for number, code in zip(range(wanted), free, strict=False):
        like = known[number % len(known)]
        yield replace(like, code=code, name=f"{like.name}{number}")


def make(wanted: int, file: Path) -> int:
    """Make one reply for each of so many municipalities; return how many were written.

    Each is filled in as by a municipality of Fukushima, by a chance of its own, and signed by its own.
    """
    questionnaire = read_catalogue(QUESTIONNAIRE)
    targets = municipalities(wanted)
    roster, there = Roster(targets), municipalities(FUKUSHIMA)
    home = Roster(there)
    with file.open("w", encoding="utf-8") as lines:
        for number, target in enumerate(targets):
            local = Setting(home, there[number % len(there)].code, OPENED.date())
            answers = contents(questionnaire, local, random.Random(f"{SEED}/{number}"))
            setting = Setting(roster, target.code, OPENED.date())
            written = dump(contents_of(Examination(questionnaire, answers, setting)), questionnaire)
            lines.write(json.dumps([target.code, written], ensure_ascii=False) + "\n")
    return len(targets)


def read_cut(file: Path) -> Cut:
    """Read the replies into a cut, as the database gives it."""
    questionnaire = read_catalogue(QUESTIONNAIRE)
    submissions = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            code, written = json.loads(line)
            submissions.append(
                Submission(
                    municipality=code,
                    number=1,
                    receipt=f"001-{code}-01",
                    submitted_at=OPENED + timedelta(hours=1),
                    digest=digest(written),
                    state=State.SUBMITTED,
                    contents=load(written, questionnaire),
                )
            )
    targets = [TargetLine(one.municipality, one.state, DEADLINE, nil=is_nil(questionnaire, one)) for one in submissions]
    return Cut(
        inquiry=QUESTIONNAIRE,
        title=questionnaire.title.ja,
        issuer="市町村行政課",
        opened_at=OPENED,
        deadline=DEADLINE,
        taken_at=DEADLINE,
        questionnaire=questionnaire,
        roster=Roster(municipalities(len(submissions))),
        targets=targets,
        submissions=submissions,
    )
