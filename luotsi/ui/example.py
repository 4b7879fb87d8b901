"""Examples of a component: shown in the gallery with their source, drawn by a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from luotsi.ui.component import FOLDER

Values = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A named piece of template, and the values it needs beside `words` (example_words.py)."""

    name: str
    source: str
    values: Values | Callable[[], Values] = field(default_factory=dict)

    def given(self) -> Values:
        """The values; made anew each time when they need a form or a drawing in the page's language."""
        return self.values() if callable(self.values) else self.values


def shelf() -> dict[str, list[Example]]:
    """Every component's examples by the component's name, in alphabetical order."""
    folders = sorted(path.parent.name for path in FOLDER.glob("*/examples.py"))
    return {name: import_module(f"luotsi.ui.components.{name}.examples").EXAMPLES for name in folders}
