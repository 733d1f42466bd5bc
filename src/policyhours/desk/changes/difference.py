"""Differences: what changed between two resolved policies, in the words of the law.

Semantics decide, not form: what says the same is no change, however it is written, and a consequence is told
once, where it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from policyhours.desk.changes.leaning import Leaning
from policyhours.desk.changes.meaning import narrower
from policyhours.desk.changes.statement import Key, Root, Statement
from policyhours.desk.changes.statements import Sheet, sheet
from policyhours.desk.wording import articles
from policyhours.language.number import Rational
from policyhours.language.policy import Policy
from policyhours.text.place import Place

Direction = Literal["stricter", "looser"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        before, after: what was said and what is; ``None`` where it was not there, or is no longer.
        direction: what becomes of it, taken by itself; ``None`` where that can't be said.
    """

    before: Statement | None
    after: Statement | None
    direction: Direction | None

    @property
    def said(self) -> Statement:
        """What is said now; where nothing is, what was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def address(self) -> str:
        """The address that people use, such as ``paper.ceiling``."""
        return self.said.address

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        """What happened."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it stood, and where it stands."""
        return tuple(statement.place for statement in (self.before, self.after) if statement)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two resolved policies, and what changed between them, in the regulation's order."""

    old: Policy
    new: Policy
    changes: tuple[Change, ...]


def difference(old: Policy, new: Policy) -> Difference:
    """What changed from one resolved policy to another."""
    before, after = sheet(old), sheet(new)
    changes = list(_changes(before, after))
    return Difference(old, new, tuple(c for c in changes if not _cited_elsewhere(c, changes)))


def _changes(before: Sheet, after: Sheet) -> Iterator[Change]:
    leanings = Leaning(before), Leaning(after)
    for key in _merged(list(before.statements), list(after.statements)):
        was, now = before.statements.get(key), after.statements.get(key)
        if not _of_its_own(was or now, before.roots & after.roots):
            continue
        if was and now and (was.meaning == now.meaning or (was.inherited and was.inherited == now.inherited)):
            continue
        yield Change(was, now, _direction(was, now, *leanings))


def _cited_elsewhere(change: Change, changes: list[Change]) -> bool:
    """Whether another clause is all that changed, and a change beside it names both clauses already."""
    if change.said.kind != "citation":
        return False
    beside = change.said.key[:-1]
    return any(
        other is not change
        and other.said.key[: len(beside)] == beside
        and _cites(other.before, change.before)
        and _cites(other.after, change.after)
        for other in changes
    )


def _cites(statement: Statement | None, citation: Statement | None) -> bool:
    """Whether the statement is there, and names the clauses of the citation if that is."""
    return statement is not None and (citation is None or frozenset(statement.article) == citation.meaning)


def _of_its_own(statement: Statement | None, common: frozenset[Root]) -> bool:
    """Whether what it belongs to is there on both sides, so that it isn't told with that."""
    return statement is not None and all(root in common for root in statement.roots)


def _merged(old: list[Key], new: list[Key]) -> list[Key]:
    """The keys in the order of the new ones; what is gone stands behind what it stood behind."""
    here = set(new)
    gone: dict[Key | None, list[Key]] = {}
    last: Key | None = None
    for key in old:
        if key in here:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    found = [*gone.get(None, ())]
    for key in new:
        found += [key, *gone.get(key, ())]
    return found


def _direction(
    was: Statement | None, now: Statement | None, before: Leaning, after: Leaning
) -> Direction | None:
    sense: int | None
    if was is None or now is None:
        there = was or now
        assert there is not None
        sense = there.presence
        return _named(sense if now is not None else None if sense is None else -sense)
    if was.pattern and now.pattern:
        if was.sense is None or now.sense is None:
            return None
        fact = now.pattern[1]
        tighter = narrower(now.pattern[0], was.pattern[0], fact)
        wider = narrower(was.pattern[0], now.pattern[0], was.pattern[1])
        return None if tighter == wider else "stricter" if tighter else "looser"
    numbers = _number(was), _number(now)
    if numbers[0] is None or numbers[1] is None:
        return None
    senses = before.of(was), after.of(now)
    if senses[0] is None or senses[0] != senses[1]:
        return None
    return _named(senses[0] if numbers[1] > numbers[0] else -senses[0])


def _number(statement: Statement) -> Rational | None:
    """The number that is stated, where it is one."""
    return None if statement.data is None else Fraction(statement.data)


def _named(sense: int | None) -> Direction | None:
    return None if not sense else "looser" if sense > 0 else "stricter"


# ── in words ──

_MARKS = {"zh": {"stricter": "收紧", "looser": "放宽"}, "en": {"stricter": "stricter", "looser": "looser"}}
_ADDED = {"zh": ("新增 ", "删去 "), "en": ("added: ", "removed: ")}


def title_of(change: Change, lang: str = "zh") -> str:
    """What the change is about: its title, and the row where it is one of a table."""
    said = change.said
    title = said.title if lang == "zh" else said.title_en
    return f"{title}〔{said.row}〕" if said.row else title


def change_text(change: Change, lang: str = "zh") -> str:
    """The change in one sentence, with its articles and whether it is stricter or looser."""
    zh = lang == "zh"
    colon = "：" if zh else ": "
    was, now = change.before, change.after
    title = title_of(change, lang)
    if was and now:
        repeated = now.prefix if now.prefix != was.prefix else ""
        text = f"{title}{colon}{was.prefix}{was.text} → {repeated}{now.text}"
    else:
        added, removed = _ADDED[lang]
        said = change.said
        text = f"{added if now else removed}{title}{colon}{said.prefix}{said.text}"
    cited = " → ".join(dict.fromkeys(articles(s.article) for s in (was, now) if s and s.article))
    if cited:
        text += f"（{cited}）" if zh else f" ({cited})"
    if change.direction:
        mark = _MARKS[lang][change.direction]
        text += f"〔{mark}〕" if zh else f" [{mark}]"
    return text


def change_data(change: Change, lang: str = "zh") -> dict[str, object]:
    """The change as data: numbers are exact texts, everything else is in words."""
    said = change.said
    return {
        "address": said.address,
        "row": said.row or None,
        "section": said.section,
        "title": title_of(change, lang),
        "kind": said.kind,
        "change": change.change,
        "before": _told(change.before),
        "after": _told(change.after),
        "direction": change.direction,
        "article": list(said.article),
        "places": [
            {"side": side, "file": s.place.source.name, "line": s.place.line}
            for side, s in (("old", change.before), ("new", change.after))
            if s
        ],
        "text": change_text(change, lang),
    }


def _told(statement: Statement | None) -> str | None:
    if statement is None:
        return None
    return statement.data if statement.data is not None else statement.prefix + statement.text
