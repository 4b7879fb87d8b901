"""The guided way: a theme, a need, the services. Villages that the words of a search name are found too."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.bookings.definitions import vehicle_stops
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue import queries
from luotsi.domain.catalogue.definitions import GUIDANCE, themes
from luotsi.domain.catalogue.models import Service
from luotsi.domain.catalogue.queries import named_in
from luotsi.domain.catalogue.rules.guided import is_for
from luotsi.domain.catalogue.rules.names import speaks_of
from tests.factories import worker
from tests.factories.vehicle import driven

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The catalogue, taken in once for the file and away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue.load_shelf(by=SYSTEM, at=now())
        yield
        transaction.set_rollback(True)


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def keys(theme: str, need: str, **more: Any) -> list[str]:
    found = queries.theme_with(theme, need)
    assert found
    assert found[1]
    return [one.key for one in queries.led_to(found[1], "fi", at=now(), **more).services]


def test_three_presses_lead_from_the_front_page_to_a_service() -> None:
    assert "/fi/themes/" in page("/fi/")
    assert "/fi/themes/teeth/" in page("/fi/themes/")
    assert "/fi/themes/teeth/pain/" in page("/fi/themes/teeth/")
    assert "/fi/services/urgent-dental-care/" in page("/fi/themes/teeth/pain/")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_need_leads_somewhere_and_last_of_all_to_the_guidance_desk(language: str) -> None:
    for theme in themes():
        page(f"/{language}/themes/{theme.key}/")
        for need in theme.needs:
            led = queries.led_to(need, language, at=now())  # type: ignore[arg-type]
            assert [one.key for one in led.services if one.key in need.services] == list(need.services), need.key
            assert GUIDANCE in {one.key for one in led.services}
    assert queries.theme_with("teeth", "no-such") is None


def test_services_of_the_national_catalogue_are_found_by_their_classes_and_life_events() -> None:
    common = {"source": "ptv", "summary": {"fi": ""}, "municipalities": ["765"]}
    Service.objects.create(key="z-group", source_id="1", name={"fi": "Sururyhmä"}, life_events=["KE14"], **common)
    Service.objects.create(key="a-group", source_id="2", name={"fi": "Muu"}, life_events=["KE1"], **common)
    assert keys("turning-points", "loss") == ["crisis-help", "z-group", GUIDANCE]
    assert keys("turning-points", "loss", municipality="765") == ["crisis-help", "z-group", GUIDANCE]
    assert keys("turning-points", "loss", municipality="290") == ["crisis-help", GUIDANCE]


def test_saying_whom_it_is_for_leaves_the_others_out_and_says_how_many() -> None:
    assert keys("teeth", "check") == ["dental-care", "older-oral-check", "childrens-dental-care", GUIDANCE]
    assert keys("teeth", "check", group="child") == ["childrens-dental-care", GUIDANCE]
    assert keys("teeth", "check", group="older") == ["dental-care", "older-oral-check", GUIDANCE]
    said = page("/fi/themes/teeth/check/?who=child")
    assert ("Lisäksi 2 palvelua on muille." in said, "Näytä kaikki" in said) == (True, True)
    assert "on muille" not in page("/fi/themes/teeth/check/?who=nobody&municipality=999")


@pytest.mark.parametrize(
    ("group", "age_from", "age_to", "audience", "fits"),
    [
        ("child", None, 17, ["KR1.2", "KR1.3"], True),
        ("child", 13, None, ["KR1.3"], False),
        ("young", 13, None, ["KR1.3"], True),
        ("adult", None, None, ["KR1.2"], True),
        ("adult", None, 17, ["KR1.2"], False),
        ("older", None, None, ["KR1.2"], False),
        ("older", None, None, ["KR1.4"], True),
        ("older", None, None, [], True),
        ("child", None, None, ["KR1", "KR1.1"], True),
        ("", 65, None, ["KR1.1"], True),
    ],
)
def test_a_service_is_for_the_group_by_its_ages_and_its_target_groups(
    group: str, age_from: int | None, age_to: int | None, audience: list[str], fits: bool
) -> None:
    assert is_for(group, age_from=age_from, age_to=age_to, audience=audience) is fits


def test_who_may_be_in_danger_at_home_meets_help_first_and_a_way_out_and_the_title_says_nothing() -> None:
    said = page("/fi/themes/turning-points/at-home/")
    assert said.index("080 005 005") < said.index("/fi/services/")
    assert "quick-exit" in said
    assert "<title>Palvelut sinulle" in said


@pytest.mark.parametrize("address", ["/fi/themes/none/", "/fi/themes/teeth/none/", "/fi/themes/none/pain/"])
def test_a_theme_or_need_that_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_need_costs_a_few_queries_whatever_it_leads_to(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        page("/fi/themes/mind/low/?who=adult&municipality=205")


@pytest.mark.parametrize(
    ("words", "villages"),
    [
        ("milloin auto tulee Lentiiraan", ["lentiira"]),
        ("sairaanhoitaja puokiolla", ["puokio"]),
        ("juntusrannalla", ["juntusranta"]),
        ("Tipasojan kylä", ["tipasoja"]),
        ("när kommer bilen till Vuokatti", ["vuokatti"]),
        ("tipat ja laakeri", []),
        ("lentävä", []),
    ],
)
def test_a_village_is_known_in_its_cases(words: str, villages: list[str]) -> None:
    assert named_in(words, {key: stop.name.fi for key, stop in vehicle_stops().items()}) == villages


def test_a_longer_word_that_only_begins_like_a_village_is_not_one() -> None:
    assert speaks_of("vuokattilaisurheilijat", "vuokatti") is False
    assert speaks_of("vuoka", "vuokatti") is False


def test_a_search_that_names_a_village_shows_when_the_vehicle_comes_there() -> None:
    driven(worker(name="Aino Autossa"), worker("unit-manager"), at=now())
    said = page("/fi/?q=sairaanhoitaja+vuokatissa")
    assert said.count("/fi/stops/vuokatti/") == 2, "every other week within the coming weeks"
    assert "Tulee kyliin" in said
    assert "Tulee kyliin" not in page("/fi/?q=sairaanhoitaja")
    assert "ei vielä tiedossa olevia päiviä" in page("/fi/?q=auto+lentiirassa")
    service = page("/fi/services/mobile-services/")
    assert service.count("/fi/stops/vuokatti/") == 1
    assert queries.find("vuokatti", language="fi", at=now() + timedelta(minutes=1)).results
