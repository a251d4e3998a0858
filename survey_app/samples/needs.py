"""Fills in support_needs: which support a municipality wants, from the requests of requests.csv."""

from questions.eras import Month
from survey_app.samples.contacts import fill_contact
from survey_app.samples.fields import SECTIONS
from survey_app.samples.requests import Request, subject, suited
from survey_app.samples.sheet import Sheet

NIL_SHARE = 0.14
NIL_REASONS = {"none": 40, "enough": 25, "wip": 15, "other_route": 12, "other": 8}
OTHER_NIL = ("担当職員が異動直後のため、次回の照会で回答したい。", "令和９年度の機構改革後に改めて要望する予定である。")
NUMBERS = {"1": 20, "2": 28, "3": 22, "4": 15, "5": 10, "6": 5}
PRIORITIES = {"高": "H", "中": "M", "低": "L"}
WITH_PERSONS = ("JOINT", "SECOND", "EXCH")
PERIODS = {
    "BRIEF": {"once": 80, "cont": 20},
    "JOINT": {"lt1y": 15, "1y": 60, "2y": 15, "cont": 10},
    "SECOND": {"lt3m": 45, "lt1y": 35, "1y": 20},
    "EXCH": {"1y": 35, "2y": 55, "3y": 10},
}
OTHER_PERIODS = {"once": 40, "lt3m": 10, "lt1y": 10, "1y": 10, "cont": 30}
# What a request's text says about whom it asks for.
PROFESSIONS = {
    "農業土木": "農業土木",
    "土木": "土木",
    "建築": "建築",
    "保健師": "保健師",
    "社会福祉士": "社会福祉士",
    "水道": "水道技術",
    "林": "林業",
    "徴": "税務・徴収",
    "税": "税務・徴収",
    "条例": "法務",
    "法": "法務",
    "情報": "情報",
    "DX": "情報",
    "財務": "財政・会計",
}
SEE_ABOVE = ("具体的内容に記載のとおり", "上記のとおり。", "同上")
EFFORTS = (
    "近隣町村に聞き取りを行ったが、同様の状況であり解決に至っていない。",
    "令和７年度に会計年度任用職員の募集を２回行ったが、応募がなかった。",
    "庁内の検討会を設け、課題を整理したところである。\n・第１回　６月\n・第２回　９月",
    "県の出前講座を一度利用した。",
    "民間事業者から参考見積りを徴したが、予算の範囲を超えていた。",
)
OPINIONS = (
    "市町村行政課の助言には日頃から感謝している。回答の期限に余裕があると、庁内の取りまとめがしやすい。",
    "出先機関（地方振興局）でも相談できるようにしていただきたい。",
    "研修の開催地が中通りに偏っているため、会津方部・浜通り方部での開催も検討してほしい。",
    "派遣職員の受入れに当たり、宿舎の確保に苦慮している。",
)
FORM_OPINIONS = (
    "画面上で途中保存ができ、大変使いやすかった。",
    "昨年の回答を呼び出せるようにしてほしい。",
    "Excelでも回答できるとよい。",
)


def fill_support_needs(sheet: Sheet, nil: bool | None) -> None:
    """Fill in the whole questionnaire; ``nil`` says whether it is 該当なし, None leaves it to chance."""
    fill_contact(sheet)
    if sheet.chance(NIL_SHARE) if nil is None else nil:
        _fill_nil(sheet)
    else:
        _fill_requests(sheet)
    if sheet.chance(0.25):
        sheet.write("Z1", sheet.random.choice(OPINIONS))
    if sheet.chance(0.2):
        sheet.write("Z2", sheet.random.choice(FORM_OPINIONS))


def _fill_nil(sheet: Sheet) -> None:
    sheet.choose("B1", "0")
    if sheet.chance(0.9):
        reason = sheet.weighted(NIL_REASONS)
        sheet.choose("B2", reason)
        if reason == "other":
            sheet.write("B3", sheet.random.choice(OTHER_NIL))


def _fill_requests(sheet: Sheet) -> None:
    sheet.choose("B1", "1")
    pool = suited(sheet.own.kind, sheet.own.bureau)
    wanted = sheet.random.sample(pool, int(sheet.weighted(NUMBERS)))
    wanted.sort(key=lambda request: list(PRIORITIES).index(request.priority))
    fields = _codes(sheet, "B4")
    chosen = {fields[request.field] for request in wanted}
    if sheet.chance(0.15):
        chosen.add(sheet.random.choice(list(SECTIONS)))
    sheet.choose("B4", *(code for code in fields.values() if code in chosen))
    for field, fill in SECTIONS.items():
        if field in chosen:
            fill(sheet)
    ranks = list(range(1, len(wanted) + 1))
    if sheet.chance(0.12):
        sheet.random.shuffle(ranks)
    for rank, request in zip(ranks, wanted, strict=True):
        _fill_request(sheet, request, rank)


def _fill_request(sheet: Sheet, request: Request, rank: int) -> None:
    random, row = sheet.random, sheet.row("D")
    fields, forms = _codes(sheet, "D2"), _codes(sheet, "D4")
    field, form = fields[request.field], forms[request.form]
    sheet.number("D1", rank, row)
    sheet.choose("D2", field, row=row)
    if sheet.chance(0.2):
        sheet.choose("D3", random.choice([code for code in fields.values() if code not in (field, "OTH")]), row=row)
    sheet.choose("D4", form, row=row)
    sheet.write("D5", subject(request.detail), row=row)
    sheet.write("D6", request.detail, row=row)
    sheet.write("D7", request.background or random.choice(SEE_ABOVE), row=row)
    if request.wanted_from is not None and sheet.chance(0.9):
        sheet.month("D8", _not_past(request.wanted_from, sheet), row)
    sheet.choose("D9", sheet.weighted(PERIODS.get(form, OTHER_PERIODS)), row=row)
    if form in WITH_PERSONS:
        sheet.number("D10", random.choice((1, 1, 1, 1, 2, 2, 3)), row)
    if form in WITH_PERSONS[1:]:
        sheet.write("D11", _profession(request.detail), row=row)
    sheet.choose("D12", PRIORITIES[request.priority], row=row)
    _fill_joint(sheet, request, row)
    if sheet.chance(0.3):
        sheet.write("D15", random.choice(EFFORTS), row=row)
    if sheet.chance(0.6):
        sheet.choose("D16", sheet.weighted({"pref": 35, "share": 35, "talk": 30}), row=row)
    sheet.choose("D17", sheet.weighted({"open": 70, "anon": 20, "closed": 10}), row=row)


def _fill_joint(sheet: Sheet, request: Request, row: str) -> None:
    meant = any(word in request.detail for word in ("近隣", "共同", "郡内", "町村で"))
    joint = bool(sheet.neighbours) and sheet.chance(0.55 if meant else 0.04)
    sheet.choose("D13", "J" if joint else "S", row=row)
    if joint:
        sheet.municipalities("D14", sheet.some(sheet.neighbours, 1, 4), row)


def _codes(sheet: Sheet, name: str) -> dict[str, str]:
    """Return the codes of a question's choices by their labels."""
    return {option.label.ja: option.code for option in sheet.questionnaire.questions[name].kind.options(sheet.setting)}


def _profession(detail: str) -> str:
    return next((name for word, name in PROFESSIONS.items() if word in detail), "一般行政職")


def _not_past(month: Month, sheet: Sheet) -> Month:
    """Return the month, in a later year where the inquiry is sent after it."""
    today = sheet.setting.today
    passed = month < Month(today.year, today.month)
    years = today.year - month.year + (month.month < today.month) if passed else 0
    return Month(month.year + years, month.month)
