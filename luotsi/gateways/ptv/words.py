"""The texts of PTV's entities, by language."""

from collections.abc import Iterable

from luotsi.base.text import LANGUAGES, Text
from luotsi.gateways.ptv.shapes import Said


def text(said: Iterable[Said], kind: str, *, joined: bool = False) -> Text:
    """The text of that type in our three languages; without `kind` whichever there is. Where several stand, the first
    one, or `joined` all of them. Where Finnish is missing, what there is stands in its place.
    """
    found: dict[str, list[str]] = {}
    for one in said:
        if one.language in LANGUAGES and one.value.strip() and (not kind or one.type in {"", kind}):
            found.setdefault(one.language, []).append(one.value.strip())
    words = {language: "\n\n".join(dict.fromkeys(parts)) if joined else parts[0] for language, parts in found.items()}
    return Text(**{"fi": next(iter(words.values()), "")} | words)
