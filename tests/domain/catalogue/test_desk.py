"""What those who look after the catalogue see: words without whoever wrote them, and what services lack."""

from datetime import timedelta
from typing import Any

import pytest

from luotsi.domain.catalogue import actions, queries
from luotsi.domain.catalogue.models import Channel, Search, Service
from luotsi.domain.catalogue.queries.desk import Desk, desk
from luotsi.domain.catalogue.rules.heard import heard
from tests.domain.catalogue.conftest import TUESDAY_MORNING
from tests.domain.catalogue.test_taking import channel, service, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def look() -> Desk:
    return desk("fi", at=TUESDAY_MORNING)


def search(words: str, *, at: Any = TUESDAY_MORNING) -> Any:
    found = queries.find(words, language="fi", at=at)
    return actions.keep_search(words, language="fi", found=found, at=at)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Hammas lohkesi!", "hammas lohkesi!"),
        ("tunnus 010190-999X ja 040 123 4567 apua", "tunnus ja apua"),
        ("posti minä@esimerkki.fi tuli", "posti tuli"),
        ("lapsi 4 v kuume", "lapsi 4 v kuume"),
        ("040 12 34 56", ""),
        ("yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän", "yksi kaksi kolme neljä viisi kuusi "
         "seitsemän kahdeksan"),
    ],
    ids=["plain", "code and number", "mail", "an age", "only a number", "long"],
)  # fmt: skip
def test_nothing_is_kept_that_tells_who_it_was(written: str, kept: str) -> None:
    assert heard(written) == kept


def test_words_that_found_nothing_stand_on_the_desk_when_two_searches_had_them() -> None:
    search("xyzzyx")
    assert look().unfound == ()
    search("Xyzzyx")
    (one,) = look().unfound
    assert (one.words, one.times, one.found) == ("xyzzyx", 2, 0)
    assert (look().searches, look().without) == (2, 2)


def test_words_that_led_nowhere_stand_there_until_one_search_leads() -> None:
    first, _ = search("hammas lohkesi"), search("hammas lohkesi")
    (one,) = look().abandoned
    assert (one.words, one.times, one.led) == ("hammas lohkesi", 2, 0)
    actions.mark_led(first)
    assert look().abandoned == ()
    assert look().unfound == ()


def test_old_words_are_not_shown_and_go() -> None:
    for days in (0, 89, 90):
        search("xyzzyx", at=TUESDAY_MORNING - timedelta(days=days))
    assert look().searches == 2
    gone = actions.erase_searches(before=(TUESDAY_MORNING - timedelta(days=89)).date(), limit=None)
    assert (gone, Search.objects.count()) == (1, 2)


def test_what_a_service_lacks_is_said() -> None:
    take(service(changed_on=(TUESDAY_MORNING - timedelta(days=400)).date()), channels=(channel(),))
    (one,) = [row for row in look().lacking if row.key == "puutarhakerho"]
    assert one.texts == ("sv", "en")
    assert (one.has_ways, one.lacks_hours, one.is_old) == (True, True, True)
    Channel.objects.filter(source="ptv").update(unpublished_at=TUESDAY_MORNING)
    assert look().lacking[0].key == "puutarhakerho"
    assert not look().lacking[0].has_ways
    Service.objects.filter(key="puutarhakerho").update(unpublished_at=TUESDAY_MORNING)
    assert "puutarhakerho" not in {row.key for row in look().lacking}


def test_the_latest_intake_and_what_was_wrong_with_it() -> None:
    assert look().intake is None
    take(service())
    intake = look().intake
    assert intake is not None
    assert (intake.added, intake.refused, intake.faults) == (1, False, [])
    take(service("Muu"), is_trial=True)
    assert look().intake == intake
