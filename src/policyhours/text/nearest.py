"""Did you mean: the known words nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 100
"""No word of ours is longer; what is longer is no slip of the pen."""
_OFFERED: Final = 12
"""So many words are listed where none is near."""


def nearest(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """At most `n` of the candidates that the word may have meant, the nearest first.

    Letters may be dropped, added, changed or swapped, and one word may hold the other; two Chinese words of
    two characters are near if they share one. Words equally near come in the order of their characters.
    """
    wanted = word.lower()
    if len(wanted) > _LONGEST:
        return []
    ranked = [
        (rank, known) for known in set(candidates) if (rank := _rank(wanted, known.lower())) is not None
    ]
    return [known for _, known in sorted(ranked)[:n]]


def hint(word: str, known: Iterable[str], offered: tuple[str, str] | None = None) -> dict[str, str]:
    """The words of a finding that say what may have been meant, or else what can be written.

    Args:
        word: what was written.
        known: all that can be written.
        offered: what can be written, in Chinese and in English, where that is not said by listing `known`.

    Returns:
        ``nearest``: the near words, or a dash; ``hint`` and ``hint_en``: a question, or what can be written.
    """
    words = list(known)
    near = nearest(word, words)
    if near:
        asked = {"hint": f"是不是要写：{'、'.join(near)}？", "hint_en": f"did you mean {', '.join(near)}?"}
        return {"nearest": "、".join(near), "nearest_en": ", ".join(near), **asked}
    if offered is None and not words:
        return {
            "nearest": "—",
            "hint": "删去它，这里没有可以写的名称",
            "hint_en": "remove it, there is no name to write here",
        }
    zh, en = offered or ("、".join(words[:_OFFERED]), ", ".join(words[:_OFFERED]))
    if offered is None:
        zh, en = (zh + "……", en + ", …") if len(words) > _OFFERED else (zh, en)
        en = en if len(words) == 1 else f"one of: {en}"
    return {"nearest": "—", "hint": f"可以写：{zh}", "hint_en": f"write {en}"}


def _rank(word: str, known: str) -> int | None:
    """How far apart the words are, the least first; ``None`` if they are not near at all."""
    shorter, longer = sorted((len(word), len(known)))
    allowed = 1 if longer <= 3 else max(2, longer * 2 // 5)
    if longer - shorter <= allowed and (distance := slips(word, known)) <= min(allowed, longer - 1):
        return distance
    return allowed + 1 if shorter >= 2 and (word in known or known in word) else None


def slips(a: str, b: str) -> int:
    """The changes from one word to the other; swapping two neighbours is one change."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
