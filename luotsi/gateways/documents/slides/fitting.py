"""How much room a text takes, measured with the design system's own type: slides never overflow, they continue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

from luotsi.ui.charts import FONTS

POINTS_PER_INCH = 72
LINE_HEIGHT = 1.22  # of the type size
_MEASURED_AT = 100  # points: measured once, scaled to any size
INDENT = 0.2  # inches for each depth, bullet included


@dataclass(frozen=True)
class Piece:
    """A line of a slide. `level` 0 is a heading, 1–3 a bullet of that depth; `mark` stands in the bullet's place."""

    level: int
    text: str
    mark: str = ""
    is_source: bool = False  # in the source's Finnish, whatever the deck's language

    def size(self, body: float) -> float:
        return body + 1 if self.level == 0 else body - (self.level - 1) * 0.5

    def gap(self, body: float) -> float:
        """Empty room above, in points."""
        return body * 0.75 if self.level == 0 else body * 0.2

    def height(self, body: float, width: float) -> float:
        """In points, in a column `width` inches wide, with the room above."""
        room = (width - self.level * INDENT) * POINTS_PER_INCH
        lines = lines_of(self.text, self.size(body), room, bold=self.level == 0)
        return lines * self.size(body) * LINE_HEIGHT + self.gap(body)


def columns_of(pieces: Sequence[Piece], *, body: float, width: float, height: float) -> list[list[Piece]]:
    """The pieces poured into columns of that size (inches). A heading never stands alone at a column's foot."""
    columns: list[list[Piece]] = [[]]
    used = 0.0
    for place, piece in enumerate(pieces):
        needs = piece.height(body, width)
        after = pieces[place + 1].height(body, width) if piece.level == 0 and place + 1 < len(pieces) else 0
        if columns[-1] and used + needs + after > height * POINTS_PER_INCH:
            columns.append([])
            used = 0.0
        columns[-1].append(piece)
        used += needs
    return columns


def even_columns(
    pieces: Sequence[Piece], *, body: float, width: float, height: float, count: int
) -> list[list[Piece]] | None:
    """At most `count` columns, filled as evenly as the pieces allow; None when the text does not go into them."""
    for part in range(5, 21):  # twentieths of the height: the lowest that is enough
        columns = columns_of(pieces, body=body, width=width, height=height * part / 20)
        if len(columns) <= count and (part == 20 or not _spills(columns, body, width, height * part / 20)):
            return columns
    return None


def _spills(columns: list[list[Piece]], body: float, width: float, height: float) -> bool:
    """Whether a single piece is higher than its column."""
    return any(sum(piece.height(body, width) for piece in column) > height * POINTS_PER_INCH for column in columns)


def lines_of(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines of a text at a type size, both in points, broken at spaces as PowerPoint breaks them."""
    lines, at = 1, 0.0
    space = _width(" ", bold) * size
    for word in text.split():
        wide = _width(word, bold) * size
        if at and at + space + wide > width:
            lines, at = lines + 1, wide
        else:
            at += wide + (space if at else 0)
    return lines


@lru_cache(maxsize=20_000)
def _width(word: str, bold: bool) -> float:
    """A word's width at size one."""
    return float(_type(bold).getlength(word)) / _MEASURED_AT


@lru_cache(maxsize=2)
def _type(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"SourceSans3-{'Bold' if bold else 'Regular'}.ttf"), _MEASURED_AT)
