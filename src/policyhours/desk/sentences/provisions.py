"""Provisions: a resolved policy as Chinese sentences, generated from the data and never stored.

Someone who knows the regulation can check the policy by reading them: every number, condition and 可以 of the
file comes out in a sentence with its articles and, where it was filed by an industry, its origin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyhours.desk.sentences.crediting import crediting
from policyhours.desk.sentences.procedure import procedure
from policyhours.desk.sentences.provision import Provision
from policyhours.desk.sentences.teller import Teller
from policyhours.language.header import Header
from policyhours.language.policy import Policy


def provisions(
    policy: Policy, upper: Policy | None = None, switched: Mapping[str, str] | None = None
) -> list[Provision]:
    """The policy under its adopted readings, sentence by sentence, in the order of the regulation.

    Args:
        policy: the policy.
        upper: for a filing, the text that it implements; it says what an industry may set.
        switched: readings to be taken otherwise than adopted (reading → option), where the policy has them.
    """
    taken = {name: option for name, option in (switched or {}).items() if name in policy.readings}
    teller = Teller(policy, upper, taken)
    return [*_scope(teller), *crediting(teller), *procedure(teller), *_readings(teller)]


def _scope(teller: Teller) -> Iterator[Provision]:
    """For whom it holds, and how long."""
    rules = teller.rules
    yield from teller.conditions(rules.scope, "适用范围", "scope", "适用于：")
    if rules.term is not None:
        yield teller.say("适用范围", "in_force", _term_text(teller.source(rules.term)), rules.term)


def _readings(teller: Teller) -> Iterator[Provision]:
    """What of it is contested, and how it was read."""
    for reading in teller.rules.readings.values():
        others = "；".join(t for o, t in reading.options.items() if o != reading.adopted)
        ruled = f"（{reading.ruled}已作解释）" if reading.ruled else ""
        text = f"{reading.question}采用：{reading.options[reading.adopted]}{ruled}。理由：{reading.because}"
        text += f"另一种读法：{others}。"
        yield teller.say("有争议的读法", f"readings.{reading.id}", text, reading.origin)


def _term_text(header: Header) -> str:
    """The time in force of a text."""
    until = header.valid_until
    return f"自{header.valid_from.isoformat()}{f'至{until.isoformat()}' if until else '起长期'}有效。"
