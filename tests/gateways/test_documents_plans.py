"""The report and the deck of programmes that print measures instead of a status text: what stands in which state."""

from io import BytesIO

import pytest
from docx import Document
from pptx import Presentation

from luotsi.domain.programmes.definitions import parts_of

from .months import deck_file, plain, said_on, word_file, words_of

KEYS = ("kestava-kasvu-kainuu", "siun-sote")


def told(key: str, kind: str) -> str:
    if kind == "word":
        return words_of(Document(BytesIO(word_file(key))))
    return said_on(Presentation(BytesIO(deck_file(key))))


def newest_words(key: str) -> list[str]:
    """Every measure and goal that tells how it stands, with its newest words."""
    found = []
    for part in parts_of(key):
        goals = [goal for top in part.goals for _level, goal in top.walk()]
        for one in (*part.measures, *goals):
            if one.standings:
                found += [one.text, *(text for line in one.standings[-1].text for _level, text in line.walk())]
    return found


@pytest.mark.parametrize("kind", ["word", "deck"])
@pytest.mark.parametrize("key", KEYS)
def test_every_measure_and_goal_is_told_with_its_newest_words(key: str, kind: str) -> None:
    said = told(key, kind)

    assert [words for words in newest_words(key) if plain(words) not in said] == []


def test_what_is_late_stands_under_its_own_heading() -> None:
    headings = [p.text for p in Document(BytesIO(word_file(KEYS[0]))).paragraphs if p.style.name.startswith("Heading")]

    assert headings.count("Käynnissä") == 3
    assert headings.count("Myöhässä") == 1
    assert "Huomioita" in headings
    assert "Mitä lähteessä ei täsmää" not in headings  # our own remark, not the source's


def test_a_part_for_which_nobody_answers_says_nothing_of_it() -> None:
    assert "Vastuussa: \n" not in told(KEYS[0], "word") + "\n"
