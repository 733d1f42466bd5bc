"""The sheet: A4 in landscape with its border, and texts put on it that fit where they are put."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final, Literal

from policyhours.desk.certificate.fonts import Faces
from policyhours.desk.extra import needed
from policyhours.text.finding import Finding, Refused

Colour = tuple[int, int, int]
Align = Literal["L", "C", "R"]

RED: Final[Colour] = (146, 26, 29)
GOLD: Final[Colour] = (190, 151, 78)
INK: Final[Colour] = (34, 34, 34)
GREY: Final[Colour] = (110, 110, 110)
WASH: Final[Colour] = (250, 245, 234)
WHITE: Final[Colour] = (255, 255, 255)

WIDTH: Final = 297.0
HEIGHT: Final = 210.0
"""Of the sheet, in mm; every length and place here is in mm from its left upper corner."""

_LEAST: Final = 5.0  # points; smaller can't be read
_LEADING: Final = 0.48  # mm from line to line, per point


class Sheet:
    """One sheet.

    Args:
        day: the day that stands in the file as that of its making.
        author: who issues it.
        keywords: what stands in the properties of the file under that name.
    """

    def __init__(self, title: str, author: str, keywords: str, day: date, faces: Faces) -> None:
        with needed("DK201"):
            from fpdf import FPDF
            from fpdf.enums import WrapMode
            from fpdf.fonts import TTFFont
        self._wrap, self._font = WrapMode.CHAR, TTFFont
        self._pdf = pdf = FPDF(orientation="landscape", format="A4")
        pdf.set_creation_date(datetime(day.year, day.month, day.day, tzinfo=UTC))
        pdf.set_lang("zh-CN")
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.set_keywords(keywords)
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        for style, face in (("", faces.text), ("B", faces.heading)):
            pdf.add_font("text", style, face.path, collection_font_number=face.number)
        pdf.add_page()
        self._frame()

    def data(self) -> bytes:
        """The PDF; the same content gives the same bytes."""
        data = bytes(self._pdf.output())
        for font in self._pdf.fonts.values():
            if isinstance(font, self._font):
                font.close()  # its file is open until then
        return data

    def line(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        size: float,
        colour: Colour,
        align: Align = "C",
        *,
        bold: bool = False,
        spacing: float = 0,
    ) -> None:
        """A text on one line, made smaller until it fits; `y` is its upper edge, `size` in points.

        Raises:
            Refused: where it would have to be too small to be read.
        """
        pdf, style = self._pdf, "B" if bold else ""
        pdf.set_text_color(*colour)
        pdf.set_char_spacing(spacing)
        pdf.set_font("text", style, size)
        while (wide := pdf.get_string_width(text) > width) and size > _LEAST:
            size -= 0.5
            pdf.set_font("text", style, size)
        if wide:
            raise Refused((Finding("DK245", None),))
        pdf.set_xy(x, y)
        pdf.cell(width, 0.42 * size, text, align=align)
        pdf.set_char_spacing(0)

    def height(self, text: str, width: float, size: float) -> float:
        """The height that a text takes in a column of this width."""
        self._pdf.set_font("text", size=size)
        found = self._pdf.multi_cell(
            width, _LEADING * size, text, align="L", wrapmode=self._wrap, dry_run=True, output="LINES"
        )
        assert isinstance(found, list)
        return len(found) * _LEADING * size

    def block(
        self, text: str, x: float, y: float, width: float, size: float, colour: Colour, align: Align = "L"
    ) -> None:
        """A text in a column, in as many lines as it needs."""
        pdf = self._pdf
        pdf.set_text_color(*colour)
        pdf.set_font("text", size=size)
        pdf.set_xy(x, y)
        pdf.multi_cell(width, _LEADING * size, text, align=align, wrapmode=self._wrap)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled field."""
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(x, y, width, height, style="F")

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, pen: float) -> None:
        """A frame, drawn with a pen of this width."""
        self._draw(colour, pen)
        self._pdf.rect(x, y, width, height)

    def rule(self, x: float, y: float, to: float, colour: Colour, pen: float) -> None:
        """A level line from `x` to `to`."""
        self._draw(colour, pen)
        self._pdf.line(x, y, to, y)

    def ring(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A dashed circle around a place, where something is to be stamped."""
        self._draw(colour, 0.2)
        self._pdf.set_dash_pattern(dash=1.2, gap=1.2)
        self._pdf.ellipse(x - radius, y - radius, 2 * radius, 2 * radius)
        self._pdf.set_dash_pattern()

    def _draw(self, colour: Colour, pen: float) -> None:
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(pen)

    def _frame(self) -> None:
        """The border: red, gold, and a square in every corner."""
        self.fill(0, 0, WIDTH, HEIGHT, WASH)
        self.fill(16, 16, WIDTH - 32, HEIGHT - 32, WHITE)
        for inset, pen, colour in ((10, 1.6, RED), (13, 0.35, GOLD), (16, 0.35, GOLD)):
            self.box(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, colour, pen)
        for x in (19, WIDTH - 28):
            for y in (19, HEIGHT - 28):
                self.box(x, y, 9, 9, GOLD, 0.35)
                self.box(x + 2, y + 2, 5, 5, GOLD, 0.35)
