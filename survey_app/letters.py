"""Letters to town halls about an inquiry, in official Japanese whatever the language of the page."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale

from survey_app import wording
from survey_app.access import current_account
from survey_app.addresses import public_url
from survey_app.mailing.composing import one_line
from survey_app.store.inquiries import Inquiry, Standing
from survey_app.store.mails import Kind

SUBJECTS = {
    Kind.OPENING: "【照会】{title}（回答期限 {end}）",
    Kind.BEFORE: "【回答期限のお知らせ】{title}（回答期限 {end}）",
    Kind.AFTER: "【回答のお願い】{title}（回答期限 {end}）",
}
EVERYBODY = "各対象市町村　照会ご担当者　様"


@dataclass(frozen=True)
class Letter:
    """A text that is ready to be sent."""

    subject: str
    body: str


def letter_to(target: Standing, town: str, kind: Kind, person: str = "") -> Letter:
    """Write to one town hall; ``person`` is the section and the name of who reads it, "" for whoever is in charge."""
    to = f"{town}　{person or '照会ご担当者'}　様"
    return _letter(target.inquiry, kind, (to, target.term.extension is not None), target)


def letter_to_all(inquiry: Inquiry, kind: Kind) -> Letter:
    """Write to several town halls at once, for a mail with Bcc."""
    return _letter(inquiry, kind, (EVERYBODY, False), None)


def _letter(inquiry: Inquiry, kind: Kind, opening: tuple[str, bool], target: Standing | None) -> Letter:
    to, extended = opening
    end = wording.moment(inquiry.deadline if target is None else target.term.end, "ja")
    with force_locale("ja"):
        body = render_template(
            f"mail/{kind.value}.txt",
            inquiry=inquiry,
            to=to,
            called=inquiry.title if "「" in inquiry.title else f"「{inquiry.title}」",
            end=end,
            extended=extended,
            opened=wording.day(inquiry.opened_at.date(), "ja"),
            address=public_url("replying.overview", inquiry=inquiry.name),
            sender=current_account().name,
        )
    return Letter(one_line(SUBJECTS[kind].format(title=inquiry.title, end=end)), body.strip() + "\n")
