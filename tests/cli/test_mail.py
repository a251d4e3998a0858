"""shokai mail, against a real mail server on this machine: sent, refused, failing, hanging up, replied meanwhile."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from post_office import Post, Talk
from running import run
from sqlite_utils import Database
from town import OWN
from typing_in import NIL_REPLY, changes

from survey_app import clock
from survey_app.mailing.composing import compose
from survey_app.mailing.sending import send_due
from survey_app.mailing.server import FaultySetting, MailServer, mail_server, public_address
from survey_app.store.audit import Who
from survey_app.store.extensions import extend
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.mails import Kind, NewMail, claim, mails_of, queue_mails
from survey_app.store.replies import Reply, Surroundings, save_answers
from survey_app.store.submissions import Order, submit

SENDER = "市町村行政課 <shokai@pref.example.lg.jp>"
NOW = clock.now()
WHO = Who(None, "県庁 太郎", NOW)
AHEAD = NOW + timedelta(days=10)


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that takes everything until told otherwise."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        made = Post(port=server.server_address[1])
        server.post = made  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def server(post: Post) -> MailServer:
    """The settings that name it."""
    found = mail_server({"SHOKAI_MAIL_SERVER": f"127.0.0.1:{post.port}", "SHOKAI_MAIL_FROM": SENDER})
    assert found is not None
    return found


@pytest.fixture
def inquiry(database: Database) -> Inquiry:
    """The inquiry of 様式1, with a deadline ten days ahead."""
    database.execute("UPDATE inquiry SET deadline = ?, opened_at = ?", [clock.stored(AHEAD), clock.stored(NOW)])
    return find_inquiry(database, "support_needs")


def queue(database: Database, inquiry: Inquiry, *names: str, code: str = OWN, token: str = "token") -> None:
    mails = [
        NewMail(
            code,
            f"{name}@town.example.lg.jp",
            "【回答期限のお知らせ】照会",
            "三島町　様\n\n期限です。\n",
            Kind.BEFORE,
            AHEAD,
        )
        for name in names
    ]
    queue_mails(database, inquiry, mails, token, WHO)


def outcomes(database: Database, inquiry: Inquiry) -> dict[str, str]:
    """What became of each mail by recipient."""
    return {
        one.recipient.split("@", 1)[0]: "sent" if one.sent_at else "dropped" if one.dropped_at else "waits"
        for one in mails_of(database, inquiry)
    }


def later(**by: int) -> Callable[[], object]:
    return lambda: NOW + timedelta(**by)


def test_the_command_sends_what_waits_and_lists_it(
    database: Database, path: Path, inquiry: Inquiry, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKAI_MAIL_SERVER", f"127.0.0.1:{post.port}")
    monkeypatch.setenv("SHOKAI_MAIL_FROM", SENDER)
    queue(database, inquiry, "somu", "kikaku")
    done = run("mail", "send", database=path)
    assert (done.exit_code, "送信 2件" in done.stderr) == (0, True)
    message = post.messages[0]
    assert str(message["From"]) == SENDER
    assert str(message["Subject"]) == "【回答期限のお知らせ】照会"
    assert message.get_content().splitlines() == ["三島町　様", "", "期限です。"]
    assert sorted(post.recipients()) == ["kikaku@town.example.lg.jp", "somu@town.example.lg.jp"]
    assert "送信 0件" in run("mail", "send", database=path).stderr
    listed = run("mail", "list", "support_needs", database=path).stdout
    assert "somu@town.example.lg.jp" in listed
    assert "送信 令和" in listed


def test_who_replied_meanwhile_or_was_given_time_gets_nothing(
    database: Database,
    inquiry: Inquiry,
    server: MailServer,
    post: Post,
    reply: Callable[..., Reply],
    around: Callable[..., Surroundings],
) -> None:
    queue(database, inquiry, "somu")
    queue(database, inquiry, "other", code="074454")
    at = replace(around().who, at=NOW)
    save_answers(database, reply(), changes(reply(), {**NIL_REPLY, "A8": "R8.4.1"}), at)
    submit(database, reply(), Order(reply().revision, "handed in"), at)
    extend(database, inquiry, ["074454"], AHEAD + timedelta(days=5), "議会", WHO)
    outcome = send_due(database, server, later())
    assert (outcome.sent, outcome.dropped, post.messages) == (0, 2, [])
    assert {one.fault for one in mails_of(database, inquiry)} == {"replied", "outdated"}


def test_a_server_that_is_down_is_tried_again(
    database: Database, inquiry: Inquiry, server: MailServer, post: Post
) -> None:
    queue(database, inquiry, "somu", "kikaku")
    down = replace(server, port=1)
    outcome = send_due(database, down, later())
    assert (outcome.sent, outcome.failed, "ConnectionRefused" in outcome.unreachable) == (0, 1, True)
    assert outcomes(database, inquiry) == {"somu": "waits", "kikaku": "waits"}
    assert send_due(database, server, later(minutes=1)).sent == 1  # the one that was not tried yet
    assert send_due(database, server, later(minutes=5)).sent == 1
    assert sorted(post.recipients()) == ["kikaku@town.example.lg.jp", "somu@town.example.lg.jp"]


def test_one_refused_recipient_keeps_no_other_from_its_mail(
    database: Database, inquiry: Inquiry, server: MailServer, post: Post
) -> None:
    post.answers = {"gone@town.example.lg.jp": "550 no such user", "full@town.example.lg.jp": "452 try later"}
    queue(database, inquiry, "gone", "full", "somu")
    outcome = send_due(database, server, later())
    assert (outcome.sent, outcome.dropped, outcome.failed, outcome.unreachable) == (1, 1, 1, "")
    assert outcomes(database, inquiry) == {"gone": "dropped", "full": "waits", "somu": "sent"}
    faults = {one.recipient[:4]: one.fault for one in mails_of(database, inquiry)}
    assert (faults["gone"], faults["full"]) == ("refused: 550 no such user", "452 try later")
    post.answers = {}
    assert send_due(database, server, later(minutes=6)).sent == 1


def test_a_server_that_hangs_up_after_each_mail_gets_them_all_in_time(
    database: Database, inquiry: Inquiry, server: MailServer, post: Post
) -> None:
    post.hangs_up_after = 1
    queue(database, inquiry, "a", "b", "c")
    for minutes in (0, 6, 12):
        send_due(database, server, later(minutes=minutes))
    assert sorted(post.recipients()) == [f"{name}@town.example.lg.jp" for name in "abc"]
    assert set(outcomes(database, inquiry).values()) == {"sent"}


def test_what_the_server_does_not_take_is_kept(
    database: Database, inquiry: Inquiry, server: MailServer, post: Post
) -> None:
    post.after_text = "451 greylisted"
    queue(database, inquiry, "somu")
    assert send_due(database, server, later()).failed == 1
    assert outcomes(database, inquiry) == {"somu": "waits"}


def test_a_crash_between_sending_and_recording_makes_a_duplicate_at_most(
    database: Database, inquiry: Inquiry, server: MailServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    queue(database, inquiry, "somu")
    with monkeypatch.context() as patched:
        patched.setattr("survey_app.mailing.sending.settle_sent", crash)
        with pytest.raises(KeyboardInterrupt):
            send_due(database, server, later())
    assert send_due(database, server, later(minutes=14)).sent == 0
    assert send_due(database, server, later(minutes=16)).sent == 1
    assert send_due(database, server, later(hours=5)).sent == 0
    assert len({str(message["Message-ID"]) for message in post.messages}) == 1
    assert len(post.messages) == 2


def test_nothing_that_was_typed_becomes_a_header(database: Database, inquiry: Inquiry, server: MailServer) -> None:
    queue(database, inquiry, "somu")
    mail = claim(database, mails_of(database, inquiry)[0].id, WHO)
    assert mail is not None
    message = compose(replace(mail, subject="件名\r\nBcc: all@example.jp"), server, NOW)
    assert message["Bcc"] is None
    assert str(message["Subject"]) == "件名 Bcc: all@example.jp"
    with pytest.raises(ValueError, match=r"."):
        compose(replace(mail, recipient="a@b.jp\r\nBcc: c@d.jp"), server, NOW)


def test_without_a_mail_server_the_command_says_so(path: Path) -> None:
    done = run("mail", "send", database=path)
    assert (done.exit_code, "SHOKAI_MAIL_SERVER" in done.stderr) == (1, True)
    assert "No mail server is set" in run("mail", "send", database=path, language="en").stderr


@pytest.mark.parametrize(
    ("settings", "faulty"),
    [
        ({"SHOKAI_MAIL_SERVER": "mail.example.jp:99999"}, "SHOKAI_MAIL_SERVER"),
        ({"SHOKAI_MAIL_SERVER": "http://mail"}, "SHOKAI_MAIL_SERVER"),
        ({"SHOKAI_MAIL_SERVER": "mail"}, "SHOKAI_MAIL_FROM"),
        ({"SHOKAI_MAIL_SERVER": "mail", "SHOKAI_MAIL_FROM": "a@b.jp\nBcc: c@d.jp"}, "SHOKAI_MAIL_FROM"),
        ({"SHOKAI_MAIL_SERVER": "mail", "SHOKAI_MAIL_FROM": SENDER, "SHOKAI_MAIL_USER": "x"}, "SHOKAI_MAIL_STARTTLS"),
    ],
)
def test_faulty_settings_are_named(
    path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], faulty: str
) -> None:
    with pytest.raises(FaultySetting, match=faulty):
        mail_server(settings)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for command in (("mail", "send"), ("serve", "--port", "1")):
        done = run(*command, database=path)
        assert (done.exit_code, faulty in done.stderr) == (1, True)


def test_the_password_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("ひみつ\n", encoding="utf-8")
    settings = {
        "SHOKAI_MAIL_SERVER": "[::1]:587",
        "SHOKAI_MAIL_FROM": "shokai@pref.example.lg.jp",
        "SHOKAI_MAIL_USER": "shokai",
        "SHOKAI_MAIL_STARTTLS": "1",
        "SHOKAI_MAIL_PASSWORD_FILE": str(file),
    }
    found = mail_server(settings)
    assert found is not None
    assert (found.host, found.port, found.password) == ("::1", 587, "ひみつ")
    assert "ひみつ" not in repr(found)
    with pytest.raises(FaultySetting):
        mail_server({**settings, "SHOKAI_MAIL_PASSWORD_FILE": str(tmp_path / "none")})


def test_public_addresses() -> None:
    assert public_address({"SHOKAI_PUBLIC_ADDRESS": "https://shokai.example.lg.jp/ "}) == "https://shokai.example.lg.jp"
    assert public_address({}) == ""
    with pytest.raises(FaultySetting):
        public_address({"SHOKAI_PUBLIC_ADDRESS": "shokai.example.lg.jp"})
