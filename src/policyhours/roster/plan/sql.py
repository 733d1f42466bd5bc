"""The words in which the plan is written: SQL as a tree, so that any engine's dialect can be printed from it.

A truth is a piece of SQL, or ``True`` or ``False`` where compiling already settles it: what is settled is
left out of the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlglot import exp

Sql = exp.Expr
Truth = bool | Sql


def own(node: Sql) -> Sql:
    """The piece itself, or a copy where it already stands somewhere: a piece has one place in a tree."""
    return node.copy() if node.parent is not None else node


def column(name: str, table: str | None = None) -> Sql:
    """A column."""
    return exp.column(exp.to_identifier(name, quoted=True), table=table)


def whole(number: int) -> Sql:
    """A whole number."""
    literal: Sql = exp.Literal.number(str(abs(number)))
    return exp.Neg(this=literal) if number < 0 else literal


def text(words: str) -> Sql:
    """A text."""
    return exp.Literal.string(words)


def null() -> Sql:
    """What is not known."""
    return exp.Null()


def big(node: Sql) -> Sql:
    """As a 64-bit whole number."""
    return _cast(node, "BIGINT")


def as_text(node: Sql) -> Sql:
    """As a text."""
    return _cast(node, "TEXT")


def day(day: date) -> Sql:
    """A day."""
    return _cast(text(day.isoformat()), "DATE")


def _cast(node: Sql, type_: str) -> Sql:
    return exp.Cast(this=own(node), to=exp.DataType(this=exp.DataType.Type[type_]))


def plus(a: Sql, b: Sql) -> Sql:
    """A sum."""
    return exp.Paren(this=exp.Add(this=own(a), expression=own(b)))


def minus(a: Sql, b: Sql) -> Sql:
    """A difference."""
    return exp.Paren(this=exp.Sub(this=own(a), expression=own(b)))


def times(a: Sql, factor: int) -> Sql:
    """A multiple; once is the thing itself."""
    return own(a) if factor == 1 else exp.Paren(this=exp.Mul(this=own(a), expression=whole(factor)))


def product(a: Sql, b: Sql) -> Sql:
    """A product."""
    return exp.Paren(this=exp.Mul(this=own(a), expression=own(b)))


def divided(a: Sql, divisor: int) -> Sql:
    """The whole part of a quotient; both must not be negative, since engines differ there."""
    return big(exp.IntDiv(this=own(a), expression=whole(divisor)))


def least(*nodes: Sql) -> Sql:
    """The least of several; what is not known is passed over."""
    return exp.Least(this=own(nodes[0]), expressions=[own(n) for n in nodes[1:]], ignore_nulls=True)


def greatest(*nodes: Sql) -> Sql:
    """The greatest of several; what is not known is passed over."""
    return exp.Greatest(this=own(nodes[0]), expressions=[own(n) for n in nodes[1:]], ignore_nulls=True)


def coalesce(node: Sql, otherwise: Sql) -> Sql:
    """The first, or the second where the first is not known."""
    return exp.Coalesce(this=own(node), expressions=[own(otherwise)])


# ── truths ──


def compare(a: Sql, sign: type[exp.Binary], b: Sql) -> Sql:
    """A comparison; not known where one side is not."""
    return sign(this=own(a), expression=own(b))


def is_null(node: Sql) -> Sql:
    """Whether something is not known."""
    return exp.Is(this=own(node), expression=exp.Null())


def is_known(node: Sql) -> Sql:
    """Whether something is known."""
    return exp.Not(this=exp.Paren(this=is_null(node)))


def is_true(node: Sql) -> Sql:
    """Whether something holds; what is not known does not."""
    return exp.Paren(this=exp.Is(this=own(node), expression=exp.Boolean(this=True)))


def may_be_null(node: Sql) -> Truth:
    """Whether something is not known; settled where it always is."""
    return False if _surely(node) else is_null(node)


def _surely(node: Sql) -> bool:
    """Whether something is always known, as far as its form tells."""
    match node:
        case exp.Literal():
            return True
        case exp.Least() | exp.Greatest():
            return any(_surely(one) for one in (node.this, *node.expressions))
        case exp.Case():
            return all(_surely(one.args["true"]) for one in node.args["ifs"]) and _surely(
                node.args["default"]
            )
        case _:
            return False


def is_exactly(node: Sql, words: str) -> Sql:
    """Whether something is a text; what is not known is not."""
    return exp.NullSafeEQ(this=own(node), expression=text(words))


def one_of(node: Sql, options: Sequence[Sql]) -> Sql:
    """Whether something is one of the options."""
    if len(options) == 1:
        return compare(node, exp.EQ, options[0])
    return exp.In(this=own(node), expressions=[own(option) for option in options])


def all_of(truths: Iterable[Truth]) -> Truth:
    """Whether all hold."""
    kept: list[Sql] = []
    for truth in truths:
        if truth is False:
            return False
        if not isinstance(truth, bool):
            kept.append(truth)
    return _joined(exp.And, kept) if kept else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether one holds."""
    kept: list[Sql] = []
    for truth in truths:
        if truth is True:
            return True
        if not isinstance(truth, bool):
            kept.append(truth)
    return _joined(exp.Or, kept) if kept else False


def not_(truth: Truth) -> Truth:
    """Whether it does not hold; not known stays not known."""
    return not truth if isinstance(truth, bool) else exp.Not(this=exp.Paren(this=own(truth)))


def as_sql(truth: Truth) -> Sql:
    """The truth as a piece of SQL."""
    return exp.Boolean(this=truth) if isinstance(truth, bool) else truth


def case(branches: Iterable[tuple[Truth, Sql]], otherwise: Sql) -> Sql:
    """The first branch that holds, else the last word; branches that compiling settles are folded."""
    ifs: list[Sql] = []
    for truth, worth in branches:
        if truth is True:
            otherwise = worth
            break
        if truth is not False:
            ifs.append(exp.If(this=own(truth), true=own(worth)))
    return exp.Case(ifs=ifs, default=own(otherwise)) if ifs else own(otherwise)


def number_among(node: Sql, names: Sequence[str]) -> Sql:
    """The place of a text among names, from 1; 0 where it is none of them."""
    listed = exp.Array(expressions=[text(name) for name in names])
    place = exp.ArrayPosition(this=listed, expression=own(node))
    return exp.Coalesce(this=place, expressions=[whole(0)])


def _joined(word: type[exp.Connector], truths: Sequence[Sql]) -> Sql:
    joined = own(truths[0])
    for truth in truths[1:]:
        joined = word(this=joined, expression=own(truth))
    return exp.Paren(this=joined) if len(truths) > 1 else joined


def columns_in(truth: Truth) -> list[str]:
    """The columns that a truth speaks of, each once."""
    if isinstance(truth, bool):
        return []
    return list(dict.fromkeys(found.name for found in truth.find_all(exp.Column)))


# ── queries ──


def named(node: Sql, name: str) -> Sql:
    """A column of a result."""
    return exp.Alias(this=own(node), alias=exp.to_identifier(name, quoted=True))


def table(name: str, short: str) -> Sql:
    """A table, or an earlier part of the plan, under a short name."""
    alias = exp.TableAlias(this=exp.to_identifier(short))
    return exp.Table(this=exp.to_identifier(name), alias=alias)


def select(
    columns: Iterable[Sql], source: str | Sql, *, where: Truth = True, by: Sequence[Sql] = ()
) -> exp.Select:
    """A query over a table, an earlier part of the plan, or another query.

    Args:
        columns: of the result.
        source: where the rows come from.
        where: which of them are meant.
        by: what the rows are grouped by.
    """
    if isinstance(source, str):
        source = exp.Table(this=exp.to_identifier(source))
    elif isinstance(source, exp.Select):
        source = source.subquery("inner_rows", copy=False)
    query = exp.Select(expressions=[own(node) for node in columns], from_=exp.From(this=own(source)))
    if where is not True:
        query.where(own(as_sql(where)), copy=False)
    return query.group_by(*(own(node) for node in by), copy=False) if by else query


def joined(query: exp.Select, other: Sql, on: Sql, *, kept: bool = True) -> exp.Select:
    """The query with what another table says beside each row.

    Args:
        query: to which the table is joined; it is changed.
        other: the table.
        on: when two rows belong together.
        kept: whether rows stay of which the other table says nothing.
    """
    return query.join(other, on=on, join_type="left" if kept else "inner", copy=False)


# ── masks: a set of causes as the bits of a number ──


def either(*masks: Sql) -> Sql:
    """The causes of all the masks together."""
    joined = own(masks[0])
    for mask in masks[1:]:
        joined = exp.BitwiseOr(this=joined, expression=own(mask))
    return exp.Paren(this=joined) if len(masks) > 1 else joined


def bit_if(truth: Truth, bit: int) -> Sql:
    """The bit where something holds; cheaper than a choice, and the truth must never be unknown."""
    if isinstance(truth, bool):
        return whole(bit if truth else 0)
    return exp.Mul(this=_as_number(truth), expression=whole(bit))


def only_if(node: Sql, truth: Truth) -> Sql:
    """A number where something holds, else 0; the truth must never be unknown."""
    if isinstance(truth, bool):
        return own(node) if truth else whole(0)
    return exp.Paren(this=exp.Mul(this=own(node), expression=_as_number(truth)))


def _as_number(truth: Sql) -> Sql:
    # By way of INT: not every engine turns a truth into a 64-bit number at once.
    return big(_cast(truth, "INT"))


def has(mask: Sql, bits: int) -> Sql:
    """Whether a mask has one of the bits."""
    common = exp.Paren(this=exp.BitwiseAnd(this=own(mask), expression=whole(bits)))
    return exp.NEQ(this=common, expression=whole(0))


def lacks(mask: Sql, bits: int) -> Sql:
    """Whether a mask has none of the bits."""
    common = exp.Paren(this=exp.BitwiseAnd(this=own(mask), expression=whole(bits)))
    return exp.EQ(this=common, expression=whole(0))


# ── sums ──


def summed(node: Sql, where: Truth = True) -> Sql:
    """The sum over the rows where something holds; 0 over none."""
    return big(coalesce(_filtered(exp.Sum(this=own(node)), where), whole(0)))


def any_row(truth: Truth) -> Sql:
    """Whether something holds in some row of a group."""
    if isinstance(truth, bool):
        return as_sql(truth)
    return coalesce(exp.LogicalOr(this=own(truth)), as_sql(False))


def united(mask: Sql, where: Truth = True) -> Sql:
    """The bits of all rows where something holds."""
    return coalesce(_filtered(exp.BitwiseOrAgg(this=own(mask)), where), whole(0))


def _filtered(aggregate: Sql, where: Truth) -> Sql:
    if where is True:
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=own(as_sql(where))))


def total(nodes: Sequence[Sql]) -> Sql:
    """Several numbers together; 0 where there are none."""
    if not nodes:
        return whole(0)
    together = own(nodes[0])
    for node in nodes[1:]:
        together = exp.Add(this=together, expression=own(node))
    return exp.Paren(this=together) if len(nodes) > 1 else together
