"""The look of the monthly report in Word: page, footer, styles, tables. Calm, on the design system's colours."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from luotsi.ui import colours

FONT = "Calibri"
SOURCE_BULLETS = ("Source Bullet", "Source Bullet 2", "Source Bullet 3")  # by depth; texts kept in Finnish
_LIGHT = colours.palette("light")


def page(doc: Any) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    foot = section.footer.paragraphs[0]
    foot.style = "Footer"
    foot.add_run(
        "{{ short }} · {{ t.monthly_report }} {{ month }}{% if label %} · {{ label }}{% endif %} · {{ t.page }} "
    )
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def wide(doc: Any) -> None:
    """From here on, landscape: the money table has ten columns of figures."""
    section = doc.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)


def tall(doc: Any) -> None:
    section = doc.add_section()
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)


def styles(doc: Any) -> None:
    every = doc.styles
    for name, size, colour, before, after in (
        ("Normal", 10.5, "text", 0, 4), ("Title", 24, "brand", 0, 2), ("Subtitle", 14, "muted", 0, 12),
        ("Heading 1", 17, "brand", 20, 6), ("Heading 2", 13, "brand", 16, 2), ("Heading 3", 10.5, "text", 8, 2),
        ("List Bullet", 10.5, "text", 0, 2), ("List Bullet 2", 10.5, "text", 0, 2),
        ("List Bullet 3", 10.5, "text", 0, 2), ("Footer", 8.5, "muted", 0, 0),
    ):  # fmt: skip
        _style(every[name], size, colour, before, after)
    for name, base, size, colour, before, after in (
        ("Muted", "Normal", 9.5, "muted", 0, 4), ("Source Text", "Normal", 9.5, "muted", 2, 2),
        ("Marked", "Normal", 9.5, "danger", 4, 2), ("Table Text", "Normal", 9, "text", 1.5, 1.5),
        ("Table Figure", "Normal", 8.5, "text", 1.5, 1.5), ("Source Bullet", "List Bullet", 10.5, "text", 0, 2),
        ("Source Bullet 2", "List Bullet 2", 10.5, "text", 0, 2),
        ("Source Bullet 3", "List Bullet 3", 10.5, "text", 0, 2),
    ):  # fmt: skip
        made = every.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = every[base]
        _style(made, size, colour, before, after)
    every["Table Figure"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for name in ("Source Text", *SOURCE_BULLETS):
        _speak(every[name], "fi-FI")


def _style(style: Any, size: float, colour: str, before: float, after: float) -> None:
    style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
    style.font.color.rgb = RGBColor.from_string(_LIGHT[colour].lstrip("#").upper())
    style.font.bold = style.name.startswith(("Heading", "Title"))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith(("Theme", "cstheme"))]:
        del fonts.attrib[theme]  # the theme's font would win over ours
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for border in style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _speak(style: Any, language: str) -> None:
    """The language a screen reader speaks the style in."""
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(said)


def ruled(doc: Any, columns: int) -> Any:
    """An empty table with thin lines between rows and none between columns."""
    table = doc.add_table(rows=0, cols=columns)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LIGHT["line"].lstrip("#"))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    # the format has a fixed order: borders stand after the table's width, before everything else
    table._tbl.tblPr.find(qn("w:tblW")).addnext(borders)
    return table


def row(table: Any) -> Any:
    """A new row that stays on one page."""
    made = table.add_row()
    made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return made


def set_widths(table: Any, widths: tuple[int, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
