"""The paper of the deck: 16:9 slides with a real title, a footer, and text, table and chart on them.

Inches throughout. Titles stand in the layout's own title box, so outline view and screen readers find them; every
picture-like part has an alternative text; texts kept in Finnish are marked as Finnish.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from luotsi.gateways.documents.slides.fitting import INDENT, LINE_HEIGHT, POINTS_PER_INCH, Piece, lines_of
from luotsi.ui import colours

FONT = "Calibri"
WIDE, HIGH = 13.333, 7.5
LEFT, TOP, BOTTOM = 0.6, 1.55, 6.85  # of what stands between title and footer
FULL = WIDE - 2 * LEFT
TITLES = (28, 24, 20)  # points
_LIGHT = colours.palette("light")
_TITLE_SLIDE, _TITLE_ONLY = 0, 5  # layouts of the library's own blank presentation


@dataclass(frozen=True)
class Deck:
    """An open presentation with what stands in every footer."""

    file: Any
    footer: str
    locale: str

    def saved(self) -> bytes:
        made = BytesIO()
        self.file.save(made)
        return made.getvalue()


def opened(*, title: str, footer: str, locale: str) -> Deck:
    """An empty 16:9 deck."""
    file: Any = Presentation()
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    file.core_properties.title, file.core_properties.author = title, "Luotsi"
    file.core_properties.language = locale
    return Deck(file, footer, locale)


def front(deck: Deck, title: str, lines: Sequence[str]) -> Any:
    """The title slide: the programme's name and a few lines under it."""
    slide = deck.file.slides.add_slide(deck.file.slide_layouts[_TITLE_SLIDE])
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.35), Inches(HIGH))
    _fill(band, "brand")
    mark_as_decoration(band)
    _place(slide.shapes.title, LEFT + 0.4, 1.9, FULL - 0.4, 1.6)
    _say(slide.shapes.title.text_frame, [title], 40, "brand", deck.locale, bold=True)
    under = slide.placeholders[1]
    _place(under, LEFT + 0.4, 3.6, FULL - 0.4, 2.4)
    _say(under.text_frame, lines, 20, "muted", deck.locale)
    return slide


def page(deck: Deck, title: str, note: str = "", after_title: str = "") -> Any:
    """A slide with a title, a quiet note under it, and the footer with its number. Long titles get smaller type."""
    slide = deck.file.slides.add_slide(deck.file.slide_layouts[_TITLE_ONLY])
    _place(slide.shapes.title, LEFT, 0.35, FULL, 0.65)
    said, size = _fitting(title, after_title)
    _say(slide.shapes.title.text_frame, [said], size, "brand", deck.locale, bold=True)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    if note:
        _say(_box(slide, LEFT, 1.0, FULL, 0.4), [note], 14, "muted", deck.locale)
    line = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(LEFT), Inches(1.43), Inches(FULL), Inches(0.025))
    _fill(line, "line")
    mark_as_decoration(line)
    number = len(deck.file.slides)
    _say(_box(slide, LEFT, 7.0, FULL - 1, 0.35), [deck.footer], 11, "muted", deck.locale)
    corner = _box(slide, WIDE - LEFT - 1, 7.0, 1, 0.35)
    _say(corner, [str(number)], 11, "muted", deck.locale)
    corner.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return slide


def numbered(place: int, count: int) -> str:
    """What follows the title of a slide that is one of several: " (2/3)", so that each title is its own."""
    return f" ({place + 1}/{count})" if count > 1 else ""


def column(slide: Any, pieces: Sequence[Piece], *, left: float, width: float, body: float, locale: str) -> None:
    """Headings and bullets in one column of the slide."""
    frame = _box(slide, left, TOP, width, BOTTOM - TOP)
    for place, piece in enumerate(pieces):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = piece.text
        style(run, piece.size(body), "brand" if piece.level == 0 else "text", "fi-FI" if piece.is_source else locale)
        run.font.bold = piece.level == 0
        paragraph.space_before = Pt(piece.gap(body) if place else 0)
        paragraph.line_spacing = Pt(piece.size(body) * LINE_HEIGHT)
        if piece.level:
            _bullet(paragraph, piece)


def paragraph_under(slide: Any, lines: Sequence[str], *, top: float, size: float, colour: str, locale: str) -> None:
    """A few lines across the slide, as under a table."""
    _say(_box(slide, LEFT, top, FULL, BOTTOM - top), lines, size, colour, locale)


def words_at(
    slide: Any, words: str, *, left: float, top: float, width: float, size: float, colour: str, locale: str
) -> None:  # fmt: skip
    """A word or figure in bold in a place of its own."""
    _say(_box(slide, left, top, width, size / POINTS_PER_INCH * 1.4), [words], size, colour, locale, bold=True)


def style(run: Any, size: float, colour: str, locale: str) -> None:
    run.font.size, run.font.name = Pt(size), FONT
    run.font.color.rgb = paint(colour)
    run._r.get_or_add_rPr().set("lang", locale)


def paint(colour: str) -> RGBColor:
    return RGBColor.from_string(_LIGHT[colour].lstrip("#").upper())


def describe(shape: Any, words: str) -> None:
    """The alternative text of a chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def _fitting(title: str, after: str) -> tuple[str, float]:
    """The title in the largest type in which it stays on one line; at the smallest it loses its last words."""
    said = title
    for size in TITLES:
        if lines_of(said + after, size, FULL * POINTS_PER_INCH, bold=True) == 1:
            return said + after, size
    while " " in said and lines_of(f"{said}…{after}", TITLES[-1], FULL * POINTS_PER_INCH, bold=True) > 1:
        said = said.rsplit(" ", 1)[0].rstrip(" ,:-")
    return f"{said}…{after}", TITLES[-1]


def mark_as_decoration(shape: Any) -> None:
    """A line or band that says nothing: its name must not be read out."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", "")
    shape.name = ""


def _box(slide: Any, left: float, top: float, width: float, height: float) -> Any:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _say(frame: Any, lines: Sequence[str], size: float, colour: str, locale: str, *, bold: bool = False) -> None:
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        style(run, size, colour, locale)
        run.font.bold = bold


def _bullet(paragraph: Any, piece: Piece) -> None:
    settings = paragraph._p.get_or_add_pPr()
    settings.set("marL", str(Inches(piece.level * INDENT)))
    settings.set("indent", str(-Inches(INDENT)))
    mark = piece.mark or ("•" if piece.level == 1 else "–")
    settings.append(settings.makeelement(qn("a:buChar"), {"char": mark}))


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _fill(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = paint(colour)
    shape.line.fill.background()
    for theme in shape._element.xpath("p:style"):  # the theme would add a shadow
        shape._element.remove(theme)
