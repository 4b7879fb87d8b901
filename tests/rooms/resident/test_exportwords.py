"""The copy to read is in words: every kind of value has some, every event is named, nothing of it is left out."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any, get_args

import pytest

from luotsi.base.text import Text
from luotsi.domain.cases.queries.held import Held
from luotsi.domain.people.definitions import Column, tables
from luotsi.domain.people.definitions.data_map import Shows
from luotsi.rooms.resident import exported
from luotsi.rooms.resident import exportwords as words

EVENTS = tables()["events_event"].export
NOUNS = ("people", "questionnaires", "bookings", "clocks", "cases")
# What tells of no resident: what the system did, how a form was made, where answers were gathered, what was replied,
# how calendars and groups were planned, which things there are, how many came without giving a name.
PLANNED = ("plan.", "calendar.", "thing.", "heads.", "group.planned", "group.decided", "group.ended")
NOBODYS = ("retention.ran", "form.", "collection.", "feedback.", *PLANNED)


def of_residents() -> Iterator[Any]:
    """Every event that can happen to a resident."""
    for noun in NOUNS:
        for one in vars(import_module(f"luotsi.domain.{noun}.events")).values():
            if is_dataclass(one) and getattr(one, "kind", "") and not one.kind.startswith(NOBODYS):
                yield one


def column(shows: str, **more: Any) -> Column:
    return Column(name=Text(fi="x"), shows=shows, **more)  # type: ignore[arg-type]


def test_every_way_of_showing_is_known() -> None:
    known = {*words.SHELVES, *words._BY_FUNCTION, *words.OTHERWISE}

    assert known == set(get_args(Shows))


def test_every_event_and_each_of_its_parts_has_a_word() -> None:
    assert EVENTS is not None
    kinds, parts = EVENTS.columns["kind"].codes, EVENTS.columns["body"].parts
    happened = list(of_residents())

    assert len(happened) >= 30
    assert {one.kind for one in happened} - kinds.keys() == set()
    assert {field.name for one in happened for field in fields(one)} - parts.keys() == set()


@pytest.mark.parametrize("name", [part for part in (EVENTS.columns["body"].parts if EVENTS else {})])
def test_a_part_of_an_event_is_named_in_three_languages(name: str) -> None:
    assert EVENTS is not None
    part = EVENTS.columns["body"].parts[name]

    assert all(text.is_complete for text in (part.name, *part.codes.values()))


@pytest.mark.parametrize(
    ("value", "about", "said"),
    [
        ("sotkamo", column("unit"), "Sotkamon terveysasema"),
        (["sotkamo", "kuhmo"], column("units"), "Sotkamon terveysasema, Kuhmon terveysasema"),
        ("health", column("register"), "terveydenhuolto"),
        ("nurse", column("profession"), "Sairaanhoitaja"),
        ("met", column("clock_state"), "Ajoissa"),
        (True, column("yes_no"), "Kyllä"),
        ("2026-03-02", column("day"), "ma 2.3.2026"),
        ("a", column("text", codes={"a": Text(fi="eka")}), "eka"),
        ("somebody's own words", column("text"), "somebody's own words"),
        ("left-the-shelf-long-ago", column("unit"), "left-the-shelf-long-ago"),
    ],
)
def test_a_value_is_said_in_words(value: Any, about: Column, said: str) -> None:
    from django.utils.translation import override

    with override("fi"):
        assert words.said(value, about, {}, "fi") == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "health_need"}, "Hoidon tarve, ei kiireellinen"),
        ({"case_kind": "health_need", "kind": "need.assessed"}, "Hoidon tarve, ei kiireellinen"),
        ({"kind": "social_need"}, "Tuen tarve, palvelu järjestetään"),
        ({"kind": "left the shelf"}, "care_needed"),
    ],
)
def test_a_decision_is_called_as_its_kind_of_matter_calls_it(row: dict[str, str], said: str) -> None:
    assert words.said("care_needed", column("outcome"), row, "fi") == said


def test_the_copy_begins_with_the_person_and_ends_with_the_log() -> None:
    held = [Held(table, ()) for table in tables().values() if table.export]
    headings = [section["heading"].en for section in exported.sections(held)]

    assert headings[0] == "Your basic data"
    assert headings[1] == "Your contacts"
    assert headings[-1] == "Who looked at your data"
    assert len(headings) == len(held)


@pytest.mark.django_db
def test_answers_stand_with_their_questions() -> None:
    row = {"questionnaire": "contact"}
    told = words.said({"what": "Polvi on kipeä", "since": "week"}, column("answers"), row, "fi")

    assert "Polvi on kipeä" in told
    assert "since" not in told
    assert "week" not in told
    assert words.said({"a": "b"}, column("answers"), {"questionnaire": "gone"}, "fi") == "a: b"


def test_the_parts_of_an_event_stand_in_lines() -> None:
    assert EVENTS is not None
    body = {"line": "primary_care", "outcome": "care_needed", "note": None, "unheard_of": 3}
    told = words.said(body, EVENTS.columns["body"], {}, "en").split("\n")

    assert told[1:] == ["result: care or service needed", "unheard_of: 3"]
    assert told[0].startswith("what it is about: ")
    assert "primary_care" not in told[0]
