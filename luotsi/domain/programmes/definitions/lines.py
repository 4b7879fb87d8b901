"""Lines of a text as a source prints them, each with the lines that hang under it."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from luotsi.base.shelf import Entry


class Point(Entry):
    """A line of a text, with the lines that hang under it. On the shelf a plain string is a line with none."""

    text: str
    points: tuple["Line", ...] = ()

    def walk(self, level: int = 1) -> Iterator[tuple[int, str]]:
        """This line and all under it, each with its depth (1 for a top line)."""
        yield level, self.text
        for point in self.points:
            yield from point.walk(level + 1)


def _line(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _some(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Line = Annotated[Point, BeforeValidator(_line)]
Lines = tuple[Line, ...]
Words = Annotated[tuple[str, ...], BeforeValidator(_some)]  # one string on the shelf is a list of one
