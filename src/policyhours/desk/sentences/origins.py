"""Origins: from which text each provision of a resolved policy comes; and the part that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from policyhours.desk.sentences.provision import VALUES, Provision
from policyhours.language.dependence import needed
from policyhours.language.header import Header
from policyhours.language.policy import Policy
from policyhours.language.words import child
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint


def main_text(policy: Policy) -> Header:
    """The text that most of it comes from: the one that a filing implements, else the policy itself."""
    return policy.layers[1] if len(policy.layers) > 1 else policy.header


def marks(policy: Policy) -> dict[str, str]:
    """By ``id@version``, the word that marks what comes from that text; the main text needs none."""
    main = main_text(policy)
    others = [header for header in policy.layers if header.ref != main.ref]
    national = [header for header in others if header.authority == "national"]
    found = {header.ref: "本细则" for header in others if header not in national}
    for number, header in enumerate(national, 1):
        found[header.ref] = f"国家规定{number}" if len(national) > 1 else "国家规定"
    return found


def legend(policy: Policy, terms: Mapping[str, str], *, files: bool) -> list[str]:
    """The texts of which a filing is made up, each with the word that marks it.

    Args:
        policy: the policy.
        terms: by ``id@version``, when the text really is in force, in words.
        files: whether to say in which files they stand.
    """
    if len(policy.layers) == 1:
        return []
    words, main = marks(policy), main_text(policy)
    lines = []
    for header in (main, *(h for h in policy.layers if h.ref != main.ref)):
        word = f"〔{words[header.ref]}〕" if header.ref in words else "没有标记的："
        where = f"{header.ref}，{header.place.source.name}" if files else header.ref
        lines.append(f"{word}《{header.title}》{header.document}，{terms[header.ref]}（{where}）")
    return lines


def mark(provision: Provision, words: dict[str, str], replaced: Provision | None) -> str:
    """The mark of a provision that does not come from the main text, with what that says instead."""
    word = words.get(provision.origin.policy)
    if word is None:
        return ""
    there = "" if replaced is None else f"，上位文件第{replaced.origin.place.line}行"
    if there and provision.source.authority == "national":
        there = f"，代替{there[1:]}"
    elif there and provision.leeway is not None:
        there += f"允许{provision.leeway.within}"
    return f"〔{word}第{provision.origin.place.line}行{there}〕"


def replaced_by(said: Sequence[Provision], above: Sequence[Provision]) -> dict[str, Provision]:
    """By address, what the upper text says where the provision comes from another text."""
    counted = Counter(p.key for p in above)
    theirs = {p.key: p for p in above if counted[p.key] == 1}
    mine = Counter(p.key for p in said)
    return {
        p.key: theirs[p.key]
        for p in said
        if mine[p.key] == 1 and p.key in theirs and p.origin.place != theirs[p.key].origin.place
    }


def only(name: str, policy: Policy, said: Sequence[Provision]) -> list[Provision]:
    """The provisions of one standard, one value or one section, named by its id or its Chinese title.

    With a standard or a value come the named values and the readings that it needs.

    Raises:
        Refused: where there is none of that name.
    """
    found = [p for p in said if name in _names(p)]
    if not found:
        known = dict.fromkeys(one for p in said for one in _names(p))
        words = {"found": name, "policy": policy.ref, **hint(name, known)}
        raise Refused((Finding("PH522", None, words),))
    kinds = {("standards", p.standard) for p in found if p.standard is not None}
    kinds |= {("values", p.key) for p in found if p.section == VALUES}
    nodes = [node for section, key in sorted(kinds) if (node := child(policy.tree.get(section), key))]
    along = needed(policy.tree, nodes)
    keys = {name if section == "values" else f"readings.{name}" for name, (section, _) in along.items()}
    more = [p for p in said if p not in found and p.key in keys and p.standard is None]
    return [*found, *more]


def _names(provision: Provision) -> tuple[str, ...]:
    """By what a clerk may ask for it."""
    head, _, rest = provision.key.partition(".")
    names = [provision.key, provision.section, provision.title, provision.standard or head]
    names += ["values"] if provision.section == VALUES else []
    names += [rest] if head in ("readings", "requirement") else []
    return tuple(dict.fromkeys(names))
