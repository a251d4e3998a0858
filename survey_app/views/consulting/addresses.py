"""Where each page of asking the divisions is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.book_choices import names
from survey_app.views.consulting.books import compared, marked, take, upload, workbook, workbooks
from survey_app.views.consulting.needs import add, compare, give_back, need, withdraw
from survey_app.views.consulting.opening import open_now, preview, rounds
from survey_app.views.consulting.reminding import reminders
from survey_app.views.consulting.running import close, extend, hand_in_for, open_again, reopen, round_

blueprint = Blueprint("consulting", __name__, url_prefix="/board/<inquiry>/consult")
blueprint.context_processor(names)

ADDRESSES = (
    ("GET", "", "rounds", rounds),
    ("GET", "/open", "preview", preview),
    ("POST", "/open", "open_now", open_now),
    ("GET", "/<int:number>", "round", round_),
    ("POST", "/<int:number>/close", "close", close),
    ("POST", "/<int:number>/open-again", "open_again", open_again),
    ("POST", "/<int:number>/divisions/<int:division>/extend", "extend", extend),
    ("POST", "/<int:number>/divisions/<int:division>/reopen", "reopen", reopen),
    ("POST", "/<int:number>/divisions/<int:division>/hand-in", "hand_in_for", hand_in_for),
    ("GET", "/<int:number>/divisions/<int:division>/book.xlsx", "workbook", workbook),
    ("GET", "/<int:number>/compare", "compare", compare),
    ("GET", "/<int:number>/reminders", "reminders", reminders),
    ("GET", "/<int:number>/books.zip", "workbooks", workbooks),
    ("POST", "/<int:number>/uploads", "upload", upload),
    ("GET", "/<int:number>/uploads", "compared", compared),
    ("POST", "/<int:number>/uploads/take", "take", take),
    ("GET", "/<int:number>/uploads/<upload>/marked.xlsx", "marked", marked),
    ("GET", "/<int:number>/needs/<control>", "need", need),
    ("POST", "/<int:number>/needs/<control>/add", "add", add),
    ("POST", "/<int:number>/needs/<control>/withdraw", "withdraw", withdraw),
    ("POST", "/<int:number>/needs/<control>/return", "give_back", give_back),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
