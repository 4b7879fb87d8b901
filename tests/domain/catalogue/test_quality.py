"""How well the finder answers, on queries looked at and on queries held apart, beside PostgreSQL without us."""

import pytest

from .golden import finder, golden, postgres, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# language: (share first, share in three) that must be reached
FLOORS = {
    "tuned": {"fi": (0.85, 0.95), "sv": (0.75, 0.95), "en": (0.85, 0.95)},
    "held_out": {"fi": (0.70, 0.88), "sv": (0.75, 0.90), "en": (0.75, 0.90)},
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", ["tuned", "held_out"])
def test_a_right_service_comes_first_or_among_the_first_three(name: str, language: str) -> None:
    wanted = golden(name)[language]
    found, control = score(wanted, language, finder), score(wanted, language, postgres)
    print(f"{name} {language}: finder {found}; control (PostgreSQL's own) {control}")
    first, three = FLOORS[name][language]
    assert found.of >= 10
    assert found.first / found.of >= first, found
    assert found.three / found.of >= three, found


def test_the_control_shows_that_the_lemmas_earn_their_place() -> None:
    """If plain PostgreSQL did as well, the lemmatiser would be a cost for nothing."""
    wanted = golden("held_out")["fi"]
    assert score(wanted, "fi", finder).three >= score(wanted, "fi", postgres).three + 10


def test_the_two_sets_share_no_query() -> None:
    tuned, held_out = golden("tuned"), golden("held_out")
    for language in ("fi", "sv", "en"):
        assert not set(tuned[language]) & set(held_out[language])
