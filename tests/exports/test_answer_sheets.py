"""回答書 and the shared list: each municipality finds its own, and nothing that others did not allow."""

import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from a_cut import TOWNS
from office import printed
from town import DEADLINE, OTHER, OWN, needs

from exports.answers.anchors import LetterIssue
from exports.answers.books import all_books, all_letters, letter_bytes, letter_of, list_bytes
from exports.answers.letter import Letter
from exports.answers.replies import UNASKED, WAITING, in_one_text
from exports.answers.sharing import named_in, others_in_answers, shared_list
from exports.answers.told import Answer, Publication, Told, last_day, read_planned
from exports.file_names import fit_name
from questions.labels import Label

B, E = Label(ja="対応予定", en="Planned"), Label(ja="当面は対応困難", en="Not feasible")
TAX = Label(ja="税の滞納整理", en="Tax")
CANARIES = {"open": "公開カナリア", "anon": "匿名カナリア", "closed": "非公開カナリア", "": "無回答カナリア"}


def answer(**changed: str) -> Answer:
    told = {"disposition": "B", "text": "研修会を開きます。", "measure": "予算", "planned": "R9.4", "until": "2027-04"}
    return Answer(division=1, name="総務部 税務課", round=1, label=B, contact="税務課 山田", **{**told, **changed})


def need(municipality: str, number: int, disclosure: str, detail: str = "", **changed: object) -> Told:
    subject = CANARIES[disclosure]
    return Told(
        municipality=municipality,
        row=f"row{number}{municipality}",
        control=f"{municipality}-{number:02d}",
        field=TAX,
        form=B,
        subject=subject,
        detail=detail or f"{subject}の内容",
        disclosure=disclosure,
        digest="d",
        asked_as=(municipality, f"row{number}{municipality}"),
        **{"lead": answer(), **changed},
    )


def publication(*told: Told) -> Publication:
    names = {code: TOWNS.name(code) for code in (OWN, OTHER)}
    title = Label(ja="支援について（照会）", en="Support")
    about = {"inquiry": "i", "title": title, "issuer": "福島県 市町村行政課", "round": 1, "cut": "最終", "names": names}
    return Publication(**about, needs=told, shared=shared_list(told, TOWNS))


@pytest.fixture
def everything() -> Publication:
    """Needs of two municipalities with every disclosure."""
    return publication(*(need(code, place, one) for code in (OWN, OTHER) for place, one in enumerate(CANARIES, 1)))


def every_part(book: bytes) -> str:
    """All that a workbook holds, hidden parts included, as text."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return "\n".join([*packed.namelist(), *(packed.read(name).decode() for name in packed.namelist())])


def cells(book: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_the_letter_holds_what_the_municipality_is_told(everything: Publication) -> None:
    book = letter_bytes(letter_of(everything, OWN, 1, DEADLINE))
    told = cells(book)
    assert "三島町長　様" in told
    assert "令和8年12月18日" in told
    assert {f"{OWN}-01　公開カナリア", "対応予定", "研修会を開きます。", "令和9年4月"} <= set(told)
    assert "総務部税務課　税務課 山田" in told
    assert "福島県市町村行政課長" in told, "the head of the office writes, as in the covering letter"
    assert "分野・形態" in told
    assert all(f"{text}の内容" in told for text in CANARIES.values()), "to its own municipality all is told"


def test_the_letter_holds_nothing_of_another_municipality(everything: Publication) -> None:
    whole = every_part(letter_bytes(letter_of(everything, OWN, 1, DEADLINE)))
    for betraying in (OTHER, "金山町", "金山"):
        assert betraying not in whole


def test_the_shared_list_respects_what_was_allowed() -> None:
    told = publication(need(OWN, 1, "open"), need(OTHER, 1, "anon"), need(OTHER, 2, "closed"), need(OTHER, 3, ""))
    whole = every_part(list_bytes(told, DEADLINE))
    assert "三島町" in whole
    assert CANARIES["open"] in whole
    assert CANARIES["anon"] in whole
    for betraying in (CANARIES["closed"], CANARIES[""], OTHER, "金山", "大沼郡", "row1", "税務課 山田"):
        assert betraying not in whole
    assert [line.name for line in told.shared] == ["三島町", ""]


@pytest.mark.parametrize(
    ("detail", "found"),
    [
        ("金山町の職員が参加したい。", ("金山町",)),
        ("金　山の沢沿いの道", ("金山",)),
        ("大沼郡内の町村で使いたい。", ("大沼郡",)),
        ("隣の三島町と共同で行いたい。", ("三島町",)),
        ("会津若松で開いてほしい。", ("会津若松",)),
        ("０７４４５４", (OTHER,)),
        ("昭和の台帳を電子化したい。福島県の制度で。", ()),
    ],
)
def test_words_that_betray_a_municipality_keep_its_need_out(detail: str, found: tuple[str, ...]) -> None:
    one = need(OTHER, 1, "anon", detail)
    assert named_in(one, TOWNS) == found
    assert len(shared_list([one], TOWNS)) == (0 if found else 1)
    assert len(shared_list([one], TOWNS, {one.key})) == 1, "the division decided so"


def test_an_answer_that_betrays_it_keeps_it_out_too() -> None:
    one = need(OTHER, 1, "anon", lead=answer(text="金山町に伺います。"))
    assert shared_list([one], TOWNS) == ()
    assert others_in_answers(one, TOWNS) == ()
    assert others_in_answers(need(OWN, 1, "open", lead=answer(reason="金山町と同じ理由")), TOWNS) == ("金山町",)


def test_the_place_of_an_unnamed_need_says_nothing() -> None:
    named = [need(code, 1, "open") for code in (OWN, OTHER)]
    hidden = [need("072010", 1, "anon", "ん"), need("075647", 1, "anon", "あ")]
    lines = shared_list([hidden[0], *named, hidden[1]], TOWNS)
    assert [(line.name, line.detail) for line in lines[2:]] == [("", "あ"), ("", "ん")]


def test_a_need_without_an_answer_is_under_review() -> None:
    waiting = need(OWN, 1, "open", lead=None)
    assert WAITING["ja"] == "検討中（担当課の回答待ち）" == in_one_text(waiting)
    assert WAITING["ja"] in cells(letter_bytes(letter_of(publication(waiting), OWN, 1, DEADLINE)))


def test_a_need_about_which_nobody_was_asked_waits_for_nobody() -> None:
    waiting, unasked = need(OWN, 1, "open", lead=None), need(OWN, 2, "open", lead=None, unasked=True)
    assert in_one_text(unasked) == UNASKED["ja"] == "担当課を調整中です"
    letter = cells(letter_bytes(letter_of(publication(unasked), OWN, 1, DEADLINE)))
    assert UNASKED["ja"] in letter
    assert not any("回答を待って" in text for text in letter)
    assert any("担当課を調整中のものは" in text for text in letter)
    letter = cells(letter_bytes(letter_of(publication(waiting), OWN, 1, DEADLINE)))
    assert not any("調整中" in text for text in letter)
    assert UNASKED["ja"] in cells(list_bytes(publication(unasked), DEADLINE))


def test_what_was_published_before_keeps_its_digest() -> None:
    before = publication(need(OWN, 1, "open", lead=None))
    assert "unasked" not in before.stored
    assert Publication.model_validate_json(before.stored).digest == before.digest


def test_support_divisions_stand_below_the_lead() -> None:
    beside = answer(text="人事課としても協力します。").model_copy(update={"name": "総務部 人事課", "label": E})
    told = cells(letter_bytes(letter_of(publication(need(OWN, 1, "open", supports=(beside,))), OWN, 1, DEADLINE)))
    assert told.index("研修会を開きます。") < told.index("総務部人事課　（当面は対応困難）")
    assert "人事課としても協力します。" in told


def test_long_texts_are_told_to_the_last_character() -> None:
    long = "".join(f"{number:04d}あ" for number in range(400)) + "\n" * 60 + "終わり"
    one = need(OWN, 1, "open", long, lead=answer(text=long))
    book = letter_bytes(letter_of(publication(one), OWN, 1, DEADLINE))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    rows = [(str(row[0]), str(row[1])) for row in sheet.iter_rows(values_only=True, max_col=2) if row[1] is not None]
    for label in ("要望の内容", "対応内容"):
        joined = "\n".join(text for name, text in rows if name.removesuffix("（続き）") == label)
        assert "".join(joined.split()) == "".join(long.split())
    shared = publication(one).shared
    assert len(shared) == 1
    told = "".join("".join(cells(list_bytes(publication(one), DEADLINE))).split())
    assert "0399あ" in told
    assert "終わり" in told


def test_no_row_of_the_shared_list_leaves_half_a_page_empty() -> None:
    told = [need(OWN, 1, "open", "県の研修に参加したい。" * 60, lead=answer(text="研修会を、春と秋に開きます。" * 70))]
    sheet = openpyxl.load_workbook(io.BytesIO(list_bytes(publication(*told), DEADLINE))).active
    heights = [sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1)]
    assert len(heights) > 2
    assert max(heights) < 230, "points, of about 600 that a page has"
    ends = [row[6] for row in sheet.iter_rows(min_row=4, values_only=True) if row[6]]
    assert all(text.endswith(("。", "、")) for text in ends[:-1]), "cut behind a full stop or a comma"
    assert [cell.value for cell in sheet[3]].count("分野・形態") == 1
    assert len({(cell.font.size, cell.alignment.indent) for cell in sheet[4][1:]}) == 1, "all columns look the same"


def test_the_same_publication_gives_the_same_bytes(everything: Publication) -> None:
    again = Publication.model_validate_json(everything.stored)
    assert again == everything
    assert all_letters(everything, 1, DEADLINE) == all_letters(again, 1, DEADLINE)
    names = zipfile.ZipFile(io.BytesIO(all_letters(again, 1, DEADLINE))).namelist()
    assert names == [f"回答書_{OWN}_三島町.xlsx", f"回答書_{OTHER}_金山町.xlsx", "要望と回答の一覧.xlsx"]


def test_no_name_of_a_town_leads_out_of_the_folder(everything: Publication) -> None:
    """Rosters of today have no such names; what was taken in earlier may."""
    code = everything.told_to[0]
    for name in ("../../福島市", "郡\n山市", "い" * 300, "=cmd|A1"):
        odd = everything.model_copy(update={"names": {**everything.names, code: name}})
        names = [one for one, _content in all_books(odd, 1, DEADLINE)]
        assert [fit_name(one) for one in names] == names
        assert names[0].startswith(f"回答書_{code}_")
        assert not any("/" in one or "\n" in one for one in names)


def test_months() -> None:
    read = [read_planned(text) for text in ("令和9年4月", "R9.4", "2027-04", "", "年度内")]
    assert read == ["2027-04", "2027-04", "2027-04", "", ""]
    ends = [str(last_day(month)) for month in ("2027-04", "2027-12", "2028-02")]
    assert ends == ["2027-04-30", "2027-12-31", "2028-02-29"]
    assert answer(disposition="D").due is None
    assert answer(planned="年度内", until="").when("ja") == "年度内"


@pytest.mark.libreoffice
@needs("soffice", "pdftotext", "pdfinfo")
def test_the_letter_is_printed_on_a4(tmp_path: Path) -> None:
    book = tmp_path / "letter.xlsx"
    told = [need(OWN, number, "open", "長い要望です。" * 60) for number in range(1, 8)]
    book.write_bytes(
        letter_bytes(
            Letter("支援について（照会）", "福島県", "三島町", LetterIssue("i", OWN, 2, "0" * 64), DEADLINE, told)
        )
    )
    text = printed(book, tmp_path)
    assert "要望事項への回答（第2回）" in text
    assert text.count("研修会を開きます。") == 7
    pages = subprocess.run(["pdfinfo", next(tmp_path.rglob("*.pdf"))], check=True, capture_output=True, text=True)
    assert "A4" in pages.stdout
    assert "Pages:           1\n" not in pages.stdout
