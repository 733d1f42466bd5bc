"""Layout: text in columns that stay aligned under full-width characters."""

from __future__ import annotations

from policyhours.text.telling import display_width

_PLAIN = {
    "█": "#", "▒": "+", "░": ".", "✔": "v", "✘": "x", "↳": ">", "─": "-", "～": "~", "≥": ">",
    "·": ".", "“": '"', "”": '"', "…": ".", "—": "-", "→": ">", "∞": "-", "�": "?",
}  # fmt: skip


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to a display width; a longer one stays as it is."""
    space = " " * max(0, width - display_width(text))
    return space + text if right else text + space


def fold(text: str, width: int) -> list[str]:
    """The text in lines of at most the display width; Chinese may break anywhere, words only at spaces."""
    lines, line, room = [], "", width
    for piece in _pieces(text):
        size = display_width(piece)
        if size > room and line:
            lines.append(line.rstrip())
            line, room = "", width
            piece = piece.lstrip()
            size = display_width(piece)
        line += piece
        room -= size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """The smallest parts that stay together: a word, or one Chinese character with what clings to it."""
    pieces: list[str] = []
    for character in text:
        clings = character in "，。；：、）”》〕～" or (pieces and pieces[-1][-1] in "（“《〔")
        word = bool(pieces) and _in_word(character) and _in_word(pieces[-1][-1])
        if pieces and (clings or word):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _in_word(character: str) -> bool:
    return character.isascii() and not character.isspace()


def fitted(text: str, encoding: str | None) -> str:
    """The text in characters that the encoding has, finer ones replaced by plain ones."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return "".join(_fitted(character, encoding) for character in text)
    return text


def _fitted(character: str, encoding: str) -> str:
    for candidate in (character, _PLAIN.get(character, "?")):
        try:
            candidate.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return candidate
    return "?"
