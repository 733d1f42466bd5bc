"""What is shown of a policy: its provisions, how its texts stand on a day, and what the upper text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policyhours.desk.register import Entry, entries, in_force_text
from policyhours.desk.sentences.origins import legend, only, replaced_by
from policyhours.desk.sentences.provision import Provision
from policyhours.desk.sentences.provisions import provisions
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, parse_reference


@dataclass(frozen=True, slots=True)
class Shown:
    """A policy as it is shown, on a console, as data or on a page.

    Attributes:
        upper: for a filing, the text that it implements.
        standing: by ``id@version``, how each of its texts stands on the day.
        said: its provisions, or those of the part that is asked for.
        replaced: by address, what the upper text says where the provision comes from another text.
    """

    policy: Policy
    upper: Policy | None
    standing: Mapping[str, Entry]
    said: tuple[Provision, ...]
    replaced: Mapping[str, Provision]

    def legend(self, *, files: bool) -> list[str]:
        """The texts of which it is made up, each with the word that marks it; none where it is one text.

        Args:
            files: whether to say in which files they stand; on paper that would tell of the computer.
        """
        terms = {ref: f"有效期{in_force_text(entry, 'zh')}" for ref, entry in self.standing.items()}
        return legend(self.policy, terms, files=files)


def shown(library: Library, ref: Reference, day: date, part: str | None = None) -> Shown:
    """What is shown of a policy.

    Args:
        library: where policies are.
        ref: which one; without a version the one in force on the day.
        day: the day on which its texts stand as is told.
        part: the name of a standard, a value or a section, where not everything is asked for.

    Raises:
        Refused: where there is no such policy or part, or the policy is faulty.
    """
    policy = library.policy(ref, day)
    above = policy.layers[1].ref if len(policy.layers) > 1 else None
    upper = None if above is None else library.policy(parse_reference(above))
    said = provisions(policy, upper)
    replaced = {} if upper is None else replaced_by(said, provisions(upper))
    wanted = said if part is None else only(part, policy, said)
    return Shown(policy, upper, _standing(policy, library, day), tuple(wanted), replaced)


def _standing(policy: Policy, library: Library, day: date) -> dict[str, Entry]:
    versions = {header.id: library.versions(header.id) for header in policy.layers}
    found = (entry for header in policy.layers for entry in entries(versions[header.id], day))
    refs = {header.ref for header in policy.layers}
    return {entry.header.ref: entry for entry in found if entry.header.ref in refs}
