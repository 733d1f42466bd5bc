"""Labels: what a filing calls by ids, as people read it in a form, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policyhours.desk.form.model import Form
from policyhours.language.policy import Policy
from policyhours.language.words import child, entries_at, text_at
from policyhours.text.tree import Node

_OPTION: Final = re.compile(r"\s*[：:]\s*")
_YES_NO: Final = {"true": "是", "false": "否"}


@dataclass(frozen=True, slots=True)
class Labels:
    """The titles of what tables go by, and the labels of their options.

    Attributes:
        titles: by id.
        options: by id, the label of each option.
    """

    titles: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]

    def title(self, name: str) -> str:
        """The title of a fact, a reading or a value, followed by its id on a line of its own."""
        return f"{self.titles[name]}\n{name}" if name in self.titles else name

    def name(self, head: str) -> str:
        """The id that the head of a column means: that below its title, or the only one of that title."""
        last = head.strip().rpartition("\n")[2].strip()
        if last in self.titles:
            return last
        named = [name for name, title in self.titles.items() if folded(title) == folded(head)]
        return named[0] if len(named) == 1 else last

    def shown(self, name: str, option: str) -> str:
        """The label of an option, where it is the label of no other; else the option itself."""
        options = self.options.get(name, {})
        label = options.get(option, option)
        return label if self.meant(name, label) == option else option

    def meant(self, name: str, text: str) -> str:
        """The option that is meant by a label or an id; what is neither stays as it is."""
        options = self.options.get(name, {})
        if text in options:
            return text
        meant = [option for option, label in options.items() if folded(label) == folded(text)]
        return meant[0] if len(meant) == 1 else text


def folded(text: str) -> str:
    """What two spellings of one label have in common: width, case and spaces don't count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def labels_of(upper: Policy, form: Form) -> Labels:
    """The labels of a text, and of what a form under it adds."""
    titles: dict[str, str] = {}
    options: dict[str, dict[str, str]] = {}
    for fact in entries_at(upper.tree.get("facts")):
        _take(titles, options, fact.key, fact.value)
    for value in entries_at(upper.tree.get("values")):
        titles[value.key] = text_at(child(value.value, "title"), value.key)
    for name, reading in upper.readings.items():
        titles[name], options[name] = reading.question, dict(reading.options)
    for part in form.parts:
        for entry in part.entries if part.key.text in ("facts", "values") else ():
            name = entry.key.text
            if title := entry.get("title").text:
                titles[name] = title
            said = f"{entry.get('one_of').text}\n{entry.get('extends').text}"
            listed = [_OPTION.split(line.strip(), maxsplit=1) for line in said.split("\n") if line.strip()]
            if listed:
                options.setdefault(name, {}).update({pair[0]: pair[-1] for pair in listed})
            elif entry.get("type").text == "boolean":
                options[name] = dict(_YES_NO)
    return Labels(titles, options)


def _take(titles: dict[str, str], options: dict[str, dict[str, str]], name: str, node: Node) -> None:
    titles[name] = text_at(child(node, "title"), name)
    if text_at(child(node, "type")) == "boolean":
        options[name] = dict(_YES_NO)
    elif labels := entries_at(child(node, "one_of")):
        options[name] = {entry.key: text_at(entry.value) for entry in labels}
