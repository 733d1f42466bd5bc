"""The library: the policies in some folders, how one is found and resolved.

`files` says where policies stand, `versions` which one is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policyhours.language.files import check_says, file_of, read_policy_file, refs_in, refs_of
from policyhours.language.header import Header, read_header
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.versions import Versions, order, versions_of
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint, nearest
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Scalar

if TYPE_CHECKING:
    from policyhours.language.policy import Policy


@dataclass(slots=True)
class Library:
    """The policies in some folders, each read and resolved at most once."""

    folders: Sequence[Path]
    _trees: dict[str, Mapping] = field(default_factory=dict)
    _headers: dict[str, Header] = field(default_factory=dict)
    _versions: dict[str, Versions] = field(default_factory=dict)
    _policies: dict[str, Policy] = field(default_factory=dict)
    _refused: dict[str, Refused] = field(default_factory=dict)
    _refs: list[str] = field(default_factory=list)
    _by_id: dict[str, list[str]] = field(default_factory=dict)

    def refs(self) -> list[str]:
        """Every ``id@version`` that there is, by id, then version; looked for once."""
        if not self._refs:
            self._refs += sorted({ref for folder in self.folders for ref in refs_in(folder)}, key=order)
        return self._refs

    def take(self, tree: Mapping, path: Path) -> None:
        """Take over a policy that has been read and whose structure is sound, so that it is read once only.

        What does not stand in these folders under its own id and version is left where it is.
        """
        parts = (tree.get(key) for key in ("policy", "version"))
        says = "@".join(node.raw for node in parts if isinstance(node, Scalar))
        for ref in refs_of(path, self.folders):
            if says == ref and self.path(ref) == path.resolve():
                self._trees.setdefault(ref, tree)

    def policy(self, ref: Reference, day: date | None = None, place: Place | None = None) -> Policy:
        """The policy, resolved over the text that it implements.

        Args:
            ref: which; without a version the one in force on `day`.
            day: needed where `ref` has no version.
            place: where the reference was written, for a finding.

        Raises:
            Refused: where there is none, where it is faulty, or where two versions are in force on `day`.
        """
        if ref.version is not None:
            return self._resolved(str(ref), place, ())
        versions = self.versions(ref.id, place)
        policy = self.in_force(versions, ref.id, day, place) if day is not None else None
        if policy is None:
            raise Refused((versions.none_in_force(ref.id, day, place),))
        return policy

    def in_force(self, versions: Versions, name: str, day: date, place: Place | None = None) -> Policy | None:
        """The version of a policy that is in force on a day, with every text above it, if there is one.

        Raises:
            Refused: where two are, or where it is faulty.
        """
        found = versions.on(name, day)
        policy = self._resolved(found.ref, place, ()) if found is not None else None
        return policy if policy is not None and policy.in_force(day) else None

    def versions(self, name: str, place: Place | None = None) -> Versions:
        """Every version of a policy, and of the texts that they implement.

        Args:
            name: the policy's id.
            place: where it was written, for a finding.

        Raises:
            Refused: where there is no policy of that id, where a version of it cannot be read, or where what
                one says it supersedes is faulty.
        """
        if name in self._versions:
            return self._versions[name]
        own = self._headers_of(name, place)
        if not own:
            raise Refused((self._missing(name, place),))
        uppers = dict.fromkeys(h.implements.partition("@")[0] for h in own if h.implements is not None)
        above = [h for upper in uppers if upper != name for h in self._headers_of(upper, place)]
        versions = versions_of((*own, *above))
        if faults := [fault for header in versions.headers for fault in versions.faults(header)]:
            raise Refused(tuple(faults))
        self._versions[name] = versions
        return versions

    def line(self, ref: str) -> Versions:
        """A version with those that it supersedes, directly or through others; whatever else there is.

        Raises:
            Refused: where one of them is missing or cannot be read.
        """
        headers = [self.header(ref)]
        while (older := headers[-1].supersedes) is not None and older not in {h.ref for h in headers}:
            headers.append(self.header(older, headers[-1].place_of("supersedes")))
        return versions_of(headers)

    def every_version(self) -> tuple[Versions, list[Finding]]:
        """Every policy that there is, and what is wrong with those that cannot be read."""
        headers: list[Header] = []
        faults: list[Finding] = []
        for ref in self.refs():
            try:
                headers.append(self.header(ref))
            except Refused as refused:
                faults += refused.findings
        return versions_of(headers), faults

    def faults(self) -> list[Finding]:
        """What is wrong between policies that are sound by themselves.

        That is: what they say they supersede, two versions of one in force on one day, two filings for one
        industry on one day. What cannot be read is left out; reading it tells why.
        """
        versions, _ = self.every_version()
        wrong = [fault for header in versions.headers for fault in versions.faults(header)]
        return [*wrong, *versions.ties(), *versions.rivals()]

    def filing_for(self, upper: str, industry: str, day: date) -> Policy | None:
        """The filing under an upper text that is for an industry on a day; see `Versions.filing_for`.

        Raises:
            Refused: where two are, where one is faulty, or where some policy cannot be read: it might be the
                one that is asked for.
        """
        versions, unread = self.every_version()
        if unread:
            raise Refused(tuple(unread))
        found = versions.filing_for(upper, industry, day)
        return None if found is None else self._resolved(found.ref, found.place, ())

    def over(self, ref: str, upper: str) -> Policy:
        """A filing as it would be over another version of its upper text.

        Args:
            ref: the filing, ``id@version``.
            upper: the version to lay it over, ``id@version``.

        Raises:
            Refused: where it does not conform to that version, or one of the two is faulty.
        """
        tree = self._tree(ref, None)
        return self._resolve(tree, self.header(ref), (), upper)

    def path(self, ref: str) -> Path | None:
        """The file in which the policy ``id@version`` stands."""
        return file_of(ref, self.folders)

    def header(self, ref: str, place: Place | None = None) -> Header:
        """What the policy file says of itself, not yet resolved.

        Raises:
            Refused: where there is none, or where its structure is faulty.
        """
        if ref not in self._headers:
            self._headers[ref] = read_header(self._tree(ref, place))
        return self._headers[ref]

    def resolve_file(self, tree: Mapping, path: Path | None) -> Policy:
        """The policy that a file says, its structure checked, whether or not it stands in the library.

        Raises:
            Refused: where it is faulty, or stands in the library under another id or version.
        """
        if path is not None:
            for ref in refs_of(path, self.folders):
                check_says(tree, ref, path.name)
                if self._trees.get(ref) is tree:
                    return self._resolved(ref, None, ())
        return self._resolve(tree, read_header(tree), ())

    def _tree(self, ref: str, place: Place | None) -> Mapping:
        if ref not in self._trees:
            path = self.path(ref)
            if path is None:
                raise Refused((self._missing(ref, place),))
            self._trees[ref] = read_policy_file(path, ref)
        return self._trees[ref]

    def _resolved(self, ref: str, place: Place | None, above: tuple[str, ...]) -> Policy:
        if ref in above:
            circle = " → ".join([*above[above.index(ref) :], ref])
            raise Refused((Finding("PH324", place, {"circle": circle}),))
        if ref in self._refused:
            raise self._refused[ref]
        if ref not in self._policies:
            tree = self._tree(ref, place)
            try:
                self._policies[ref] = self._resolve(tree, self.header(ref), above)
            except Refused as refused:
                if all(
                    finding.code != "PH324" for finding in refused.findings
                ):  # a circle is told from where it is entered
                    self._refused[ref] = refused
                raise
        return self._policies[ref]

    def _resolve(
        self, tree: Mapping, header: Header, above: tuple[str, ...], over: str | None = None
    ) -> Policy:
        """The policy that a tree says, over the text that it implements, or over the version `over`."""
        # whoever only lists policies resolves none, and waits for none of this
        from policyhours.language.citations import check_citations
        from policyhours.language.layers import lay
        from policyhours.language.policy import Policy, read_readings

        if faults := [*check_citations(tree), *self._supersedes_faults(header)]:
            raise Refused(tuple(faults))
        if header.implements is None:
            policy = Policy((header,), tree, read_readings(tree, header.ref))
            policy.rules()
            return policy
        node = tree.get("implements")
        assert isinstance(node, Scalar)

        def text_of(named: Scalar) -> Policy:
            ref = str(parse_reference(named.raw, named.place))
            return self._resolved(ref, named.place, (*above, header.ref))

        upper_ref = over or str(parse_reference(header.implements, node.place))
        upper = self._resolved(upper_ref, node.place, (*above, header.ref))
        if upper.header.implements is not None:
            raise Refused((Finding("PH507", node.place, {"found": upper.ref}),))
        if over is not None:
            # it began under an older version: that it is older than this one is no fault of it
            header = replace(header, valid_from=max(header.valid_from, upper.header.valid_from))
        return lay(tree, header, upper, text_of)

    def _supersedes_faults(self, header: Header) -> list[Finding]:
        """What is wrong with what a version says it supersedes."""
        if header.supersedes is None:
            return []
        others = [h for h in self._headers_of(header.id, None) if h.ref != header.ref]
        return versions_of([header, *others]).faults(header)

    def _headers_of(self, name: str, place: Place | None) -> list[Header]:
        if not self._by_id:
            for ref in self.refs():
                self._by_id.setdefault(ref.partition("@")[0], []).append(ref)
        return [self.header(ref, place) for ref in self._by_id.get(name, ())]

    def _missing(self, ref: str, place: Place | None) -> Finding:
        known = self.refs()
        if not known:
            where = "、".join(str(folder) for folder in self.folders) or "—"
            return Finding("PH325", place, {"found": ref, "folders": where})
        name = ref.partition("@")[0]
        ids = dict.fromkeys(r.partition("@")[0] for r in known)
        near = [name] if name in ids else nearest(name, ids)
        there = [r for r in known if r.partition("@")[0] in near] or known
        return Finding("PH322", place, {"found": ref, **hint("", there)})
