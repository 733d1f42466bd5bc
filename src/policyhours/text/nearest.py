"""Did you mean: the known words nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that the word may have meant, the nearest first.

    Two Chinese words of two characters are near if they share one; letters may be dropped, added, changed or
    swapped.
    """
    lowered = word.lower()
    scored = []
    for candidate in dict.fromkeys(known):
        other = candidate.lower()
        distance = _distance(lowered, other)
        longest = max(len(lowered), len(other), 1)
        inside = min(len(lowered), len(other)) >= 2 and (lowered in other or other in lowered)
        allowed = 1 if longest <= 3 else max(2, longest * 2 // 5)
        if distance <= allowed and distance < longest:
            scored.append((distance, candidate))
        elif inside:
            scored.append((allowed + 1, candidate))
    return [candidate for _, candidate in sorted(scored)[:most]]


def _distance(a: str, b: str) -> int:
    """Edits from one word to the other; swapping two neighbours is one edit."""
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
