"""A form as a workbook, to be filled in by people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from policyhours.desk.form import layout as at
from policyhours.desk.form.guide import write_guide
from policyhours.desk.form.labels import Labels, labels_of
from policyhours.desk.form.model import Entry, Form, Part, Table
from policyhours.desk.form.paint import Page, Pages
from policyhours.desk.form.province import Opening, head_blanks, laid_out, openings_of
from policyhours.desk.form.sections import (
    HEAD_CHOICES,
    HEAD_HINTS,
    HEAD_TITLES,
    SECTIONS,
    Column,
    Section,
)
from policyhours.desk.form.trial_sheet import trial_columns
from policyhours.desk.place import put_whole
from policyhours.language.policy import Policy
from policyhours.language.unit import parse_unit, unit_title
from policyhours.text.aside import told
from policyhours.text.finding import Finding, Refused

_KEPT: Final = 4
"""The columns of the sheet 试算 that stay in sight: case, activity, kind, day."""

_LONGEST_NAME: Final = 31
_REFUSED: Final = re.compile(r"[\[\]:*?/\\'\n\r\t]")


def write_form(path: Path, form: Form, upper: Policy) -> None:
    """Write the workbook of a form, whole or not at all.

    Args:
        path: where it is put.
        form: a filing as a form.
        upper: the text that it implements.

    Raises:
        Refused: where it cannot be written, or a text is too long for a cell.
    """
    with told(path):  # the library puts sheets aside while it works
        data = workbook(form, upper)
    put_whole(data, path)


def workbook(form: Form, upper: Policy) -> bytes:
    """The workbook of a form.

    Args:
        form: a filing as a form.
        upper: the text that it implements.

    Raises:
        Refused: where a text is too long for a cell.
    """
    labels = labels_of(upper, form)
    pages = Pages()
    _Writer(pages, laid_out(form, upper, labels), upper, labels).write()
    return pages.data()


@dataclass(slots=True)
class _Writer:
    pages: Pages
    form: Form
    upper: Policy
    labels: Labels
    _tables: list[tuple[str, str, str, str, Table]] = field(default_factory=list)
    _rest: list[tuple[str, str, str]] = field(default_factory=list)

    def write(self) -> None:
        openings = openings_of(self.upper)
        guide = self.pages.page(at.GUIDE)
        head = self.pages.page(at.HEAD)
        sections = {key: self.pages.page(section.sheet) for key, section in SECTIONS.items()}
        self._head(head)
        for key, section in SECTIONS.items():
            self._section(sections[key], section, self.form.part(key), openings)
        for name, title, hint, unit, table in self._tables:
            self._table(self.pages.page(name), title, hint, unit, table)
        self._other(self.pages.page(at.REST))
        self._trial(self.pages.page(at.TRIAL))
        where = {title.partition("\n")[2]: name for name, title, *_ in self._tables}
        write_guide(guide, self.upper.header, openings, where)

    # ── the head ──

    def _head(self, page: Page) -> None:
        page.title("细则的基本情况")
        page.line("一行一项。写着“→ ”的，内容在那张工作表里。")
        page.heads(at.HEAD_COLUMNS)
        blanks = list(head_blanks(self.form))
        for number, part in enumerate(self.form.parts):
            section = part.key.text in SECTIONS
            if section or part.text is not None:
                self._head_rest(page, blanks)
                blanks = []
            self._head_part(page, part)
            mine = [key for key in blanks if key.startswith(f"{part.key.text}.")]
            for key in mine:
                self._head_row(page, key, "", ("", ""))
            blanks = [key for key in blanks if key not in mine]
            if number == len(self.form.parts) - 1:
                self._head_rest(page, blanks)
        page.row([at.AFTER, "", "", at.comment_cell(self.form.after), "", at.AFTER], fill=(4,), grey=(6,))
        page.widths((20, 46, 40, 44, 34, 20))

    def _head_rest(self, page: Page, blanks: Sequence[str]) -> None:
        for key in blanks:
            self._head_row(page, key, "", ("", ""))

    def _head_part(self, page: Page, part: Part) -> None:
        key = part.key.text
        comments = (at.comment_cell(part.note.before), at.comment_cell(_one(part.note.behind)))
        if part.text is not None:
            self._rest_row(key, "", part.text.text)
            self._head_row(page, key, f"{at.ARROW}{at.REST}", comments)
        elif key in SECTIONS:
            self._head_row(page, key, f"{at.ARROW}{SECTIONS[key].sheet}", comments)
        else:
            for number, entry in enumerate(part.entries):
                whole = f"{key}.{entry.key.text}" if entry.key.text else key
                self._head_row(page, whole, entry.get("").text, comments if not number else ("", ""))

    def _head_row(self, page: Page, key: str, value: str, comments: tuple[str, str]) -> None:
        link = value.removeprefix(at.ARROW) if value.startswith(at.ARROW) else None
        page.row(
            [HEAD_TITLES.get(key, key), value, HEAD_HINTS.get(key, ""), *comments, key],
            fill=(2, 4, 5),
            grey=(3, 6),
            lists={2: HEAD_CHOICES[key]} if key in HEAD_CHOICES else {},
            link=(2, link) if link is not None else None,
        )

    # ── sections ──

    def _section(
        self, page: Page, section: Section, part: Part | None, openings: Mapping[str, Opening]
    ) -> None:
        page.title(section.sheet)
        page.line(section.says)
        info = at.INFORMING if section.key == "sets" else ()
        heads = (section.named, *info, *(c.head for c in section.columns), at.BEFORE, at.BEHIND)
        page.heads(heads)
        self._lists(page, section, len(info) + 1)
        for entry in part.entries if part is not None else ():
            told_of = openings.get(entry.key.text)
            shown = _informing(told_of)
            cells, link = self._entry(section, entry, told_of)
            notes = (at.comment_cell(entry.note.before), at.comment_cell(_one(entry.note.behind)))
            page.row(
                [entry.key.text, *(shown if info else ()), *cells, *notes],
                fill={1, *range(len(info) + 2, len(heads) + 1)},
                grey=range(2, len(info) + 2),
                link=(len(info) + 2 + _place(section), link) if link is not None else None,
            )
        page.spare(len(heads))
        page.widths((28, *((28, 14, 28, 10) if info else ()), *(c.width for c in section.columns), 34, 24))

    def _entry(self, section: Section, entry: Entry, opening: Opening | None) -> tuple[list[str], str | None]:
        """What the cells of an entry show, and the sheet that one of them names."""
        cells = {key: cell.text for key, cell in entry.fields}
        link = None
        if entry.text is not None:
            link = at.REST
            self._rest_row(section.key, entry.key.text, entry.text.text)
        elif entry.table is not None:
            title = (opening.title if opening is not None else "") or cells.get("title") or entry.key.text
            link = _sheet_name(len(self._tables) + 1, title)
            hint = f"{opening.within}。{opening.hint}" if opening is not None else ""
            stated = cells.get("unit")
            unit = opening.unit if opening is not None else unit_title(parse_unit(stated)) if stated else ""
            self._tables.append((link, f"{title}\n{entry.key.text}", hint, unit, entry.table))
        if link is not None:
            cells[section.content] = f"{at.ARROW}{link}"
        return [cells.get(column.key, "") for column in section.columns], link

    def _lists(self, page: Page, section: Section, before: int) -> None:
        for number, column in enumerate(section.columns, before + 1):
            if column.choices:
                page.choose(number, column.choices, strict=_strict(column))

    # ── tables and the rest ──

    def _table(self, page: Page, title: str, hint: str, unit: str, table: Table) -> None:
        name, _, key = title.partition("\n")
        page.title(f"{name}（{key}）")
        page.line(hint or "每行一种情形；没有列出、又没有“其余情形”的，学时不能确定，不是零。")
        heads = (
            *(self.labels.title(by.text) for by in table.by),
            f"{at.RESULT}（{unit}）" if unit else at.RESULT,
        )
        page.heads(heads)
        for row in table.rows:
            keys = [
                self.labels.shown(by.text, cell.text) for by, cell in zip(table.by, row.keys, strict=False)
            ]
            gap = [""] * (len(table.by) - len(keys))
            page.row([*keys, *gap, row.value.text], fill=range(1, len(heads) + 1))
        otherwise = table.otherwise.text if table.otherwise is not None else ""
        gap = [""] * (len(table.by) - 1)
        page.row([at.OTHERWISE, *gap, otherwise], fill=range(1, len(heads) + 1))
        page.spare(len(heads))
        for number, by in enumerate(table.by, 1):
            if options := self.labels.options.get(by.text):
                shown = [self.labels.shown(by.text, option) for option in options]
                page.choose(number, (*shown, at.OTHERWISE), strict=False)
        page.widths((*(26 for _ in table.by), 44))

    def _rest_row(self, part: str, key: str, text: str) -> None:
        for chunk in _chunks(text):
            self._rest.append((part, key, chunk))

    def _other(self, page: Page) -> None:
        page.title("其他：工作表写不下的内容")
        page.line("规则原文，可以修改，原样保留；缩进用空格。“部分”和“标识”说明它属于哪里，不要改。")
        page.heads(at.REST_COLUMNS)
        for part, key, text in self._rest:
            page.row([part, key, text], fill=(3,), grey=(1, 2), mono=(3,))
        page.widths((18, 30, 110))

    def _trial(self, page: Page) -> None:
        page.title("试算：个案一行一项活动，同一个案写同一编号")
        page.line(
            "填好以后运行 policyhours form try 本文件：结果写在右边各列。缺少的事实，增加一列，表头写名称。"
        )
        columns = trial_columns(self.upper, self.form, self.labels)
        page.heads([column.head for column in columns])
        page.wide(_KEPT)
        for number, column in enumerate(columns, 1):
            if column.choices:
                page.choose(number, column.choices, strict=False)
        page.spare(len(columns), 30, grey=[n for n, column in enumerate(columns, 1) if column.result])
        page.widths([column.width for column in columns])


def _sheet_name(number: int, title: str) -> str:
    """A name that Excel takes for the sheet of a table, told apart by its number."""
    return _REFUSED.sub(" ", f"表{number} {title}")[:_LONGEST_NAME].strip()


def _informing(opening: Opening | None) -> tuple[str, ...]:
    """What the columns that only tell say of an entry."""
    if opening is None:
        return ("",) * len(at.INFORMING)
    return opening.title, opening.articles, opening.within, opening.unit


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _place(section: Section) -> int:
    return [column.key for column in section.columns].index(section.content)


def _strict(column: Column) -> bool:
    """Whether a column takes nothing but its choices; units may be any quotient."""
    return column.key != "unit"


def _chunks(text: str) -> Iterator[str]:
    """A text in pieces that cells hold, cut between lines.

    Raises:
        Refused: where one line is longer than a cell.
    """
    chunk = ""
    for line in text.split("\n"):
        if len(line) > at.LONGEST:
            raise Refused((Finding("DK317", None, {"found": line[:40], "limit": f"{at.LONGEST:,}"}),))
        if chunk and len(chunk) + len(line) >= at.LONGEST:
            yield chunk
            chunk = line
        else:
            chunk = f"{chunk}\n{line}" if chunk else line
    yield chunk
