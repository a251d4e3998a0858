"""The present state and wishes in each field of support: sections H, T, L, I and N of support_needs."""

from decimal import Decimal

from questions.eras import Month
from survey_app.samples.sheet import Sheet, later, next_april

ORDINANCES = (
    ("太陽光発電設備の適正な設置及び管理に関する条例", "地方自治法第14条"),
    ("空家等の適切な管理に関する条例（全部改正）", "空家等対策の推進に関する特別措置法"),
    ("公文書の管理に関する条例", "公文書等の管理に関する法律第34条"),
    ("犯罪被害者等支援条例", "犯罪被害者等基本法"),
    ("債権管理条例", "地方自治法第240条"),
    ("情報通信技術を活用した行政の推進に関する条例", "デジタル手続法"),
    ("下水道事業の設置等に関する条例", "地方公営企業法"),
    ("森林環境譲与税基金条例（全部改正）", ""),
    ("宿泊税条例", "地方税法第５条第７項"),
    ("パートナーシップ宣誓に関する条例", ""),
)


def fill_exchange(sheet: Sheet) -> None:
    """Fill in section H: personnel exchange."""
    large = sheet.population > 30_000
    sheet.number("H1", sheet.random.randint(0, 4 if large else 1))
    sheet.number("H2", sheet.random.randint(0, 8 if large else 2))
    wish = sheet.weighted({"expand": 35, "new": 30, "keep": 20, "reduce": 5, "none": 10})
    sheet.choose("H3", wish)
    if wish in ("expand", "new", "keep"):
        sheet.choose("H4", *sheet.some(("accept", "send", "mutual", "short", "concurrent"), 1, 2))
        professions = ("admin", "civil", "arch", "agri_civil", "forest", "phn", "sw", "it", "tax", "legal")
        sheet.choose("H5", *sheet.some(professions, 1, 3))
        sheet.number("H6", sheet.random.choice((1, 1, 1, 2, 2, 3)))
        sheet.choose("H7", sheet.weighted({"lt3m": 10, "lt1y": 15, "1y": 30, "2y": 38, "3y": 7}))
    if sheet.chance(0.8):
        sheet.choose("H8", sheet.weighted({"pref": 30, "muni": 18, "half": 22, "talk": 30}))
    if sheet.chance(0.75):
        sheet.choose("H9", "0" if large else "1")


def fill_collection(sheet: Sheet) -> None:
    """Fill in section T: arrears of taxes, in thousands of yen."""
    random = sheet.random
    arrears = sheet.scaled("T1", 2.5, 9.0)
    sheet.number("T2", round(arrears * random.uniform(0.15, 0.4)))
    health = sheet.scaled("T3", 1.0, 5.0) if sheet.chance(0.85) else 0
    sheet.number("T4", _tenths(random.uniform(6, 38)))
    sheet.number("T5", _tenths(0.2 + sheet.population / random.uniform(7_000, 12_000)).min(Decimal(99)))
    if sheet.chance(0.85):
        sheet.scaled("T6", 0.0, 0.012)
    if sheet.chance(0.85):
        sheet.choose("T7", "1" if sheet.chance(0.25) else "0")
    wish = sheet.weighted({"new": 30, "cont": 25, "think": 25, "none": 20})
    sheet.choose("T8", wish)
    if wish in ("new", "cont"):
        sheet.choose("T9", *sheet.some(("ind", "fixed", "car", "nhi"), 1, 3))
        sheet.number("T10", random.randint(3, 40))
        sheet.number("T11", round((arrears + health) * random.uniform(0.03, 0.3)))
        start = next_april(sheet.setting.today) if sheet.chance(0.8) else later(next_april(sheet.setting.today), 3)
        sheet.month("T12", start)
        sheet.month("T13", later(start, random.choice((5, 11, 11, 11, 23))))
        if sheet.chance(0.7):
            sheet.number("T14", random.choice((10, 20, 30, 40, 40, 60)))


def fill_law(sheet: Sheet) -> None:
    """Fill in section L: policy legal affairs."""
    random = sheet.random
    large = sheet.population > 30_000
    sheet.choose("L1", sheet.weighted({"full": 40, "part": 55, "none": 5} if large else {"part": 55, "none": 45}))
    sheet.choose("L2", "1" if sheet.chance(0.95 if large else 0.35) else "0")
    wanted = sheet.some(("review", "suit", "contract", "proc", "reiki", "train", "other"), 1, 4)
    sheet.choose("L3", *wanted)
    if "review" in wanted:
        for title, basis in random.sample(ORDINANCES, random.choice((0, 1, 1, 2, 3))):
            row = sheet.row("L4")
            sheet.write("L4a", title, row=row)
            year = next_april(sheet.setting.today).year
            sheet.month(
                "L4b", random.choice((Month(year, 6), Month(year, 9), Month(year, 12), Month(year + 1, 3))), row
            )
            sheet.write("L4c", *([basis] if basis else []), row=row)
    if "suit" in wanted and sheet.chance(0.8):
        sheet.number("L5", random.choice((0, 1, 1, 2, 4 if large else 1)))


def fill_information_technology(sheet: Sheet) -> None:
    """Fill in section I: information and communications."""
    random = sheet.random
    full_time = 0 if sheet.population < 8_000 and sheet.chance(0.6) else 1 + sheet.population // 30_000
    sheet.number("I1", full_time)
    sheet.number("I2", random.randint(1 if full_time == 0 else 0, 3))
    sheet.choose("I3", sheet.weighted({"done": 45, "part": 45, "not": 10}))
    sheet.choose("I4", *sheet.some(("std", "sec", "hr", "joint", "online", "net", "infra", "ai"), 1, 4))
    if sheet.chance(0.85):
        sheet.choose("I5", "1" if sheet.chance(0.65) else "0")
    if sheet.chance(0.85):
        wish = sheet.weighted({"yes": 35, "talk": 50, "no": 15})
        sheet.choose("I6", wish)
        if wish != "no" and sheet.chance(0.7):
            sheet.month("I7", later(next_april(sheet.setting.today), random.choice((-1, 11, 23, 35, 47))))


def fill_information(sheet: Sheet) -> None:
    """Fill in section N: information."""
    sheet.choose("N1", *sheet.some(("subsidy", "law", "survey", "stat", "case", "qa"), 1, 4))
    sheet.choose("N2", *sheet.some(("mail", "portal", "meeting"), 1, 2))
    if sheet.chance(0.85):
        sheet.choose("N3", sheet.weighted({"any": 35, "month": 40, "quarter": 15, "year": 10}))


def _tenths(value: float) -> Decimal:
    return Decimal(str(round(value, 1)))


SECTIONS = {
    "HR": fill_exchange,
    "TAX": fill_collection,
    "LAW": fill_law,
    "ICT": fill_information_technology,
    "INFO": fill_information,
}
"""What is filled in when a field is chosen in B4."""
