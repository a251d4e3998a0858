"""The sheet 記入要領: how to write a questionnaire in Excel, in Japanese."""

from collections.abc import Iterable, Iterator

from exports.sheets import Line, Paging, Sheet, Span
from exports.typesetting import height_of, lines_of, row_height
from exports.xlsform.columns import MEANINGS
from exports.xlsform.own_sheets import ACROSS, CHECKS, ITEMS
from exports.xlsform.rows import CHOICES, SETTINGS, SURVEY

GUIDE = "記入要領"
_WIDTHS = (250, 190, 410)
_ALL = sum(_WIDTHS)
_BOLD = 0.85  # of a width is left to bold letters
_EXAMPLE, _NOT_USED = "例（survey シート）", "使えないもの"  # headings that begin a page
_STEPS = (
    "設問は survey シートに、1行に1問ずつ、尋ねる順に書きます。選択肢は choices シートに、"
    "題名は settings シートに書きます。",
    "列の見出し（1行目）は変えないでください。使わない列は、空欄のままでも、列ごと消しても構いません。"
    "見出しにカーソルを合わせると説明が出ます。",
    "begin_group から end_group までが一つの節（画面の1ページ）"
    "、begin_repeat から end_repeat までが一つの表（行を増やせる回答欄）です。",
    "最初の節より前に書いた note は、回答者への案内になります。",
    "「照会の作成」の画面か shokai questionnaire import で取り込みます。誤りは、シートとセルの番地、"
    "直し方を付けて全部示します。",
    "この形（XLSForm）は ODK・KoboToolbox と共通です。見出しが shokai:: で始まる列と shokai で始まるシートは、"
    "このシステムだけが読みます。",
)
_TYPES = (
    ("text", "1行の文字", "担当部署、件名など。字数の上限は shokai::longest（書かなければ200字）"),
    ("text（appearance に multiline）", "複数行の文章", "具体的内容、意見など（書かなければ2000字まで）"),
    ("integer", "整数", "人数、金額など。範囲は shokai::least と shokai::most、単位は shokai::unit"),
    ("decimal", "小数", "率、面積など。小数の桁数は shokai::places"),
    ("date", "日付", "令和8年4月1日、R8.4.1、2026-04-01 のどの書き方でも答えられます"),
    ("date（appearance に month-year）", "年月", "令和9年4月など"),
    ("date（appearance に year）", "年度", "令和9年度など"),
    ("select_one 一覧名", "一つだけ選ぶ", "例：select_one umu（一覧 umu は choices シートに書く）"),
    ("select_multiple 一覧名", "いくつでも選ぶ", "例：select_multiple bunya"),
    ("select_one 一覧名 or_other", "「その他」を加える", "選択肢「その他」と、その内容を書く設問が加わります"),
    ("text（shokai::kind に email）", "メールアドレス", "インターネットとLGWANのどちらも書けます"),
    ("text（shokai::kind に municipality）", "市町村を一つ", "shokai::prefill に own と書くと、回答団体が入ります"),
    ("text（shokai::kind に municipalities）", "市町村をいくつでも", "構成市町村など"),
    ("text（shokai::kind に years）", "年度をいくつでも", "過去に交付を受けた年度など"),
    ("file", "添付ファイル", "PDF・Word・Excel・画像"),
    ("note", "案内の文", "回答欄はありません。節の中に書くと、次の設問の補足になります"),
    ("begin_group ／ end_group", "節の始まり／終わり", "節の題名は label に、節を尋ねる条件は relevant に"),
    ("begin_repeat ／ end_repeat", "表の始まり／終わり", "中の設問が列になります。行数の上限は shokai::most"),
    ("calculate", "定数", "calculation に整数を書くと、式の中で ${名前} として使えます。計算はできません"),
)  # fmt: skip
_CONDITIONS = (
    ("${B1} = '1'", "relevant", "B1で符号 1 を選んだとき"),
    ("selected(${B4}, 'TAX')", "relevant", "B4（複数選択）で TAX を選んだとき"),
    ("${H3} = 'new' or ${H3} = 'keep'", "relevant", "H3で new か keep を選んだとき"),
    ("not(${A9} != '')", "relevant", "A9が未回答のとき"),
    (". >= 0 and . <= 100", "constraint", "この設問の回答が0以上100以下"),
    (". <= ${T1}", "constraint", "この設問の回答がT1以下"),
    (". <= today()", "constraint", "今日以前の日付"),
    ("regex(., '[0-9-]+')", "constraint", "数字とハイフンだけ（text のとき。これだけを書く）"),
)
_NOT = (
    ("グループの中のグループ", "外側の節にまとめます（取り込むときにお知らせします）"),
    ("表の中の表", "使えません。別の表にしてください"),
    ("計算（calculate の式）、初期値（default）", "使えません。検算は shokai_checks シートに書きます"),
    ("位置情報、音声・動画、時刻、バーコード", "使えません。text などに置き換えてください"),
    ("選択肢の絞り込み（choice_filter）、外部の一覧", "使えません。選択肢を choices シートに書いてください"),
    ("日本語・英語のほかの言語", "使いません"),
)
_SURVEY_EXAMPLE = (
    ("begin_group", "A", "回答団体及び担当者"),
    ("text", "A2", "担当部署（課・係）"),
    ("end_group", "", ""),
    ("begin_group", "B", "要望"),
    ("select_one umu", "B1", "要望の有無"),
    ("begin_repeat", "D", "要望事項（relevant の列に ${B1} = '1'）"),
    ("text", "D1", "件名"),
    ("end_repeat", "", ""),
    ("end_group", "", ""),
)
_CHOICES_EXAMPLE = (("umu", "1", "要望あり"), ("umu", "0", "該当なし"))


def guide_sheet() -> Sheet:
    """Lay out the sheet."""
    lines = [
        Line((Span("調査票をExcelで書くとき（記入要領）", 3),), ("cover_title",), 34),
        Line((), (), 6),
        *_listed("手順", _STEPS),
        *_table("設問の種類（survey シートの type）", ("type", "回答", "説明"), _TYPES),
        *_table(_EXAMPLE, ("type", "name", "label::Japanese (ja)"), _SURVEY_EXAMPLE),
        *_table("例（choices シート）", ("list_name", "name", "label::Japanese (ja)"), _CHOICES_EXAMPLE),
        *_table("条件の式の例", ("式", "書く列", "意味"), _CONDITIONS),
        *_columns("survey シートの列", (SURVEY,)),
        *_columns("choices シート・settings シートの列", (CHOICES, SETTINGS)),
        *_columns("加えることのできるシート（shokai・shokai_checks・shokai_across）の列", (ITEMS, CHECKS, ACROSS)),
        *_pairs(_NOT_USED, ("XLSFormの機能", "このシステムでは"), _NOT),
    ]
    breaks = tuple(row for row, line in enumerate(lines) if line.cells[:1] in ((_EXAMPLE,), (_NOT_USED,)))
    return Sheet(GUIDE, _WIDTHS, lines, paging=Paging(portrait=True, row_breaks=breaks))


def _listed(heading: str, texts: Iterable[str]) -> Iterator[Line]:
    yield Line((heading,), ("heading",), 22)
    for number, text in enumerate(texts, 1):
        told = f"{number}．{text}"
        yield Line((Span(told, 3),), ("text",), height_of(lines_of(told, _ALL)))


def _table(heading: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Line]:
    yield Line((), (), 10)
    yield Line((heading,), ("heading",), 22)
    yield Line(heads, ("head",) * len(heads), 20)
    for row in rows:
        cells = [cell or None for cell in row]
        height = row_height(zip(row, (_WIDTHS[0] * _BOLD, *_WIDTHS[1:]), strict=True))
        yield Line(cells, ("text strong", "text", "text"), height)


def _pairs(heading: str, heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Iterator[Line]:
    yield Line((), (), 10)
    yield Line((heading,), ("heading",), 22)
    yield Line((Span(heads[0], 2), heads[1]), ("head", "head"), 20)
    for name, told in rows:
        height = row_height(((name, float(_WIDTHS[0] + _WIDTHS[1])), (told, float(_WIDTHS[2]))))
        yield Line((Span(name, 2), told), ("text strong", "text"), height)


def _columns(heading: str, sheets: tuple[str, ...]) -> Iterator[Line]:
    yield Line((), (), 10)
    yield Line((heading,), ("heading",), 22)
    yield Line(("見出し", Span("書く内容", 2)), ("head", "head"), 20)
    for sheet in sheets:
        for column, meaning in MEANINGS[sheet].items():
            name = column if len(sheets) == 1 else f"{sheet}：{column}"
            height = row_height(((name, _WIDTHS[0] * _BOLD), (meaning, float(_WIDTHS[1] + _WIDTHS[2]))))
            yield Line((name, Span(meaning, 2)), ("text strong", "text"), height)
