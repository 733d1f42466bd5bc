"""The rules: a resolved policy as a page of articles, what differs from the upper text marked on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyhours.desk.html.page import fill, page
from policyhours.desk.sentences.contested import Otherwise, otherwise
from policyhours.desk.sentences.heading import caution, heading
from policyhours.desk.sentences.origins import mark, marks
from policyhours.desk.sentences.provision import Provision, cited
from policyhours.desk.sentences.shown import Shown
from policyhours.desk.wording import articles
from policyhours.version import VERSION


@dataclass(frozen=True, slots=True)
class Instead:
    """What would be said under another reading.

    Attributes:
        option: the other reading in words.
        links: the numbers to look at: at a provision that hangs on it the reading's, at a reading those of
            the provisions that hang on it; none where they are not on the page.
        said: what would be said: at a provision in its place, at a reading besides.
    """

    option: str
    links: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One provision as it stands on the page.

    Attributes:
        number: its number on the page, such as ``8.2``.
        said: what it says, with its clauses.
        document: the text in which it stands.
        mark: from where it comes, and what the upper text has there; empty where it is the main text's.
        before: what the upper text says instead; empty where it says nothing of it.
        leeway: what an industry may set here and by which clause, where the provision does not say so itself.
        open: nobody has set it yet.
        hangs: what it would say under other readings, where it hangs on a contested one.
        changes: what other readings would change, where it is a contested reading itself.
    """

    number: str
    title: str
    said: str
    document: str
    mark: str
    before: str
    leeway: str
    open: bool
    hangs: tuple[Instead, ...]
    changes: tuple[Instead, ...]

    @property
    def id(self) -> str:
        """Where it stands on the page, for links."""
        return anchor(self.number)

    @property
    def differs(self) -> bool:
        """Whether it is not the main text's."""
        return bool(self.mark)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is said of one matter, under its heading."""

    number: str
    title: str
    articles: tuple[Article, ...]

    @property
    def id(self) -> str:
        """Where it stands on the page, for links."""
        return f"c{self.number}"


def anchor(number: str) -> str:
    """Where the provision of a number stands on the page, for links."""
    return f"p{number.replace('.', '-')}"


def rules_html(shown: Shown) -> str:
    """The rules as a page of its own, in Chinese as the policies are."""
    return page(shown.policy.header.title, rules_body(shown), "zh", "rules")


def rules_body(shown: Shown) -> str:
    """The rules as markup, to stand in a page that has the style ``rules``."""
    found = chapters(shown)
    said = [article for chapter in found for article in chapter.articles]
    header = shown.policy.header
    return fill(
        "rules",
        header=header,
        heading=heading(shown.standing[shown.policy.ref]),
        caution=caution(header),
        legend=shown.legend(files=False),
        chapters=found,
        different=[article for article in said if article.differs],
        open=[article for article in said if article.open],
        texts=shown.policy.layers,
        anchor=anchor,
        program=f"policyhours {VERSION}",
    )


def chapters(shown: Shown) -> list[Chapter]:
    """The provisions by what they are about, numbered in the order of the regulation."""
    of: dict[str, list[Provision]] = {}
    for provision in shown.said:
        of.setdefault(provision.section, []).append(provision)
    numbered = [
        (str(first), title, [(f"{first}.{second}", p) for second, p in enumerate(those, 1)])
        for first, (title, those) in enumerate(of.items(), 1)
    ]
    others = otherwise(shown.policy, shown.upper)
    on_page = [pair for _, _, those in numbered for pair in those]
    return [
        Chapter(first, title, tuple(_article(number, p, shown, others, on_page) for number, p in those))
        for first, title, those in numbered
    ]


_Numbered = Sequence[tuple[str, Provision]]


def _article(
    number: str, provision: Provision, shown: Shown, others: Sequence[Otherwise], on_page: _Numbered
) -> Article:
    replaced = shown.replaced.get(provision.key)
    told = mark(provision, marks(shown.policy), replaced)
    return Article(
        number=number,
        title=provision.title,
        said=provision.text + cited(provision),
        document=provision.source.document,
        mark=told,
        before=replaced.text + cited(replaced) if replaced is not None and told else "",
        leeway=_leeway(provision),
        open=provision.leeway is not None and provision.leeway.open,
        hangs=tuple(_hangs(provision, others, on_page)),
        changes=tuple(_changes(provision, others, on_page)),
    )


def _hangs(provision: Provision, others: Sequence[Otherwise], on_page: _Numbered) -> Iterator[Instead]:
    """What a provision would say under other readings."""
    for other in others:
        if provision in other.gone:
            links = tuple(number for number, p in on_page if p.key == other.reading_key)
            yield Instead(other.said_as, links, tuple(p.text for p in other.come))


def _changes(provision: Provision, others: Sequence[Otherwise], on_page: _Numbered) -> Iterator[Instead]:
    """What would change, option by option, if a contested reading were read otherwise."""
    for option in dict.fromkeys(other.said_as for other in others if other.reading_key == provision.key):
        those = [o for o in others if o.reading_key == provision.key and o.said_as == option]
        gone = [p for other in those for p in other.gone]
        more = tuple(p.text for other in those if not other.gone for p in other.come)
        yield Instead(option, tuple(number for number, p in on_page if p in gone), more)


def _leeway(provision: Provision) -> str:
    """What an industry may set; of what is open the provision itself says it."""
    leeway = provision.leeway
    if leeway is None or leeway.open or leeway.said in provision.text:
        return ""
    return f"{leeway.said}（{articles(leeway.origin.article)}）" if leeway.origin.article else leeway.said
