"""A sheet of paper as PDF: headings, paragraphs, boxes to tick, lines to write on, over as many pages as it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos

import luotsi.ui

_FONTS = Path(luotsi.ui.__file__).parent / "fonts"
_MARGIN_MM, _LINE_MM = 20, 6.0
_LONGEST_WORD = 60  # longer ones are broken, so that none runs off the paper


@dataclass(frozen=True)
class Block:
    """One piece of the sheet. `title` stands once; `box` is an answer to tick, `line` a line to write on."""

    kind: Literal["title", "heading", "label", "text", "small", "box", "line"]
    words: str = ""


def as_pdf(blocks: Iterable[Block], *, language: str, title: str, made_at: datetime) -> bytes:
    """A4, with the page's number at the foot. The document says its title and language to a screen reader."""
    paper = _Paper(format="A4")
    paper.set_title(title)
    paper.set_lang(language)
    paper.set_creation_date(made_at)
    for name, style in (("Regular", ""), ("Bold", "B")):
        paper.add_font("Source", style, _FONTS / f"SourceSans3-{name}.ttf")
    paper.set_margin(_MARGIN_MM)
    paper.set_auto_page_break(True, margin=_MARGIN_MM)
    paper.add_page()
    for block in blocks:
        _draw(paper, block)
    return bytes(paper.output())


class _Paper(FPDF):
    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Source", "", 9)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")


# Size in points, style, and the air above in millimetres.
_LOOKS = {
    "title": (20, "B", 0),
    "heading": (14, "B", 5),
    "label": (11, "B", 3),
    "text": (11, "", 1),
    "small": (9.5, "", 1),
}


def _draw(paper: FPDF, block: Block) -> None:
    if block.kind == "line":
        _line(paper)
        return
    size, style, above = _LOOKS.get(block.kind, (11, "", 0.5))
    paper.set_font("Source", style, size)
    paper.ln(above)
    if block.kind in {"label", "heading"} and paper.will_page_break(3 * _LINE_MM):
        paper.add_page()  # a question does not stand apart from its answers
    words = _unbroken(block.words)
    if block.kind == "box":
        paper.rect(paper.l_margin + 1, paper.get_y() + 1.2, 3.6, 3.6)
        paper.set_x(paper.l_margin + 8)
    height = size * 0.5 if block.kind != "text" else _LINE_MM
    paper.multi_cell(0, height, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _line(paper: FPDF) -> None:
    if paper.will_page_break(9):
        paper.add_page()
    paper.ln(9)
    paper.line(paper.l_margin, paper.get_y(), paper.w - paper.r_margin, paper.get_y())


def _unbroken(words: str) -> str:
    """What the font cannot draw is drawn as a question mark by nobody: control signs go, long words are broken."""
    kept = "".join(sign for sign in words if sign == "\n" or sign.isprintable())
    pieces = (
        " ".join(word[at : at + _LONGEST_WORD] for at in range(0, max(1, len(word)), _LONGEST_WORD))
        for word in kept.split(" ")
    )
    return " ".join(pieces)
