"""Where each page of a relevant division is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.book_choices import names
from survey_app.views.consulted.books import ask_upload, compared, marked, take, upload, workbook
from survey_app.views.consulted.listing import hand_in, inquiries, round_
from survey_app.views.consulted.responding import need, save

blueprint = Blueprint("consulted", __name__, url_prefix="/consulted")
blueprint.context_processor(names)

ADDRESSES = (
    ("GET", "/", "inquiries", inquiries),
    ("GET", "/<inquiry>/<int:number>", "round", round_),
    ("POST", "/<inquiry>/<int:number>/hand-in", "hand_in", hand_in),
    ("GET", "/<inquiry>/<int:number>/needs/<control>", "need", need),
    ("POST", "/<inquiry>/<int:number>/needs/<control>", "save", save),
    ("GET", "/<inquiry>/<int:number>/book.xlsx", "workbook", workbook),
    ("GET", "/<inquiry>/<int:number>/upload", "ask_upload", ask_upload),
    ("POST", "/<inquiry>/<int:number>/upload", "upload", upload),
    ("GET", "/<inquiry>/<int:number>/uploads/<upload>", "compared", compared),
    ("POST", "/<inquiry>/<int:number>/uploads/<upload>", "take", take),
    ("GET", "/<inquiry>/<int:number>/uploads/<upload>/marked.xlsx", "marked", marked),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
