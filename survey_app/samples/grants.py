"""Fills in the two grant questionnaires: few ask for the grants, and those who do keep to their rules."""

from questions.setting import Municipality
from survey_app.samples import handwriting
from survey_app.samples.contacts import fill_contact
from survey_app.samples.sheet import Sheet, later, next_april

NIL_SHARE = 0.88
PER_MEMBER = 100_000
WHOLE_BUDGET = 600_000
FLAT_AMOUNT = 1_300_000
FEW_INHABITANTS = 10_000
AREAS = ("gen", "ict", "tax", "tour", "agri", "welfare", "edu", "infra", "env", "fire")
THEMES = (
    ("広域行政研究会", "人口減少下における行政サービスの維持"),
    ("広域連携協議会", "専門人材の共同確保と事務の共同処理"),
    ("地域づくり協議会", "観光と農林業を結び付けた地域の活性化"),
    ("行政事務共同化研究会", "税務、情報及び総務事務の共同化"),
)
EXPENSES = {
    "survey": ("先進地の視察（旅費、２団体）", "住民意向調査（印刷、郵送、集計）"),
    "study": ("有識者の謝金及び費用弁償", "会議の開催（会場借上げ、資料作成）"),
    "pr": ("啓発用パンフレットの作成", "住民向け講演会の開催"),
    "other": ("協議会事務局の消耗品等",),
}
PLACES = ("役場庁舎 ２階 会議室", "役場 総務課内", "中央公民館 研修室", "広域圏組合 事務所")


def fill_grant_cooperation(sheet: Sheet, nil: bool | None) -> None:
    """Fill in the request for the Wide-Area Cooperation Support Project."""
    fill_contact(sheet)
    if (sheet.chance(NIL_SHARE) if nil is None else nil) or not sheet.neighbours:
        sheet.choose("B1", "0")
        return
    members = _members(sheet, sheet.some(sheet.neighbours, 1, 4))
    _fill_council(sheet, members, received=1)
    total = 0
    for expense in sheet.some(list(EXPENSES), 1, 3):
        row = sheet.row("G9")
        amount = sheet.random.randrange(50_000, 300_000, 1_000)
        total += amount
        sheet.choose("G9a", expense, row=row)
        sheet.write("G9b", sheet.random.choice(EXPENSES[expense]), row=row)
        sheet.number("G9c", amount, row)
    sheet.number("G10", min(total, PER_MEMBER * len(members), WHOLE_BUDGET) // 1_000 * 1_000)


def fill_grant_small(sheet: Sheet, nil: bool | None) -> None:
    """Fill in the request for the Small Towns and Villages Cooperation Support Project."""
    fill_contact(sheet)
    small = [one for one in (*sheet.neighbours, sheet.own) if one.is_small(FEW_INHABITANTS)]
    if (sheet.chance(NIL_SHARE) if nil is None else nil) or not sheet.neighbours or not small:
        sheet.choose("B1", "0")
        return
    others = {one.code: one for one in (sheet.random.choice(small), *sheet.some(sheet.neighbours, 1, 4))}
    others.pop(sheet.own.code, None)
    members = _members(sheet, list(others.values()))
    _fill_council(sheet, members, received=2)
    for one in sheet.some(members, 2, 3):
        row = sheet.row("G9")
        sheet.municipalities("G9a", [one], row)
        sheet.number("G9b", sheet.random.choice((1, 1, 1, 2)), row)
        sheet.choose("G9c", "full" if sheet.chance(0.6) else "part", row=row)
    sheet.write("G10", f"{sheet.own.name}{sheet.random.choice(PLACES)}")
    start = next_april(sheet.setting.today)
    sheet.month("G11", start)
    sheet.month("G12", later(start, sheet.random.choice((11, 23, 35))))
    weakest = min((one for one in members if one.is_small(FEW_INHABITANTS)), key=lambda one: one.population or 0)
    sheet.write(
        "G13",
        f"{weakest.name}（人口{weakest.population:,}人）。職員数が少なく、専門職を置くことができない。"
        "歳入に占める自主財源の割合が低く、単独での取組が困難である。",
    )
    sheet.number("G14", FLAT_AMOUNT + sheet.random.randrange(0, 900_000, 10_000))
    sheet.number("G15", FLAT_AMOUNT)


def _members(sheet: Sheet, others: list[Municipality]) -> list[Municipality]:
    return sorted([sheet.own, *others], key=lambda one: one.code)


def _fill_council(sheet: Sheet, members: list[Municipality], received: int) -> None:
    """Fill in what both grants ask of a council. ``received``: for how many years at most it had the grant before."""
    body, theme = sheet.random.choice(THEMES)
    place = sheet.own.county.removesuffix("郡") or sheet.own.bureau
    sheet.choose("B1", "1")
    sheet.write("G1", f"{place}地方{body}")
    sheet.municipalities("G2", [sheet.own])
    sheet.municipalities("G3", members)
    sheet.choose("G4", *sheet.some(AREAS, 2, 4))
    year = next_april(sheet.setting.today).year
    sheet.write("G5", handwriting.year(sheet.random, year))
    before = sheet.random.randint(0, received)
    if before:
        years = (handwriting.fiscal_year(sheet.random, year - back) for back in range(before, 0, -1))
        sheet.write("G6", "、".join(years))
    names = "、".join(one.name for one in members)
    sheet.write("G7", f"{theme}について、{names}が共同で調査・検討を行う。\n会議は年６回程度とし、年度末に報告する。")
    sheet.write("G8", "重複する事務の削減、専門人材の共同活用により、各団体の負担の軽減が見込まれる。")
