"""A link answers for one thing, until a moment, and nobody makes one up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.domain.bookings.rules.links import Link, NoLink, read, token

KEY, OTHER = "11" * 32, "22" * 32
UNTIL = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # the hour that the spring change leaves out
LINK = Link("offer", UUID(int=7), UNTIL)


def test_a_link_says_what_it_was_written_for() -> None:
    for what in ("time", "offer", "need"):
        link = Link(what, uuid4(), UNTIL)  # type: ignore[arg-type]
        assert read(token(link, KEY), KEY) == link


def test_a_link_of_another_house_is_none() -> None:
    with pytest.raises(NoLink):
        read(token(LINK, OTHER), KEY)


def test_whoever_changes_one_letter_has_no_link() -> None:
    told = token(LINK, KEY)
    for place, letter in enumerate(told[:-1]):
        with pytest.raises(NoLink):
            read(told[:place] + ("A" if letter != "A" else "B") + told[place + 1 :], KEY)


def test_a_longer_life_needs_another_signature() -> None:
    longer = token(Link("offer", LINK.subject, UNTIL + timedelta(days=400)), OTHER)
    with pytest.raises(NoLink):
        read(longer[:30] + token(LINK, KEY)[30:], KEY)


@given(st.text(max_size=80))
def test_any_letters_are_a_link_or_none(told: str) -> None:
    with pytest.raises(NoLink):
        read(told, KEY)
