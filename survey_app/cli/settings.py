"""Reads the settings for a command, and says of a faulty one how to mend it."""

from survey_app.cli.failures import Failure
from survey_app.cli.words import Words
from survey_app.config import Config, from_environment
from survey_app.mailing.server import FaultySetting

MENDING = {
    "SHOKAI_MAIL_SERVER": Words(
        "「mail.example.lg.jp:25」のように書いてください。", "Write it as mail.example.lg.jp:25."
    ),
    "SHOKAI_MAIL_FROM": Words(
        "差出人のメールアドレスを、「市町村行政課 <shokai@example.lg.jp>」のように書いてください。",
        "Write the sender's address, as in: Division <shokai@example.lg.jp>.",
    ),
    "SHOKAI_MAIL_STARTTLS": Words(
        "利用者名（SHOKAI_MAIL_USER）でサインインするときは、1 にして暗号化してください。",
        "Set it to 1 when SHOKAI_MAIL_USER signs in: a password is sent encrypted only.",
    ),
    "SHOKAI_MAIL_PASSWORD_FILE": Words("そのファイルを読めません。", "The file cannot be read."),
    "SHOKAI_PUBLIC_ADDRESS": Words(
        "「https://shokai.example.lg.jp」のように書いてください。", "Write it as https://shokai.example.lg.jp."
    ),
}


def settings() -> Config:
    """Return the settings of the environment. Raises Failure that names the faulty one."""
    try:
        return from_environment()
    except FaultySetting as fault:
        name = str(fault)
        raise Failure(
            f"設定 {name} が正しくありません。{MENDING[name].ja}", f"The setting {name} is wrong. {MENDING[name].en}"
        ) from fault
