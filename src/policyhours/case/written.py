"""Written: a case given as a mapping, as the text that a file would hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import yaml

from policyhours.text.scalar import MAX_DIGITS
from policyhours.text.source import Source, source_from_bytes

_NO_FOLDING: Final = 1 << 30
"""Every value stands on one line, so that a line leads back to the value."""

WRITTEN: Final = "<case>"
"""The name of a text that nobody has seen, for we have written it."""

_NUMBER: Final = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_DIGITS}}})?")


def number_or_text(text: str) -> Decimal | str:
    """The number that a text states, exactly; text that states none, or too long a one, is left as it is."""
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def case_text(case: Mapping[str, Any]) -> str:
    """The case as YAML that our reader takes: rationals and decimals as they are, nothing by reference.

    Raises:
        RecursionError: where lists and groups stand in each other too deep.
    """
    return yaml.dump(dict(case), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_NO_FOLDING)


def as_source(case: Mapping[str, Any]) -> Source:
    """The text that a case given as a mapping would be, as a source.

    Raises:
        Refused: where it is larger than a file may be.
    """
    return source_from_bytes(case_text(case).encode("utf-8"), WRITTEN)


class _Dumper(yaml.SafeDumper):
    """Writes what a case holds in the way that our reader takes it."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out, for our reader takes no anchors."""
        return True


def _plain(dumper: yaml.SafeDumper, value: Fraction | Decimal) -> yaml.ScalarNode:
    text = str(value)
    tag = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, text)


_Dumper.add_representer(Fraction, _plain)
_Dumper.add_representer(Decimal, _plain)
