"""The rules: a resolved policy as a page of articles, what differs from the upper text marked on it."""

from __future__ import annotations

from dataclasses import dataclass

from policyhours.desk.heading import caution, heading
from policyhours.desk.html.page import fill, page
from policyhours.desk.origins import mark, marks
from policyhours.desk.provisions import Provision, cited
from policyhours.desk.shown import Shown
from policyhours.desk.wording import articles
from policyhours.version import VERSION


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
    """

    number: str
    title: str
    said: str
    document: str
    mark: str
    before: str
    leeway: str
    open: bool

    @property
    def id(self) -> str:
        """Where it stands on the page, for links."""
        return f"p{self.number.replace('.', '-')}"

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
        program=f"policyhours {VERSION}",
    )


def chapters(shown: Shown) -> list[Chapter]:
    """The provisions by what they are about, numbered in the order of the regulation."""
    of: dict[str, list[Provision]] = {}
    for provision in shown.said:
        of.setdefault(provision.section, []).append(provision)
    words = marks(shown.policy)
    return [
        Chapter(
            str(first),
            title,
            tuple(_article(f"{first}.{second}", p, words, shown) for second, p in enumerate(those, 1)),
        )
        for first, (title, those) in enumerate(of.items(), 1)
    ]


def _article(number: str, provision: Provision, words: dict[str, str], shown: Shown) -> Article:
    replaced = shown.replaced.get(provision.key)
    told = mark(provision, words, replaced)
    return Article(
        number=number,
        title=provision.title,
        said=provision.text + cited(provision),
        document=provision.source.document,
        mark=told,
        before=replaced.text + cited(replaced) if replaced is not None and told else "",
        leeway=_leeway(provision),
        open=provision.leeway is not None and provision.leeway.open,
    )


def _leeway(provision: Provision) -> str:
    """What an industry may set; of what is open the provision itself says it."""
    leeway = provision.leeway
    if leeway is None or leeway.open or leeway.said in provision.text:
        return ""
    return f"{leeway.said}（{articles(leeway.origin.article)}）" if leeway.origin.article else leeway.said
