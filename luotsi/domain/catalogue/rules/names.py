"""Whether a word speaks of a place. Villages' names are in no dictionary, so their cases are told by how they begin."""

from itertools import takewhile

_SHORTEST = 5
_CHANGES = 2  # letters at the end of a name that its cases change: Juntusranta, Juntusrannalla
_LONGEST_ENDING = 6


def speaks_of(word: str, name: str) -> bool:
    """The name itself, or a case of it: Lentiirassa, Puokiolla. Both in small letters."""
    if word == name:
        return True
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))
    is_begun = alike >= max(_SHORTEST, len(name) - _CHANGES)
    return is_begun and len(name) <= len(word) <= len(name) + _LONGEST_ENDING
