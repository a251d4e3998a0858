"""Who answers: the section that all four questionnaires begin with. The persons and addresses are made up."""

from survey_app.samples.handwriting import wide
from survey_app.samples.moments import working_day_before
from survey_app.samples.sheet import Sheet

OFFICES = {
    "市": ("総務部 総務課 行政係", "政策企画部 行政経営課", "総務部 行政改革課 改革推進係", "企画財政部 企画課"),
    "町": ("総務課 行政係", "総務課 庶務係", "企画財政課 企画係", "総務企画課", "政策推進課 広域連携係"),
    "村": ("総務課 総務係", "総務課", "総務企画課 企画係", "住民総務課 庶務係"),
}
POSITIONS = ("主事", "主査", "副主査", "係長", "主任主査", "課長補佐", "主幹兼係長", "専門員")
FAMILIES = (
    *("佐藤", "鈴木", "髙橋", "渡部", "遠藤", "星", "𠮷田", "齋藤", "菅野", "五十嵐", "目黒", "酒井", "根本"),
    *("渡邉", "三瓶", "長谷川", "橋本", "阿部", "木村", "小檜山", "馬場", "大竹", "横田", "角田"),
)
GIVEN = (
    *("健太", "美咲", "大輔", "由美子", "翔", "恵", "隆", "さくら", "浩一", "直子", "拓也", "千尋", "誠", "彩"),
    *("和也", "真由", "亮", "玲子", "聡", "結衣"),
)
APPROVERS = {"head": 45, "vice": 14, "gm": 33, "dep": 8}


def fill_contact(sheet: Sheet) -> None:
    """Fill in section A."""
    random = sheet.random
    sheet.write("A2", random.choice(OFFICES.get(sheet.own.kind, OFFICES["市"])))
    sheet.write("A3", random.choice(POSITIONS))
    space = random.choice(("　", " ", ""))
    sheet.write("A4", f"{random.choice(FAMILIES)}{space}{random.choice(GIVEN)}")
    sheet.write("A5", _telephone(sheet))
    sheet.write("A6", f"{random.choice(('somu', 'gyosei', 'kikaku'))}@m{sheet.own.code}.example.jp")
    sheet.choose("A7", sheet.weighted(APPROVERS))
    sheet.day("A8", working_day_before(sheet.setting.today, random.choice((0, 0, 0, 1, 1))))
    if sheet.chance(0.35):
        number = f"{sheet.setting.today.year - 2018}総行第{random.randint(100, 1999)}号"
        sheet.write("A9", wide(number) if sheet.chance(0.5) else number)


def _telephone(sheet: Sheet) -> str:
    """Make a number up that nobody has: no exchange is called 00."""
    random = sheet.random
    plain = f"02{random.randint(40, 49)}-00-{random.randint(1000, 9999)}"
    inside = random.randint(101, 399)
    return random.choice((plain, plain, f"{plain}（内線{inside}）", f"{plain} 内線{inside}", wide(plain)))
