"""Formulas: arithmetic over names, in a closed subset of Python's expressions.

Allowed: names, the numbers 0 and 1, ``+ - * /``, parentheses, and the functions `FUNCTIONS`. Every other
number has to be a named value with an article. A formula is parsed once into our own tree (`expression`);
nothing else of it is kept, so whatever Python's grammar has beyond the subset cannot be reached later.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from numbers import Number
from typing import Final, Literal, TypeGuard

from policyhours.language.expression import Call, Constant, Expression, Name, Negation, Operation

FUNCTIONS: Final = {"min": (1, 8), "max": (1, 8), "floor": (1, 1), "ceil": (1, 1), "round_to": (2, 2)}
"""The functions of a formula, each with the least and the greatest number of its arguments."""

MAX_LENGTH: Final = 400
_FOREIGN = re.compile(r"[^A-Za-z0-9_+\-*/(),. ]+")
_OPERATORS: Final[dict[type[ast.operator], Literal["+", "-", "*", "/"]]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


class FormulaFault(Exception):
    """What is wrong with a formula: a finding's code and words, and the marked part of the text."""

    def __init__(self, code: str, offset: int, width: int = 1, **words: str) -> None:
        super().__init__(code)
        self.code, self.offset, self.width, self.words = code, offset, max(1, width), words


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read a formula; the same text is read once, for many filings share it.

    Raises:
        FormulaFault: where the text is not a formula of the subset.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaFault("PH402", 0, MAX_LENGTH, length=str(len(text)), limit=str(MAX_LENGTH))
    if foreign := _FOREIGN.search(text):
        raise FormulaFault("PH401", foreign.start(), len(foreign[0]), found=foreign[0])
    start = len(text) - len(text.lstrip(" "))
    try:
        tree = ast.parse(text.strip(" "), mode="eval")
    except SyntaxError as fault:
        told = (fault.offset or 0) - 1
        at = start + told if 0 < told < len(text.strip(" ")) else max(0, len(text.rstrip(" ")) - 1)
        raise FormulaFault("PH403", at, found=text.strip()) from None
    except (ValueError, RecursionError, MemoryError):
        raise FormulaFault("PH403", 0, len(text), found=text.strip()) from None
    return _convert(tree.body, text, start)


def _convert(node: ast.expr, text: str, start: int) -> Expression:
    at = start + node.col_offset
    width = (node.end_col_offset or node.col_offset + 1) - node.col_offset
    match node:
        case ast.Constant(value=value) if _is_literal(value):
            return Constant(value)
        case ast.Constant(value=value) if _is_number(value):
            raise FormulaFault("PH404", at, width, found=text[at : at + width])
        case ast.Name(id=name):
            if name in FUNCTIONS:
                raise FormulaFault("PH406", at, width, found=name)
            return Name(name, at)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negation(_convert(operand, text, start))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            return Operation(
                _OPERATORS[type(operator)], _convert(left, text, start), _convert(right, text, start), at
            )
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            if function not in FUNCTIONS:
                raise FormulaFault("PH405", at, len(function), found=function, expected=", ".join(FUNCTIONS))
            least, most = FUNCTIONS[function]
            if not least <= len(arguments) <= most or any(isinstance(a, ast.Starred) for a in arguments):
                wanted = str(least) if least == most else f"{least}–{most}"
                raise FormulaFault(
                    "PH407", at, width, function=function, found=str(len(arguments)), expected=wanted
                )
            return Call(function, tuple(_convert(a, text, start) for a in arguments), at)
        case _:
            raise FormulaFault("PH408", at, width, found=text[at : at + width])


def _is_number(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)


def _is_literal(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value in (0, 1)
