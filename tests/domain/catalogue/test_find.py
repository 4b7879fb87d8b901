"""The finder: what it finds, why, for whom, and that no one is left at a dead end."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.base.now import HELSINKI
from luotsi.domain.catalogue import actions, definitions, queries

from .conftest import TUESDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def keys(text: str, language: str = "fi", **options: object) -> list[str]:
    found = queries.find(text, language=language, at=TUESDAY_MORNING, **options)  # type: ignore[arg-type]
    return [result.key for result in found.results]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hammas lohkesi", "fi", "urgent-dental-care"),
        ("masentaa", "fi", "mental-health"),
        ("vauva itkee öisin", "fi", "child-health-clinic"),
        ("rahat ei riitä", "fi", "financial-counselling"),
        ("omaishoitajan vapaa", "fi", "carers-leave"),
        ("selkä kipeä", "fi", "physiotherapy"),
        ("hamas lohkes", "fi", "urgent-dental-care"),
        ("fysioterapiaa polveen", "fi", "physiotherapy"),
        ("tand gick av", "sv", "urgent-dental-care"),
        ("barnet sover inte", "sv", "child-health-clinic"),
        ("toothache", "en", "urgent-dental-care"),
    ],
)
def test_everyday_words_lead_to_the_right_service(text: str, language: str, expected: str) -> None:
    assert keys(text, language)[0] == expected


def test_a_result_says_in_words_why_it_was_found() -> None:
    why = queries.find("hamas lohkesi", language="fi").results[0].why
    assert {str(match) for match in why} == {"hamas → hammas", "lohkesi → lohjeta"}


def test_a_mended_query_says_what_it_was_understood_as() -> None:
    assert queries.find("hamas", language="fi").understood_as == "hammas"
    assert queries.find("hammas", language="fi").understood_as == ""


@pytest.mark.parametrize(
    "text", ["xyzzy qwrtp", "", " ", "!!!", "'); DROP TABLE events_event; --", "\x00", "a" * 5_000]
)
def test_no_query_is_a_dead_end(text: str) -> None:
    found = queries.find(text, language="fi")
    assert found.results[-1].is_guidance
    assert found.results[-1].ways_in


def test_the_guidance_desk_comes_once_and_last_unless_it_is_the_best() -> None:
    assert keys("hammas")[-1] == definitions.GUIDANCE
    assert keys("kehen otan yhteyttä").count(definitions.GUIDANCE) == 1
    assert len(keys("hammas lapsi raha apu hoitaja", limit=3)) == 3


def test_words_in_another_language_are_understood_and_the_answer_is_in_the_pages_language() -> None:
    found = queries.find("toothache", language="fi")
    assert found.searched_in == "en"
    assert found.results[0].name == "Kiireellinen hammashoito"


def test_a_service_of_another_municipality_is_not_offered() -> None:
    assert "remote-reception" in keys("etävastaanotto", municipality="205")
    assert "remote-reception" not in keys("etävastaanotto", municipality="290")


def test_a_municipality_named_in_the_query_is_taken_as_where_the_resident_lives() -> None:
    found = queries.find("hammaslääkäri Kuhmossa", language="fi")
    assert found.municipality == "290"
    assert {way.unit for way in found.results[0].ways_in if way.unit} == {"suun-kuhmo"}
    assert queries.find("hammaslääkäri Kuhmossa", language="fi", municipality="205").municipality == "205"


def test_without_a_municipality_several_units_stand_as_one_way_with_a_count() -> None:
    ways = queries.find("hammaslääkäri", language="fi").results[0].ways_in
    phone = next(way for way in ways if way.kind == "phone")
    assert (phone.choices, phone.phone) == (4, "")


def test_the_age_of_the_person_moves_other_ages_services_down() -> None:
    assert keys("masennus", age=16)[0] == "youth-mental-health"
    assert keys("masennus", age=45)[0] == "mental-health"
    assert keys("hammaslääkäri", age=8)[0] == "childrens-dental-care"
    assert "child-health-clinic" in keys("vauva itkee", age=34)  # a parent asks for a child


def test_open_now_follows_the_hours() -> None:
    evening = datetime(2026, 11, 24, 22, 0, tzinfo=HELSINKI)
    for moment, is_open in ((TUESDAY_MORNING, True), (evening, False)):
        assert queries.find("selkä kipeä", language="fi", at=moment).results[0].is_open_now is is_open
    assert queries.find("päivystys", language="fi", at=evening).results[0].is_open_now


def test_an_unpublished_service_is_not_found() -> None:
    from luotsi.domain.catalogue.models import Service

    Service.objects.filter(key="urgent-dental-care").update(unpublished_at=TUESDAY_MORNING)
    assert "urgent-dental-care" not in keys("hammas lohkesi")
    assert queries.service_page("urgent-dental-care", "fi", None, TUESDAY_MORNING) is None


def test_a_search_costs_three_database_queries_when_every_word_is_known() -> None:
    queries.find("hammas", language="fi")
    with CaptureQueriesContext(connection) as captured:
        queries.find("hammas", language="fi")
    assert len(captured) == 3, [query["sql"][:80] for query in captured]


@pytest.mark.parametrize(
    ("notice", "query", "language", "shows"),
    [
        pytest.param(notice.key, one.query, one.language, one.shows, id=f"{notice.key}: {one.query}")
        for notice in definitions.safety_notices()
        for one in notice.examples
    ],
)
def test_the_notices_examples_hold(notice: str, query: str, language: str, shows: bool) -> None:
    found = queries.find(query, language=language)  # type: ignore[arg-type]
    assert (notice in [one.key for one in found.safety]) is shows


def test_danger_is_met_whatever_language_the_page_is_in() -> None:
    for language in ("fi", "sv", "en"):
        assert [one.key for one in queries.notices_for("itsemurha", language)] == ["suicide"]  # type: ignore[arg-type]
        assert [one.key for one in queries.notices_for("suicide", language)] == ["suicide"]  # type: ignore[arg-type]


def test_a_notice_names_numbers_that_answer_in_the_readers_language() -> None:
    phones = {contact.phone for contact in queries.notices_for("självmord", "sv")[0].contacts}
    assert {"112", "09 2525 0112"} <= phones
    assert "09 2525 0111" not in phones


def test_loading_again_changes_nothing() -> None:
    from luotsi.base.who import SYSTEM

    assert actions.load_shelf(by=SYSTEM, at=TUESDAY_MORNING).is_empty
