"""Answers shared out."""

from typing import Any

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS
from luotsi.ui.words import in_language


def _lines() -> dict[str, Any]:
    named = [(in_language(WORDS[key]), share, count) for key, share, count in _GIVEN]
    return {"lines": [(name, share / 100, f"{share} %", str(count)) for name, share, count in named]}


_GIVEN = (("phone", 61, 128), ("visit", 27, 57), ("video", 12, 25))
EXAMPLES = [Example("Shares of one question", "{% distribution lines=lines label=words.ways %}", _lines)]
