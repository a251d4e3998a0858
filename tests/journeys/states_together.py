"""The states that others bring about, and what goes wrong: each sets itself up and walks through its pages."""

from datetime import timedelta

from halls import Hall
from telling import Desk
from walking import Walk

from survey_app import clock
from survey_app.store.conversations import NewMessage, say
from survey_app.store.cut_needs import cut_needs
from survey_app.store.delegations import NewDelegation, delegate, delegations, withdraw_delegation
from survey_app.store.fixed_cuts import fix_cut
from survey_app.store.rounds import NewRound, open_round
from survey_app.store.routing import Route, move_need


def two_texts(walk: Walk) -> None:
    page = walk.enter(walk.hall.person())
    walk.here.go(f"{walk.hall.here}/sections/A")
    walk.hall.save(number=2, A2="企画課", A7="mayor")
    page.fill("[name=A2]", "総務課")
    page.check("[name=A7][value=head]")
    walk.press(".acts button[value=stay]", "two texts")


def awaiting_approval(walk: Walk) -> None:
    hall = walk.hall
    hall.fill()
    hall.ask_approval()
    walk.enter(hall.person())
    walk.go("/inquiries", "", "/review", "/sections/A")
    walk.enter(hall.person("approver"))
    walk.go("/inquiries", "", "/approval")
    walk.press("button:has-text('差し戻す')", "no comment")
    hall.save(A3="主幹")
    walk.press("button:has-text('決裁し、県へ提出する')", "approved something else")
    walk.go("/approval", "")
    hall.ask_approval()
    page = walk.go("/approval")
    page.fill("[name=comment]", "課名を直してください")
    walk.press("button:has-text('差し戻す')", "sent back")
    hall.save(A2="企画財政課")
    hall.ask_approval()
    walk.go("/approval")
    assert walk.here.page.is_visible("h2:has-text('前回から変わったところ')")


def submitted_and_accepted(walk: Walk) -> None:
    hall = walk.hall
    hall.fill()
    hall.hand_in()
    walk.enter(hall.person())
    pages = ("", "/receipts/1", "/review", "/sections/A", *walk.rows, "/upload", "/colleagues", "/questions")
    walk.go("/inquiries", *(one for one in pages if not one.endswith("/removal")))
    hall.accept()
    walk.go("", "/receipts/1", "/sections/A")


def returned_and_handed_in_again(walk: Walk) -> None:
    hall = walk.hall
    hall.fill()
    hall.hand_in()
    hall.give_back({("", "A2"): "課名が旧称です", ("", "D"): "優先順位を付け直してください"})
    walk.enter(hall.person())
    walk.go("/inquiries", "", "/sections/A", "/sections/D", "/review")
    hall.save(A2="企画課")
    hall.hand_in()
    walk.go("/receipts/2", "/receipts/2/changes", "/receipts/1", "")


def a_colleague_by_link(walk: Walk) -> None:
    hall = walk.hall
    page = walk.enter(hall.person())
    walk.go("/colleagues")
    walk.press("button:has-text('リンクを作る')", "a link without anything")
    page.select_option("[name=section]", "A")
    page.fill("[name=recipient]", "税務課 田中")
    walk.press("button:has-text('リンクを作る')", "a link")
    link = page.input_value("#link").replace(walk.here.address, "")
    walk.go("/colleagues", link)
    page = walk.enter()
    walk.go(link)
    walk.press("main form button", "the section of a link")
    page.fill("[name=A3]", "主査")
    walk.press(".acts button[value=next]", "saved by link")
    withdraw_delegation(
        hall.database, hall.inquiry, hall.code, delegations(hall.database, hall.inquiry, hall.code)[0].id, hall.who()
    )
    page.fill("[name=A3]", "主幹")
    walk.press(".acts button[value=next]", "a withdrawn link's text")
    walk.go(link)
    past = NewDelegation(hall.code, "A", "総務課", (clock.now() - timedelta(days=1)).date())
    walk.go("/shared/" + delegate(hall.database, hall.inquiry, past, hall.who()))


def questions_and_answers(walk: Walk) -> None:
    hall = walk.hall
    for number, (question, side, text) in enumerate(
        [
            ("T1", "municipality", "基準日は\nいつですか。"),
            ("T1", "division", "3月31日です。"),
            ("", "division", "お急ぎください。"),
        ]
    ):
        say(hall.database, hall.inquiry, NewMessage(hall.code, question, text, side, f"t{number}"), hall.who())  # type: ignore[arg-type]
    walk.enter(hall.person())
    walk.go("", "/questions")
    walk.press("section[aria-labelledby=new] button", "a question without text")
    walk.go("")
    walk.press("form.received button", "received")


def somebody_else(walk: Walk) -> None:
    page = walk.enter(walk.hall.person())
    walk.here.go(f"{walk.hall.here}/sections/A")
    page.fill("[name=A2]", "総務課")
    other = walk.here.context.new_page()
    page.context.clear_cookies()
    walk.here.page = other
    walk.here.sign_in(walk.hall.person(number=2))
    walk.here.page = page
    walk.press(".acts button[value=stay]", "somebody else's page")


def run_out(walk: Walk) -> None:
    page = walk.enter(walk.hall.person())
    walk.here.go(f"{walk.hall.here}/sections/A")
    page.fill("[name=A2]", "総務課")
    walk.hall.let_sessions_run_out()
    walk.press(".acts button[value=stay]", "sign in again")


def stale_token(walk: Walk) -> None:
    page = walk.enter(walk.hall.person())
    walk.here.go(f"{walk.hall.here}/sections/A")
    page.fill("[name=A2]", "総務課")
    page.evaluate("document.querySelector('#answers [name=csrf_token]').value = 'stale'")
    walk.press(".acts button[value=stay]", "a stale token")


def too_late(walk: Walk) -> None:
    hall = walk.hall.of_its_own()
    walk.hall = hall
    hall.save(A2="総務課")
    page = walk.enter(hall.person())
    walk.here.go(f"{hall.here}/sections/A")
    page.fill("[name=A3]", "主査")
    hall.let_the_deadline_pass()
    walk.press(".acts button[value=stay]", "typed too late")
    walk.go("/inquiries", "", "/sections/A", "/review", "/colleagues", "/upload")


def errors(walk: Walk) -> None:
    hall = walk.hall
    page = walk.enter(hall.person())
    walk.go("/inquiries/unknown", f"{hall.here}/nothing")  # 404
    walk.here.go(hall.here + "/submit")  # 405
    walk.look("405")
    walk.here.go(hall.here)
    hall.fill(nil=True)
    hall.hand_in()
    walk.press("form.nil button", "409")
    page.goto(f"data:text/html,<form method=post action='{walk.here.address}/sign-in'><button>x</button></form>")
    walk.press("button", "403")  # another site's form; it signs nobody out
    walk.hall = hall.at("cooperation_cases")
    walk.here.go(f"{walk.hall.here}/sections/{walk.hall.inquiry.questionnaire.sections[0].name}")
    page.evaluate("document.querySelector('#answers [name=shown]').value = 'x'.repeat(2_100_000)")
    walk.press(".acts button[value=stay]", "413")


def the_answers(walk: Walk) -> None:
    """Be told nothing yet, then what became of the needs, twice, and say something to it."""
    hall = walk.hall.of_its_own()
    walk.hall = hall
    page = walk.enter(hall.person())
    walk.go("/answers")
    hall.fill()
    hall.hand_in()
    desk = answering(hall)
    desk.hand_in(desk.tax)
    keys = tuple(desk.needs)
    desk.publish(f"one {hall.name}", *keys, who=hall.division())
    walk.go("", "/answers", "/answers/shared")
    walk.go("/answers")
    page.click("section.told details summary")
    walk.press("section.told form button", "an opinion without text")
    page.fill("section.told textarea", "時期を早めてほしい。")
    walk.press("section.told form button", "an opinion")
    desk.publish(f"two {hall.name}", *keys, who=hall.division())
    walk.go("/answers", "/answers?number=1")


def answering(hall: Hall) -> Desk:
    """A division that answers for all that a town hall asks for, in a round of its own."""
    who, inquiry = hall.division(), hall.inquiry
    fix_cut(hall.database, inquiry, "第1次集計", f"cut {hall.name}", who)
    row = {"bureau": "総務部", "name": f"市町村課 {hall.code}", "since": "2026-04-01"}
    division = int(str(hall.database.table("division").insert(row).last_pk))
    desk = Desk(hall.database, inquiry, division, division)
    for need in cut_needs(hall.database, inquiry, 1).needs.values():
        move_need(hall.database, inquiry, need.key, Route(division, (), by_hand=True, reason="市町村課で答える"), who)
    open_round(hall.database, inquiry, NewRound(1, who.at, "", f"round {hall.name}"), who)
    return desk
