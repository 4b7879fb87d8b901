"""The colours of `styles/colours.toml`: light, dark and each county's own."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "styles" / "colours.toml"
Palette = dict[str, str]


@cache
def book() -> dict[str, Any]:
    """The whole file: palettes, counties, and which text stands on which ground."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def palette(theme: str, county: str = "") -> Palette:
    """Name → hex of a theme ("light" or "dark"), with the county's own colours over it."""
    return {**book()[theme], **book()["county"].get(county, {}).get(theme, {})}


def counties() -> list[str]:
    """Counties that have colours of their own."""
    return list(book()["county"])
