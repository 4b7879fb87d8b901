"""What the service page and the front page read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.base.text import LANGUAGES
from luotsi.domain.catalogue import definitions, queries

from .conftest import TUESDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_service_page_speaks_the_readers_language_and_names_their_unit() -> None:
    page = queries.service_page("urgent-dental-care", "sv", "205", TUESDAY_MORNING)
    assert page is not None
    assert (page.name, page.language, page.unit, page.case_kind) == (
        "Brådskande tandvård",
        "sv",
        "suun-kajaani",
        "oral_need",
    )
    assert [way.kind for way in page.ways_in] == ["phone", "form", "phone"]
    assert page.ways_in[0].address == "Terveyspolku 1, 87100 Kajana"


def test_without_a_municipality_every_units_number_is_on_the_page() -> None:
    page = queries.service_page("urgent-dental-care", "fi", None, TUESDAY_MORNING)
    assert page is not None
    assert {way.unit for way in page.ways_in if way.place} == {
        "suun-kajaani",
        "suun-kuhmo",
        "suun-sotkamo",
        "suun-suomussalmi",
    }
    assert all(way.phone for way in page.ways_in if way.kind == "phone")


def test_the_page_shows_the_coming_week_of_each_way() -> None:
    page = queries.service_page("nurse-reception", "fi", "765", TUESDAY_MORNING)
    assert page is not None
    door = next(way for way in page.ways_in if way.kind == "walk_in")
    assert [len(day.spans) for day in door.week] == [1, 1, 1, 1, 0, 0, 1]  # Tuesday to Monday
    assert door.is_open_now


def test_a_service_of_another_municipality_says_so() -> None:
    for municipality, offered in (("205", True), ("290", False)):
        page = queries.service_page("remote-reception", "fi", municipality, TUESDAY_MORNING)
        assert page is not None
        assert page.is_offered is offered


def test_an_unknown_service_has_no_page() -> None:
    assert queries.service_page("no-such-service", "fi", None, TUESDAY_MORNING) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_has_life_themes_with_services(language: str) -> None:
    themes = queries.life_themes(language)  # type: ignore[arg-type]
    assert len(themes) == 10
    assert all(theme.name and theme.summary and len(theme.services) >= 3 for theme in themes)


def test_the_themes_read_only_their_own_services_however_many_there_are() -> None:
    with CaptureQueriesContext(connection) as captured:
        queries.life_themes("fi")
    (one,) = captured
    assert '"key" IN (' in one["sql"]


def test_service_names_stand_in_finnish_alphabetical_order() -> None:
    names = list(queries.service_names("fi").values())
    assert len(names) == len(definitions.services())
    assert names.index("Työkyvyn tuki") < names.index("Vammaispalvelut") < names.index("Äitiysneuvola")


def test_a_text_without_a_translation_stands_in_finnish_and_says_so() -> None:
    from luotsi.domain.catalogue.models import Service

    Service.objects.filter(key="home-care").update(name={"fi": "Kotihoito"})
    page = queries.service_page("home-care", "sv", None, TUESDAY_MORNING)
    assert page is not None
    assert (page.name, page.language) == ("Kotihoito", "fi")


def test_texts_that_belong_together_stand_in_one_language() -> None:
    """A Swedish name over a Finnish description would pass for Swedish."""
    from luotsi.domain.catalogue.models import Service

    Service.objects.filter(key="home-care").update(description={"fi": "Autamme kotona."})
    page = queries.service_page("home-care", "sv", None, TUESDAY_MORNING)
    assert page is not None
    assert (page.name, page.description, page.language) == ("Kotihoito", "Autamme kotona.", "fi")
