"""An editor's text."""

from luotsi.base.markdown import read
from luotsi.ui.example import Example, Values
from luotsi.ui.example_words import WORDS
from luotsi.ui.words import in_language


def _values() -> Values:
    name = in_language(WORDS["nurse"])
    return {"parts": read(f"## {name}\n\n* **{name}**\n* [{name}](https://www.suomi.fi)\n\n> {name}")}


EXAMPLES = [Example("Heading, list, link and quote", "{% prose parts=parts %}", _values)]
