"""The story that is told twice, in the browser and by workbooks alone: who answers what, when, and what is said to it.

59 municipalities are asked and 52 reply; the six divisions that the list to start from is sure of are consulted. Two of
them answer late, one breaks a rule, two needs of a kind are looked at again in a second round.
"""

from exports.needs import Need

INQUIRY, REPLIES, SEED = "support_needs", 52, 7
SIX = ("市町村行政課", "人事課", "職員研修課", "税務課", "市町村財政課", "災害対策課")
LATE = ("市町村財政課", "災害対策課")
"""They hand in after the day that the first round named."""
BREAKS = "税務課"
"""It promises something at first, and names neither when nor how: 対応区分 B without 措置 and 予定時期."""
BROKEN = {"R1": "B", "R2": "滞納整理の研修会を開きます。", "R7": "税務課 佐藤（024-521-0001）"}
PROMISED = {"R3": "研修会の経費を当初予算に計上します。", "R4": "令和9年4月"}
OPINION = "研修会は、会津地方でも開催してください。"
LATER = "研修会を会津若松市でも開きました。"
"""What became of the promise, written down after its date."""


def response_of(division: str, need: Need) -> dict[str, str]:
    """What a division answers to a need, by question (R1 to R7): each disposition occurs."""
    contact = {"R7": f"{division} 佐藤（024-521-0001）"}
    if division == BREAKS:
        return BROKEN | PROMISED
    answers = (
        {"R1": "A", "R2": f"{need.control}は、現行の制度で対応できます。\n手続は別途お知らせします。"},
        {"R1": "C", "R2": "派遣に代えて助言を行います。", "R3": "専門職員が月1回訪問します。"},
        {"R1": "D", "R2": "関係機関と検討しています。"},
        {"R1": "E", "R2": "今年度は難しい状況です。", "R5": "職員の定数に余裕がないため。"},
        {"R1": "G", "R2": "国の制度によるものです。", "R6": "総務省自治行政局"},
        {"R1": "S", "R2": "内容を確認させてください。"},
    )
    return answers[sum(map(ord, need.control)) % len(answers)] | contact
