"""What can be booked stands on the shelf, whole, in three languages, and its examples hold."""

from pathlib import Path

import pytest

from luotsi.base.shelf import ShelfError, read
from luotsi.domain.bookings.definitions import Offering, offered_in, offerings
from luotsi.domain.catalogue.definitions import services
from luotsi.domain.organisation.definitions import roles, units
from luotsi.domain.questionnaires.definitions import questionnaires

OFFERING = """
key: x
name: {fi: X}
service: dental-care
units: [suun-kajaani]
professions: [dentist]
mode: %(mode)s
durations: [{reason: a, name: {fi: A}, minutes: %(minutes)s}]
who: anyone
lead_hours: %(lead)s
price: {words: {fi: Maksuton.}}
places: %(places)s
examples: [{asked: "2026-03-02T09:00+02:00", starts: "2026-03-03T09:00+02:00", minutes: 20, can_book: true,
  can_cancel: true, why: W}]
"""
PLAIN = {"mode": "visit", "minutes": 20, "lead": 2, "places": 1}


def test_at_least_fifteen_offerings_name_services_units_and_professions_that_exist() -> None:
    known = {role.profession for role in roles().values()}

    assert len(offerings()) >= 15
    for one in offerings().values():
        assert one.service in services(), one.key
        assert set(one.units) <= set(units()), one.key
        assert set(one.professions) <= known, one.key
        assert not one.questionnaire or one.questionnaire in questionnaires(), one.key


def test_texts_of_offerings_are_complete() -> None:
    for one in offerings().values():
        texts = [one.name, one.price.words, *(length.name for length in one.durations)]
        assert all(text.is_complete for text in [*texts, *filter(None, [one.preparation])]), one.key


def test_examples_of_offerings_hold() -> None:
    examples = [(one, example) for one in offerings().values() for example in one.examples]

    assert len(examples) >= 45
    for one, example in examples:
        told = (one.can_book(example.starts, asked=example.asked), one.can_cancel(example.starts, asked=example.asked))
        assert (one.minutes(example.reason), *told) == (example.minutes, example.can_book, example.can_cancel), one.key


def test_the_modes_and_terms_of_the_seeds_are_among_them() -> None:
    every = offerings().values()

    assert {"visit", "phone", "remote", "home", "group", "consultation"} <= {one.mode for one in every}
    assert {"anyone", "known_client", "after_assessment", "staff_only"} == {one.who for one in every}
    assert any(need.type == "oral-scanner" for one in every for need in one.needs)
    assert any(one.evening for one in every)
    assert [one.key for one in every if one.overbook] == ["oral-acute"], "overbooking only where it is said"


def test_a_unit_offers_what_names_it() -> None:
    assert {one.key for one in offered_in("suun-kuhmo", profession="dentist")} == {
        "cracked-tooth", "oral-acute", "oral-check",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"minutes": 0}, "durations.0.minutes"),
        ({"mode": "walk"}, "mode: "),
        ({"places": 5}, "only a group has more places"),
        ({"lead": 24 * 400}, "nothing could ever be booked"),
    ],
)
def test_an_offering_that_cannot_be_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, object], sentence: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(OFFERING % PLAIN)
    assert read(path, Offering).key == "x"

    path.write_text(OFFERING % {**PLAIN, **change})
    with pytest.raises(ShelfError, match=sentence):
        read(path, Offering)
