"""Labels: what the ids in a result are called, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from policyhours.desk.answer.labels import LABELS
from policyhours.desk.wording import unit_word
from policyhours.language.values import TOTAL

_YES: Final = {"zh": {"true": "是", "false": "否"}, "en": {"true": "yes", "false": "no"}}


@dataclass(frozen=True, slots=True)
class Labels:
    """The titles of kinds, subjects and facts, by id.

    Attributes:
        lang: ``zh`` or ``en``, the language of everything that has no title in a policy.
        options: by fact, the labels of its options by their ids.
        unit: what the policy counts in: ``hour``, or another such as ``credit``.
    """

    lang: str = "zh"
    kinds: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unit: str = "hour"

    def pick(self, zh: str, en: str) -> str:
        """One of two texts, by language."""
        return zh if self.lang == "zh" else en

    @property
    def counted(self) -> str:
        """What is counted, in the plural: 学时, hours."""
        return unit_word(self.unit, self.lang)

    def kind(self, ids: str) -> str:
        """A kind, or several kinds joined with ``+``."""
        return self.pick("、", ", ").join(self.kinds.get(kind, kind) for kind in ids.split("+"))

    def requirement(self, of: str) -> str:
        """What a requirement asks for: the total, a subject, or kinds joined with ``+``."""
        if of == TOTAL:
            return LABELS[self.lang]["total"]
        return self.subjects.get(of) or self.kind(of)

    def fact(self, name: str) -> str:
        """A fact."""
        return self.facts.get(name, name)

    def options_of(self, fact: str) -> Mapping[str, str]:
        """The labels of a fact's options; of one that holds or does not, yes and no."""
        return self.options.get(fact) or _YES[self.lang]
