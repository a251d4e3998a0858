"""What the figures say, in sentences that are formulas themselves: they change with the figures."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from exports.compiled.compilation import Compilation
from exports.compiled.coordinated import aside_sentence
from exports.compiled.status import handed_in, is_overdue
from exports.sheets import Formula


def sentences(book: Compilation) -> list[Formula]:
    """Return the sentences of the cover; the sheets that they count on must have been laid out before."""
    found = [_turnout(book), _overdue(book)]
    if book.needs is not None:
        found += [one for one in (needs_sentence(book), aside_sentence(book)) if one is not None]
    return found


def _turnout(book: Compilation) -> Formula:
    targets = book.cut.targets
    asked, handed, nil = len(targets), len(handed_in(book)), sum(bool(one.nil) for one in targets)
    of_asked, of_handed, of_nil = (book.places["status", name] for name in ("対象", "提出あり", "該当なし"))
    rate = f"IF({of_asked}=0,0,{of_handed}/{of_asked})"
    text = (
        f'="対象"&{of_asked}&"団体のうち"&{of_handed}&"団体（"&TEXT({rate},"0.0%")&"）から提出があり、'
        f'うち"&{of_nil}&"団体は「該当なし」である。"'
    )
    share = _per_cent(handed, asked)
    return Formula(
        text, f"対象{asked}団体のうち{handed}団体（{share}）から提出があり、うち{nil}団体は「該当なし」である。"
    )


def _per_cent(part: int, whole: int) -> str:
    """Return a share as TEXT shows it: a half is rounded up."""
    share = Decimal(0) if not whole else Decimal(100 * part) / Decimal(whole)
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _overdue(book: Compilation) -> Formula:
    late, waiting = book.places["status", "期限超過"], book.places["status", "対象"]
    handed = book.places["status", "提出あり"]
    overdue = sum(is_overdue(book, one) for one in book.cut.targets)
    left = len(book.cut.targets) - len(handed_in(book))
    text = f'="まだ提出のない団体は"&({waiting}-{handed})&"団体で、うち"&{late}&"団体が回答期限を過ぎている。"'
    return Formula(text, f"まだ提出のない団体は{left}団体で、うち{overdue}団体が回答期限を過ぎている。")


def needs_sentence(book: Compilation) -> Formula:
    """Say which field and which form of support are wanted most."""
    total = book.places["needs total",]
    fields, by_field = book.places["needs fields",], book.places["needs by field",]
    forms, by_form = book.places["needs forms",], book.places["needs by form",]
    text = (
        f'=IF({total}=0,"要望事項はない。","要望事項は"&{total}&"件ある。最も多い分野は「"'
        f'&INDEX({fields},MATCH(MAX({by_field}),{by_field},0))&"」（"&MAX({by_field})&"件）、最も多い支援の形態は「"'
        f'&INDEX({forms},MATCH(MAX({by_form}),{by_form},0))&"」（"&MAX({by_form})&"件）である。")'
    )
    counted = book.needs_counted
    if not counted.total:
        return Formula(text, "要望事項はない。")
    field, form = _most(counted.fields), _most(counted.forms)
    return Formula(
        text,
        f"要望事項は{counted.total}件ある。最も多い分野は「{field[0]}」（{field[1]}件）、"
        f"最も多い支援の形態は「{form[0]}」（{form[1]}件）である。",
    )


def _most(counts: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return the first of the largest, as MATCH does."""
    return max(counts, key=lambda one: one[1])
