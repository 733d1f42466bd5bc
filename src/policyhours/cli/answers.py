"""Answers: results as they come, in the form that was asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyhours.cli.console import columns, say, say_data, wants_colour
from policyhours.cli.paper import hand_over, hand_over_data

if TYPE_CHECKING:
    from policyhours.desk.answer.evaluation import Evaluation
    from policyhours.desk.before.since import Since


class Answers:
    """The answers of a run: at once where they are printed, else all in one file.

    Attributes:
        count: how many there are.
    """

    def __init__(self, form: str, output: Path | None, lang: str) -> None:
        self.count = 0
        self._form, self._output, self._lang = form, output, lang
        self._lines: list[str] = []
        self._sheets: list[Evaluation] = []
        self._changes: list[Since | None] = []

    def add(self, found: Evaluation, changes: Since | None) -> None:
        """One more answer."""
        if self._form == "json":
            line = json.dumps(_data(found, changes, self._lang), ensure_ascii=False)
            if self._output is None:
                say_data(line)
            else:
                self._lines.append(line)
        elif self._form == "html":
            self._sheets.append(found)
            self._changes.append(changes)
        else:
            say(("\n" if self.count else "") + _text(found, changes, self._lang))
        self.count += 1

    def hand_over(self) -> None:
        """What goes into one file.

        Raises:
            Refused: where it can't be written.
        """
        if self._output is not None and self._lines:
            hand_over_data(self._lines, self._output, self._lang)
        if self._sheets:
            from policyhours.desk.html.answer import answers_html

            html = answers_html(self._sheets, self._lang, self._changes)
            hand_over(html, self._output, self._lang)


def _data(found: Evaluation, changes: Since | None, lang: str) -> dict[str, Any]:
    from policyhours.desk.answer.record import record

    data = record(found, lang)
    if changes is not None:
        from policyhours.desk.before.told import since_data

        data["changes"] = since_data(changes, found, lang)
    return data


def _text(found: Evaluation, changes: Since | None, lang: str) -> str:
    from policyhours.desk.answer.picture import picture

    text = picture(found, lang, width=columns(), colour=wants_colour())
    if changes is None:
        return text
    from policyhours.desk.before.told import since_lines
    from policyhours.desk.changes.comparison import laid_out

    lines = since_lines(changes, found, lang)
    return f"{text}\n\n{laid_out(lines, width=columns(), colour=wants_colour())}"
