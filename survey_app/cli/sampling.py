"""shokai sample: replies to look at and to try things with."""

from collections import Counter
from pathlib import Path

import click
from sqlite_utils import Database

from questions.life import NotAllowed
from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.progress import progress
from survey_app.cli.words import language, tell
from survey_app.sample import FILLED, NoSample, Part, Run, TooFewTargets, hand_in
from survey_app.store.inquiries import Inquiry
from survey_app.store.submissions import Incomplete


@click.command(
    cls=Told,
    ja="見本の回答を作る。\n\n"
    "まだ何も入力していない市町村から N 団体を選び、本物の回答と同じ経路で入力・提出します。"
    "N 団体のうち約3分の1は受付済、1～2団体ずつが再提出、取下げ（訂正中）、差戻し中になります。"
    "このほかに、残りの市町村から最大3団体を未提出（入力中、承認待ち）にします。"
    "同じ照会に同じ --seed なら、同じ回答になります。提出日時は照会の期間に散らすため、いまより後のこともあります。",
    en="Make sample replies.\n\n"
    "N municipalities that have not begun hand in, the way of real replies; about a third of them are accepted, one "
    "or two each are handed in again, being corrected, or returned. Up to three others stay unfinished. "
    "The same --seed for the same inquiry gives the same replies. Their moments are spread over the inquiry's term, "
    "and may lie in the future.",
)
@click.argument("inquiry")
@click.option(
    "--replies",
    cls=Option,
    required=True,
    type=click.IntRange(min=1),
    ja="提出する団体の数 N。",
    en="N, the number that hand in.",
)
@click.option(
    "--seed", cls=Option, type=int, default=1, show_default=True, ja="乱数の種。", en="The seed of the random numbers."
)
@with_database
def sample(inquiry: str, replies: int, seed: int, database: Path) -> None:
    """Make sample replies."""
    with opened(database) as held:
        asked = known_inquiry(held, inquiry)
        parts = hand_in_samples(held, asked, Run(replies, seed))
    ends = Counter(part.end for part in parts)
    tell(
        f"見本の回答を作りました：提出 {replies}団体（うち受付済 {ends['accepted']}、再提出 {ends['resubmitted']}、"
        f"訂正中 {ends['withdrawn']}、差戻し中 {ends['returned']}）、未提出 {ends['draft'] + ends['awaiting']}団体",
        f"Made sample replies: {replies} handed in ({ends['accepted']} accepted, {ends['resubmitted']} again, "
        f"{ends['withdrawn']} being corrected, {ends['returned']} returned), "
        f"{ends['draft'] + ends['awaiting']} unfinished",
    )


def hand_in_samples(database: Database, inquiry: Inquiry, run: Run) -> tuple[Part, ...]:
    """Make the replies of a run and show how far it has come. Raises Failure."""
    name = inquiry.questionnaire.name
    try:
        with progress(run.replies, "見本を作っています", "Making sample replies") as advance:
            return hand_in(database, inquiry, run, advance)
    except NoSample as fault:
        raise Failure(
            f"調査票「{name}」の見本は作れません。備え付けの {'、'.join(FILLED)} だけです。",
            f"No sample can be made for “{name}”, only for the catalogue's {', '.join(FILLED)}.",
        ) from fault
    except TooFewTargets as fault:
        wanted, untouched = fault.args
        raise Failure(
            f"{wanted}団体分は作れません。未着手は{untouched}団体です。--replies を{untouched}以下にしてください。",
            f"{wanted} replies cannot be made: {untouched} municipalities have not begun. Ask for at most {untouched}.",
        ) from fault
    except NotAllowed as fault:
        raise Failure(
            f"照会「{inquiry.name}」は締め切られているため、回答を作れません。",
            f"The inquiry “{inquiry.name}” is closed and takes no replies.",
        ) from fault
    except Incomplete as fault:
        raise _unfit(inquiry, fault) from fault


def _unfit(inquiry: Inquiry, fault: Incomplete) -> Failure:
    """Say why a sample cannot be handed in: the questionnaire is not quite the one of the catalogue."""
    from survey_app.wording import problem  # noqa: PLC0415 (loads Flask-Babel)

    told = "\n".join(f"  {one.question}: {problem(one, language())}" for one in fault.problems)
    return Failure(
        f"調査票「{inquiry.questionnaire.name}」が備え付けのものと違うため、見本を提出できません。\n{told}",
        f"The questionnaire “{inquiry.questionnaire.name}” differs from the catalogue's: no sample fits.\n{told}",
    )
