"""shokai mail: sends what waits in the queue, and lists what became of it."""

from pathlib import Path

import click

from survey_app import clock
from survey_app.cli.commands import Group, Told, with_database
from survey_app.cli.deadlines import show_moment
from survey_app.cli.failures import FAILED, Failure
from survey_app.cli.opening import known_inquiry, opened
from survey_app.cli.pages import table
from survey_app.cli.settings import settings
from survey_app.cli.words import Words, language, spoken, tell
from survey_app.mailing.sending import send_due
from survey_app.store.mails import Dropped, Mail, mails_of

DROPPED = {
    Dropped.REPLIED: Words("送らず（回答済み）", "not sent: replied"),
    Dropped.CLOSED: Words("送らず（締切後）", "not sent: closed"),
    Dropped.OUTDATED: Words("送らず（期限が変わった）", "not sent: the deadline changed"),
    Dropped.REFUSED: Words("届かず（宛先が拒否）", "refused"),
    Dropped.EXPIRED: Words("送らず（時間切れ）", "given up"),
}

mail = Group(
    name="mail",
    no_args_is_help=True,
    ja="お知らせのメールを送る、送った記録を見る。",
    en="Send mails that wait, and list what became of them.",
)


@mail.command(
    "send",
    cls=Told,
    ja="送信待ちのメールを送る。\n\n"
    "画面で用意されたメールを、いま送るべきものだけ1回送ります。5分ごとなど、定期的に実行してください。"
    "その間に回答した団体には送りません。送れなかったものは、間をおいて次の実行で送り直します。\n"
    "送れなかったものがあれば、終了コードは1になります。",
    en="Send mails that wait.\n\n"
    "Sends what is due, once; let a schedule call it, say every five minutes. Those who have replied meanwhile get "
    "nothing. What failed is tried again after a pause.\n"
    "Ends with 1 when anything failed.",
)
@with_database
def send(database: Path) -> int:
    """Send what is due."""
    server = settings().mail
    if server is None:
        raise Failure(
            "メールサーバーが設定されていません。SHOKAI_MAIL_SERVER と SHOKAI_MAIL_FROM を設定してください。",
            "No mail server is set: set SHOKAI_MAIL_SERVER and SHOKAI_MAIL_FROM.",
        )
    with opened(database) as held:
        outcome = send_due(held, server, clock.now)
    if outcome.unreachable:
        tell(
            f"メールサーバー {server.host}:{server.port} で送れません（{outcome.unreachable}）。後で送り直します。",
            f"The mail server {server.host}:{server.port} failed ({outcome.unreachable}). It is tried again later.",
        )
    tell(
        f"送信 {outcome.sent}件、取りやめ {outcome.dropped}件、失敗 {outcome.failed}件",
        f"{outcome.sent} sent, {outcome.dropped} dropped, {outcome.failed} failed",
    )
    return FAILED if outcome.failed else 0


@mail.command(
    "list",
    cls=Told,
    ja="照会のメールの一覧を見る（団体、宛先、状態、件名）。",
    en="List the mails of an inquiry: municipality, recipient, what became of it, subject.",
)
@click.argument("inquiry")
@with_database
def list_mails(inquiry: str, database: Path) -> None:
    """List the mails of an inquiry."""
    with opened(database) as held:
        rows = [
            (one.municipality, one.recipient, _outcome(one), one.subject)
            for one in reversed(mails_of(held, known_inquiry(held, inquiry)))
        ]
    if not rows:
        tell("メールはありません。", "There is no mail.")
    for line in table(rows):
        click.echo(line)


def _outcome(one: Mail) -> str:
    if one.sent_at is not None:
        at = show_moment(one.sent_at) if language() == "ja" else f"{one.sent_at:%Y-%m-%d %H:%M}"
        return spoken(f"送信 {at}", f"sent {at}")
    if one.dropped_at is not None:
        return str(DROPPED[Dropped(one.fault.partition(":")[0])])
    return spoken("送信待ち", "waiting") + (f"（{one.fault}）" if one.fault else "")
