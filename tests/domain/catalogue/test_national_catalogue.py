"""The demonstration's national catalogue beside the shelf: each is found by the words of its matter."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from luotsi.base import shelf
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions, queries
from luotsi.domain.catalogue.models import Service, ServiceCollection
from luotsi.gateways import ptv

from .conftest import TUESDAY_MORNING
from .golden import finder, golden, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both")]


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker) -> Iterator[actions.Taken]:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shelf(by=SYSTEM, at=TUESDAY_MORNING)
        yield actions.take_in(ptv.read_folder(shelf.ROOT / "national_catalogue"), by=SYSTEM, at=TUESDAY_MORNING)
        transaction.set_rollback(True)


def test_all_of_it_is_for_this_county(both: actions.Taken) -> None:
    assert both.outside == 0
    assert both.faults == ()
    assert len(both.added) == Service.objects.published().filter(source="ptv").count()
    assert ServiceCollection.objects.published().count() == both.collections


@pytest.mark.parametrize(
    ("language", "query", "wanted"),
    [
        ("fi", "rokotus", "influenssarokotus"),
        ("fi", "verikokeeseen", "laboratorio-ja-naytteenotto"),
        ("fi", "röntgenkuvaan", "rontgen-ultraaani-ja-magneettikuvaus"),
        ("fi", "kuorsaan", "uniapnean-laitehoito"),
        ("fi", "pelkään hammaslääkäriä", "hammashoitopelon-hoito"),
        ("fi", "jumppa", "kansanjumppa-ja-kuntojumpat"),
        ("fi", "kirjastoon", "kirjasto"),
        ("fi", "seniori kuntosali", "seniorikortti-ja-ikaihmisten-kuntosaliryhmat"),
        ("fi", "velkaneuvonta", "talous-ja-velkaneuvonta"),
        ("fi", "uimahalli", "uimahallit-ja-vesijumppa"),
        ("fi", "turvaranneke", "turvapuhelin"),
        ("fi", "viittomakielen tulkki", "tulkkaus-kuulo-kuulonako-ja-puhevammaisille"),
        ("fi", "katkolle", "katkaisuhoito"),
        ("fi", "elatusmaksut", "lastenvalvoja-elatus-huolto-asuminen-ja-tapaamiset"),
        ("fi", "leski suree", "sururyhmat"),
        ("sv", "gym för pensionärer", "seniorikortti-ja-ikaihmisten-kuntosaliryhmat"),
        ("sv", "bibliotek", "kirjasto"),
        ("sv", "skuldrådgivning", "talous-ja-velkaneuvonta"),
        ("sv", "underhållsbidrag", "lastenvalvoja-elatus-huolto-asuminen-ja-tapaamiset"),
        ("en", "library", "kirjasto"),
        ("en", "debt counselling", "talous-ja-velkaneuvonta"),
        ("en", "swimming lessons", "uimahallit-ja-vesijumppa"),
        ("en", "food bank", "ruoka-apu"),
        ("en", "lost my job", "tyonhakijan-palvelut"),
        ("sv", "blodprov", "laboratorio-ja-naytteenotto"),
        ("sv", "tandläkarskräck", "hammashoitopelon-hoito"),
        ("en", "blood test", "laboratorio-ja-naytteenotto"),
        ("en", "flu jab", "influenssarokotus"),
        ("en", "quit smoking", "tupakoinnin-ja-nuuskan-lopettaminen"),
    ],
)
def test_everyday_words_find_the_right_one_among_three(language: str, query: str, wanted: str) -> None:
    found = [one.key for one in queries.find(query, language=language, at=TUESDAY_MORNING).results]
    assert wanted in found[:3], found[:5]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("name", "floor"), [("tuned", 0.92), ("held_out", 0.88)])
def test_the_county_s_own_services_are_found_as_before_in_greater_company(
    name: str, floor: float, language: str
) -> None:
    found = score(golden(name)[language], language, finder)
    print(f"{name} {language} beside the national catalogue: {found}")
    assert found.three / found.of >= floor, found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_web_address_of_a_service_is_that_of_the_reader_s_language(language: str) -> None:
    page = queries.service_page("kirjasto", language, None, TUESDAY_MORNING)
    assert page
    assert [way.url for way in page.ways_in if way.kind == "web"] == [f"https://kainuu.example/{language}/kirjasto"]
