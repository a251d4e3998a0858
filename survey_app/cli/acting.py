"""Who answers for what a command does in the name of a person."""

from datetime import datetime

from sqlite_utils import Database

from survey_app.cli.failures import Failure
from survey_app.permissions import LEAD
from survey_app.store.accounts import find_account
from survey_app.store.audit import Who


def acting(database: Database, sign_in_name: str, through: str, at: datetime) -> Who:
    """Return a person of the lead division who acts ``through`` a command. Raises Failure when there is none."""
    found = find_account(database, sign_in_name)
    if found is None or found.role not in LEAD:
        raise Failure(
            f"「{sign_in_name}」という県の照会担当の利用者はいません。shokai account add {sign_in_name} --role "
            "division で登録するか、名前を確かめてください。",
            f"There is no account “{sign_in_name}” of the lead division. Add it with shokai account add, or check it.",
        )
    return Who(found.id, f"{through}（{found.name}）", at)
