"""Taking Swedish compounds apart by the words one knows: tandvärk is tand and värk. Pure.

Snowball knows stems but not compounds, and no Swedish morphology ships as a wheel; the catalogue's own words suffice.
"""

from collections.abc import Collection

from luotsi.domain.catalogue.rules.words import stem

SHORTEST = 3
_GLUE = "s"  # barn + s + ben


def parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The stems of the two known words that make up the word, with the longest first part; () when there are none."""
    for cut in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        head, tail = word[:cut], word[cut:]
        if tail in known and (head in known or head.removesuffix(_GLUE) in known):
            first = head if head in known else head.removesuffix(_GLUE)
            return stem(first, "sv"), stem(tail, "sv")
    return ()


def affixes(word: str) -> set[str]:
    """Every beginning and end of the word that might be a word of its own."""
    cuts = range(SHORTEST, len(word) - SHORTEST + 1)
    heads = {word[:cut] for cut in cuts}
    return heads | {head.removesuffix(_GLUE) for head in heads} | {word[cut:] for cut in cuts}
