"""What the upper text says and leaves open, for the first sheet of a form; and open slots laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policyhours.desk.filings.draft import domain_text, measure_of, most_text
from policyhours.desk.filings.fitting import fitting_facts
from policyhours.desk.form.labels import Labels
from policyhours.desk.form.model import EMPTY, Cell, Entry, Form, Part, Row, Table
from policyhours.desk.form.sections import HEAD_TITLES, ORDER
from policyhours.desk.sentences.slots import bounds_text
from policyhours.language.policy import Policy
from policyhours.language.slots import Slot, bounds_of, slots_of
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.words import child, text_at, texts_at


@dataclass(frozen=True, slots=True)
class Opening:
    """What an industry may set.

    Attributes:
        address: in the filing, such as ``paper.hours``.
        title: what it is.
        articles: where the upper text leaves it open.
        within: its bounds and the ceilings over it.
        unit: what its numbers count.
        stands: what holds as long as nobody sets it.
        hint: what it may go by.
        open: it has to be set; otherwise it may be.
    """

    address: str
    title: str
    articles: str
    within: str
    unit: str
    stands: str
    hint: str
    open: bool


def openings_of(upper: Policy) -> dict[str, Opening]:
    """What a text leaves to industries, by address: what is open first, then what may be varied."""
    found = [_opening(upper, slot) for slot in slots_of(upper.tree).values()]
    return {each.address: each for each in sorted(found, key=lambda each: not each.open)}


def laid_out(form: Form, upper: Policy, labels: Labels) -> Form:
    """The form with an empty entry for everything that its upper text leaves open and it does not set."""
    part = form.part("sets") or Part(Cell("sets"))
    there = {entry.key.text for entry in part.entries}
    slots = slots_of(upper.tree)
    blank = tuple(
        _blank(upper, slots[address], labels) for address in openings_of(upper) if address not in there
    )
    sets = replace(part, entries=(*part.entries, *blank))
    return with_part(form, sets)


def with_part(form: Form, part: Part) -> Form:
    """The form with a part in place of the one under its key, or where its key belongs."""
    key = part.key.text
    if form.part(key) is not None:
        return replace(form, parts=tuple(part if p.key.text == key else p for p in form.parts))
    behind = ORDER[ORDER.index(key) + 1 :] if key in ORDER else ORDER
    at = next((i for i, p in enumerate(form.parts) if p.key.text in behind), len(form.parts))
    return replace(form, parts=(*form.parts[:at], part, *form.parts[at:]))


def head_blanks(form: Form) -> Iterator[str]:
    """The lines of a head that the form does not have and could."""
    there = {
        f"{part.key.text}.{entry.key.text}" if entry.key.text else part.key.text
        for part in form.parts
        for entry in (*part.entries, Entry(Cell("")))
    }
    kept = {part.key.text for part in form.parts if part.text is not None}
    for key in HEAD_TITLES:
        if not {key, key.partition(".")[0]} & kept and key not in {*there, *ORDER, "language"}:
            yield key


def _opening(upper: Policy, slot: Slot) -> Opening:
    rules = upper.rules()
    articles = "、".join(texts_at(child(slot.node, "article")))
    within = bounds_text(bounds_of(slot, upper))
    counted = unit_title(parse_unit(text_at(upper.tree.get("unit"), "hour")))
    is_open = "open_to" in slot.node
    if slot.path[0] == "values":
        unit = text_at(child(slot.node, "unit"))
        title = text_at(child(slot.node, "title"), slot.address)
        shown = unit_title(parse_unit(unit)) if unit else "（无单位）"
        return Opening(slot.address, title, articles, within, shown, _stands(slot, "is"), "可以不改", is_open)
    standard = rules.standards[slot.path[1]]
    if slot.path[-1] == "ceiling":
        title = f"{standard.title}：上限"
        return Opening(
            slot.address, title, articles, within, counted, _stands(slot, "hours"), "可以不改", is_open
        )
    facts = fitting_facts(upper, rules, standard.id)
    hint = "；".join(f"{fact.title} {fact.id}（{domain_text(fact)}）" for fact in facts)
    return Opening(
        slot.address,
        f"{standard.title}：学时",
        articles,
        within + most_text(upper, rules, standard.id),
        counted,
        "空着：学时不能确定，不按零计" if is_open else _stands(slot, "is"),
        hint or "没有现成的事实：写一个数，或先在“事实”中另设",
        is_open,
    )


def _stands(slot: Slot, key: str) -> str:
    return text_at(child(slot.node, key), "见上位文件")


def _blank(upper: Policy, slot: Slot, labels: Labels) -> Entry:
    """An entry with nothing filled in, and a table where facts fit it."""
    facts = fitting_facts(upper, upper.rules(), slot.path[1]) if "open_to" in slot.node else []
    if not facts or measure_of(facts) is not None:
        return Entry(Cell(slot.address))
    fact = facts[0]
    keys = labels.options.get(fact.id) or ("1", "2..")
    rows = tuple(Row((Cell(key),), EMPTY) for key in keys)
    return Entry(Cell(slot.address), table=Table((Cell(fact.id),), rows))
