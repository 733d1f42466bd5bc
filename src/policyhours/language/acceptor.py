"""The acceptor: a quick yes from the same schemas, so that a sound file never waits for `jsonschema`.

What it does not accept, the real validator judges, and only that one's errors are told. Because `if` needs a
right no as much as a right yes, every keyword here means exactly what it means there, for the data that our
reader gives; one that is not known here is refused, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

Accepts = Callable[[Any], bool]

_NOTES: Final = frozenset(
    {"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default", "format"}
)
_WITH_OTHERS: Final = frozenset({"then", "else", "properties", "patternProperties"})
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, Fraction),
}


def acceptor(schema: Any) -> Accepts:
    """The acceptor of a schema, whose references are all to its own ``$defs``.

    A definition is compiled when a value first needs it.

    Raises:
        LookupError: for a keyword that is not known here, once it is reached.
    """
    return _Compiler(schema["$defs"]).compiled(schema)


class _Compiler:
    """Makes one test of every subschema; a definition that is referred to is compiled once."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._known: dict[str, Accepts] = {}

    def compiled(self, schema: Any) -> Accepts:
        if isinstance(schema, bool):
            return lambda _: schema
        tests = [
            self._test(keyword, wanted, schema)
            for keyword, wanted in schema.items()
            if keyword not in _NOTES and keyword not in _WITH_OTHERS
        ]
        if ("properties" in schema or "patternProperties" in schema) and "additionalProperties" not in schema:
            tests.append(self._members(True, schema))
        if len(tests) == 1:
            return tests[0]
        return lambda value: all(test(value) for test in tests)

    def _test(self, keyword: str, wanted: Any, schema: dict[str, Any]) -> Accepts:
        match keyword:
            case "$ref":
                return self._reference(wanted)
            case "type":
                kinds = frozenset(k for name in _several(wanted) for k in _TYPES[name])
                return lambda value: type(value) in kinds
            case "enum":
                return lambda value: any(_same(value, option) for option in wanted)
            case "const":
                return lambda value: _same(value, wanted)
            case "anyOf":
                options = [self.compiled(option) for option in wanted]
                return lambda value: any(option(value) for option in options)
            case "not":
                refused = self.compiled(wanted)
                return lambda value: not refused(value)
            case "if":
                return self._variant(wanted, schema)
            case "pattern":
                search = re.compile(wanted).search
                return lambda value: type(value) is not str or search(value) is not None
            case "minLength" | "minItems" | "minProperties":
                kind = _measured(keyword)
                return lambda value: type(value) is not kind or len(value) >= wanted
            case "maxLength" | "maxItems" | "maxProperties":
                kind = _measured(keyword)
                return lambda value: type(value) is not kind or len(value) <= wanted
            case "minimum":
                return lambda value: type(value) not in (int, Fraction) or value >= wanted
            case "maximum":
                return lambda value: type(value) not in (int, Fraction) or value <= wanted
            case "required":
                return lambda value: type(value) is not dict or all(key in value for key in wanted)
            case "dependentRequired":
                return lambda value: (
                    type(value) is not dict
                    or all(
                        key not in value or all(other in value for other in others)
                        for key, others in wanted.items()
                    )
                )
            case "propertyNames":
                name = self.compiled(wanted)
                return lambda value: type(value) is not dict or all(name(key) for key in value)
            case "additionalProperties":
                return self._members(wanted, schema)
            case "prefixItems":
                tests = [self.compiled(item) for item in wanted]
                return lambda value: (
                    type(value) is not list
                    or all(test(item) for test, item in zip(tests, value, strict=False))
                )
            case "items" if "prefixItems" not in schema:
                item_test = self.compiled(wanted)
                return lambda value: type(value) is not list or all(item_test(item) for item in value)
            case _:
                raise LookupError(keyword)

    def _reference(self, reference: str) -> Accepts:
        if not reference.startswith("#/$defs/"):
            raise LookupError(reference)
        name = reference.removeprefix("#/$defs/")
        known = self._known

        def follow(value: Any) -> bool:
            # Not sooner: definitions refer to themselves, and a filing needs only some of them.
            if name not in known:
                known[name] = self.compiled(self._definitions[name])
            return known[name](value)

        return follow

    def _variant(self, condition: Any, schema: dict[str, Any]) -> Accepts:
        holds = self.compiled(condition)
        then, otherwise = self.compiled(schema.get("then", True)), self.compiled(schema.get("else", True))
        return lambda value: then(value) if holds(value) else otherwise(value)

    def _members(self, others: Any, schema: dict[str, Any]) -> Accepts:
        named = {key: self.compiled(member) for key, member in schema.get("properties", {}).items()}
        patterns = [
            (re.compile(pattern).search, self.compiled(member))
            for pattern, member in schema.get("patternProperties", {}).items()
        ]
        other = self.compiled(others)

        def test(value: Any) -> bool:
            if type(value) is not dict:
                return True
            for key, member in value.items():
                tests = [inner for search, inner in patterns if search(key)]
                if key in named:
                    tests.append(named[key])
                if not all(inner(member) for inner in tests or (other,)):
                    return False
            return True

        return test


def _several(wanted: Any) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _measured(keyword: str) -> type[str | list[Any] | dict[str, Any]]:
    kinds: dict[str, type[str | list[Any] | dict[str, Any]]] = {
        "Length": str,
        "Items": list,
        "Properties": dict,
    }
    return kinds[keyword[3:]]


def _same(value: Any, wanted: Any) -> bool:
    """Whether they are the same as JSON; unlike in Python, ``true`` is not 1."""
    if isinstance(value, list) and isinstance(wanted, list):
        return len(value) == len(wanted) and all(_same(a, b) for a, b in zip(value, wanted, strict=True))
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)
