"""回答のデータを読み、要望の分野ごとに数える例。

    python docs/examples/analyst.py var/shokai.db [照会の名前]

データベースは読み取り専用で開くので、回答に影響しません。
"""

import sys

import survey_app

path = sys.argv[1] if len(sys.argv) > 1 else "var/shokai.db"
inquiry = sys.argv[2] if len(sys.argv) > 2 else "support_needs"
data = survey_app.load(path, inquiry)

print(data.title)
print(f"提出した団体：{len(data.replies)}")

# 列の名前は設問の番号。設問文は attrs["labels"] にある。
labels = data.replies.attrs["labels"]
fields = [name for name in data.replies if name.startswith("B4.") and not name.endswith("__state")]
for name in fields:
    column = data.replies[name]
    print(f"{labels[name]}：{int(column.sum())}団体（たずねた団体 {int(column.notna().sum())}）")

# 空欄の理由は __state の列にある。無回答・対象外・該当なしは別のもの。
print(data.replies["B4__state"].value_counts().to_string())

# 要望は1件1行。団体コードで回答と結び付ける（団体コードは文字）。
needs = data.tables["D"].merge(data.replies[["code", "number"]], on="code")
print(needs.groupby("bureau", observed=True).size().rename("要望の件数").to_string())
