"""What is kept of somebody's words for those who mend the catalogue: enough to see what was missed, and nobody."""

import re

MOST_WORDS, LONGEST = 8, 80
_TELLS_SOMEBODY = re.compile(r"\S*(?:@|\d{3})\S*|\S*\d[\d\s-]{3,}\S*")


def heard(words: str) -> str:
    """The first words in small letters, without anything that holds an address or a number of three digits or more."""
    plain = _TELLS_SOMEBODY.sub(" ", words.casefold())
    return " ".join(plain.split()[:MOST_WORDS])[:LONGEST]
