"""Where each page about needs is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.needs.cutting import cuts, fix, workbook
from survey_app.views.needs.listing import listed
from survey_app.views.needs.similar import apart, dissolve, merge, similar
from survey_app.views.needs.single import move, need, remark

blueprint = Blueprint("needs", __name__, url_prefix="/board/<inquiry>/needs")

ADDRESSES = (
    ("GET", "", "listed", listed),
    ("GET", "/cuts", "cuts", cuts),
    ("POST", "/cuts", "fix", fix),
    ("GET", "/cuts/<int:number>/workbook.xlsx", "workbook", workbook),
    ("GET", "/similar", "similar", similar),
    ("POST", "/similar/merge", "merge", merge),
    ("POST", "/similar/apart", "apart", apart),
    ("POST", "/similar/<int:group>/dissolve", "dissolve", dissolve),
    ("GET", "/<municipality>/<row>", "need", need),
    ("POST", "/<municipality>/<row>/move", "move", move),
    ("POST", "/<municipality>/<row>/remark", "remark", remark),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
