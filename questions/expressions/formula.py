"""Turns an expression into the formula of a cell, for the greying and the checks of the form workbook.

A formula says what ``evaluate`` says: what is blank, wrong or not asked makes a comparison false, texts are compared
to the letter (by EXACT, since = ignores case), and no error comes out. Only functions that Excel and LibreOffice
both know are used.
"""

import re
from dataclasses import replace
from decimal import Decimal

from questions.expressions.cells import Cells, NotInWorkbook
from questions.expressions.evaluate import compare
from questions.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Itself,
    Logic,
    Node,
    Number,
    Reference,
    Text,
)
from questions.expressions.pieces import (
    Piece,
    alike,
    all_of,
    any_of,
    choose,
    either,
    holds_one,
    marked,
    quoted,
    reckoned,
    rounded,
    shows,
)

_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SEARCHED_AS_PATTERN = re.compile(r"[*?~]|^[<>=]|^[0-9.,+/:-]+$")


def formula(expression: Expression, cells: Cells) -> str:
    """Return a formula, without its =, that is TRUE where the expression holds. Raises NotInWorkbook."""
    return f"IFERROR({_Writer(cells).truth(expression.root)},FALSE)"


def satisfied(expression: Expression, cells: Cells, meant: frozenset[str]) -> str:
    """Return a formula that is FALSE where a constraint or check is broken. Raises NotInWorkbook.

    As on the server, it is TRUE while an answer is missing that the rule needs; inside the functions ``meant`` a
    blank has a meaning (nodes.COUNTING for constraints, with CHOOSING for checks).
    """
    writer = _Writer(cells)
    needed = [writer.reference(name).answered for name in expression.needed(meant)]
    needed += [writer.piece(node).answered for node in expression.nodes() if isinstance(node, Itself)]
    return f"IFERROR({choose(all_of(*needed), writer.truth(expression.root), 'TRUE')},TRUE)"


class _Writer:
    """Writes the formula of a node."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def truth(self, node: Node) -> str:
        """Is the node true?"""
        if isinstance(node, Call) and node.function == "if":
            condition, then, otherwise = node.arguments
            return choose(self.truth(condition), self.truth(then), self.truth(otherwise))
        piece = self.piece(node)
        if piece.form == "truth":
            return piece.text
        if piece.literal is not None:
            return "TRUE" if piece.literal else "FALSE"
        if piece.form == "number":
            return choose(piece.answered, f"{rounded(piece)}<>0", "FALSE")
        return piece.answered or "TRUE"

    def piece(self, node: Node) -> Piece:
        """Write one node."""
        match node:
            case Text(text):
                return Piece("text", quoted(text), literal=text)
            case Number(number):
                return Piece("number", f"{number:f}", literal=number, whole=number == int(number))
            case Reference(name):
                return self.reference(name)
            case Itself():
                return self.reference(self.cells.itself())
            case Logic(joined, terms):
                return Piece("truth", f"{joined.upper()}({','.join(self.truth(term) for term in terms)})")
            case Comparison(sign, left, right):
                return Piece("truth", self.comparison(sign, self.piece(left), self.piece(right)))
            case Arithmetic(sign, left, right):
                return reckoned(sign, self.piece(left), self.piece(right))
            case Call(function, arguments):
                return self.call(function, arguments)

    def reference(self, name: str) -> Piece:
        """The answer to a question, or a constant."""
        constant = self.cells.constant(name)
        if constant is not None:
            return self.piece(Number(constant))
        form, asked = self.cells.form(name), self.cells.asked(name) or ""
        if form == "codes" and self.cells.marks(name) is not None:
            return Piece(form, "", all_of(asked, f"{self.number_chosen(name)}>0"), asked, name=name)
        cell = self.cells.answer(name)
        if form == "codes":
            return Piece(form, cell, all_of(asked, marked(cell)), asked, name=name)
        if form == "text":
            shown = self.cells.shown(name)
            bare = cell if shown is not None else f'SUBSTITUTE(SUBSTITUTE({cell},"　",""),CHAR(10),"")'
            return Piece(form, cell, all_of(asked, marked(bare)), asked, shown)
        text = f"(YEAR({cell})*12+MONTH({cell}))" if form == "month" else cell
        return Piece(form, text, all_of(asked, f"ISNUMBER({cell})"), asked)

    # ---- Comparisons

    def comparison(self, sign: str, left: Piece, right: Piece) -> str:
        """Compare two sides as ``evaluate.compare`` does."""
        if left.literal is not None and right.literal is not None:
            return "TRUE" if compare(sign, left.literal, right.literal) else "FALSE"
        if left.literal is not None or (right.form == "codes" and left.form != "codes"):
            return self.comparison(_TURNED[sign], right, left)
        if right.literal is not None and left.shown is not None:
            return holds_one(left, {code for code in left.shown if compare(sign, code, right.literal)})
        if left.form == "codes" and right.form in ("codes", "text"):
            return self.only(sign, left, right)
        left, right = alike(left, right)
        answered = all_of(left.answered, right.answered)
        if left.form != right.form:
            return answered or "TRUE" if sign == "!=" else "FALSE"
        if left.form != "text":
            sides = [f"({one.text})" if one.form == "truth" else rounded(one) for one in (left, right)]
            test = {"!=": "<>"}.get(sign, sign).join(sides)
        elif sign in ("=", "!="):
            test = f"EXACT({left.text},{right.text})"
            test = test if sign == "=" else f"NOT({test})"
        else:
            raise NotInWorkbook(f"text {sign} text")
        return choose(answered, test, "FALSE")

    def only(self, sign: str, several: Piece, code: Piece) -> str:
        """Compare several answers with one code: equal when it alone is chosen."""
        marks = self.cells.marks(several.name)
        if sign not in ("=", "!=") or not isinstance(code.literal, str) or marks is None:
            raise NotInWorkbook(f"several answers {sign}")
        among = code.literal in marks
        alone = all_of(f"{self.number_chosen(several.name)}=1", marked(marks[code.literal])) if among else "FALSE"
        return all_of(several.answered, alone if sign == "=" else f"NOT({alone})")

    # ---- Functions

    def call(self, function: str, arguments: tuple[Node, ...]) -> Piece:
        """Write a function."""
        match function, arguments:
            case (("true" | "false"), ()):
                return Piece("truth", function.upper())
            case "today", ():
                return Piece("day", "TODAY()")
            case "not", (term,):
                return Piece("truth", f"NOT({self.truth(term)})")
            case "if", (condition, then, otherwise):
                return either(self.truth(condition), self.piece(then), self.piece(otherwise))
            case "coalesce", (first, second):
                found = self.piece(first)
                return either(found.answered or "TRUE", replace(found, answered=""), self.piece(second))
            case "selected", (many, one):
                return Piece("truth", self.selected(self.piece(many), self.piece(one)))
            case "sum", (Reference(name),):
                text = f"SUM({self.cells.column(name)})" if self.cells.form(name) == "number" else "0"
                return Piece("number", text, reckoned=True)
            case _:
                return Piece("number", self.counted(function, arguments), whole=True)

    def counted(self, function: str, arguments: tuple[Node, ...]) -> str:
        """Write a function that counts."""
        match function, arguments:
            case "count-selected", (many,):
                several = self.piece(many)
                if several.form != "codes":
                    return choose(several.answered, "1", "0")
                return choose(several.asked, self.number_chosen(several.name), "0")
            case "string-length", (text,):
                typed = self.piece(text)
                if typed.form == "text" and typed.shown is None:
                    return choose(typed.answered, f"LEN({typed.text})", "0")
            case "count-small", (Reference(name), limit):
                most = self.piece(limit).literal
                if isinstance(most, Decimal):
                    return choose(self.cells.asked(name) or "", self.cells.count_small(name, int(most)), "0")
            case "count", (Reference(name),):
                return self.cells.count_rows(name)
            case "count-distinct", (Reference(name),):
                return self.count_distinct(self.cells.column(name), name)
        raise NotInWorkbook(function)

    def count_distinct(self, column: str, name: str) -> str:
        """Count the different answers of a column."""
        form = self.cells.form(name)
        if form in ("number", "day"):
            return f"IF(COUNT({column})=0,0,SUMPRODUCT(--(FREQUENCY({column},{column})>0)))"
        shown = self.cells.shown(name) if form == "text" else None
        texts = {text.casefold() for text in shown.values()} if shown else set()
        if not shown or len(texts) < len(shown) or any(_SEARCHED_AS_PATTERN.search(text) for text in texts):
            raise NotInWorkbook("count-distinct")  # COUNTIF would not count to the letter
        return f'ROUND(SUMPRODUCT(({column}<>"")/COUNTIF({column},{column}&"")),0)'

    def number_chosen(self, name: str) -> str:
        """Count the answers of a question of several choices."""
        marks = self.cells.marks(name)
        if marks is None:
            return self.cells.count_chosen(name)
        return f"(0+{'+'.join(f'({marked(cell)})' for cell in marks.values())})"

    def selected(self, many: Piece, one: Piece) -> str:
        """Is one code among several answers, or the one answer?"""
        code = f"{one.literal.normalize():f}" if isinstance(one.literal, Decimal) else one.literal
        if many.form == "codes":
            return self.chosen(many, one, code)
        if many.shown is not None and code is not None:
            return holds_one(many, {code})
        if many.form != "text" or (one.form != "text" and code is None):
            raise NotInWorkbook("selected")
        return self.comparison("=", many, one if code is None else self.piece(Text(code)))

    def chosen(self, several: Piece, one: Piece, code: str | None) -> str:
        """Is a code, or what a cell shows, among several answers?"""
        marks, shown = self.cells.marks(several.name), self.cells.shown(several.name) or {}
        if marks is None:
            wanted = quoted(shown.get(code, code)) if code is not None else f'{one.text}&""'
            return choose(all_of(several.asked, one.answered), self.cells.chosen(several.name, wanted), "FALSE")
        if code is not None:
            return all_of(several.asked, marked(marks[code])) if code in marks else "FALSE"
        if one.form != "text":
            raise NotInWorkbook("selected")
        texts = {code: code for code in marks} if one.shown is None else one.shown
        pairs = (all_of(shows(one.text, text), marked(marks[code])) for code, text in texts.items() if code in marks)
        return all_of(several.asked, one.asked, any_of(pairs))
