"""The list of workers: found, counted, ordered, and never an error."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.base.who import Who
from luotsi.domain.organisation import actions
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.oversight.giving import (
    LAST,
    LIST,
    TODAY,
    counts,
    given,
    names,
    page_of,
    proposed,
    text,
)

pytestmark = pytest.mark.django_db


def test_the_list_is_found_by_name_unit_and_role(ada: Who, eino: Who, nurse: Who) -> None:
    worker("doctor", unit="kajaani-virtuaalitiimi", name="Äijö Lääkäri")
    client = signed_in(ada)
    assert names(client.get(LIST)) == ["Ada Ensimmäinen", "Eino Toinen", "Hilla Hoitaja", "Äijö Lääkäri"]
    found = client.post(LIST, {"words": "äijö lää"}, follow=True)
    assert names(found) == ["Äijö Lääkäri"]
    assert "%C3%A4ij" not in "".join(url for _, url, _, _ in found.context["tabs"])
    assert names(client.get(LIST)) == ["Äijö Lääkäri"]  # it stays when one comes back
    assert names(client.post(LIST, {"role": "nurse"}, follow=True)) == ["Hilla Hoitaja"]
    assert names(client.post(LIST, {"unit": "kajaani-hva"}, follow=True)) == ["Äijö Lääkäri"]  # its team too
    assert names(client.post(LIST, {"unit": "kajaani-hva", "role": "nurse"}, follow=True)) == []
    assert "ei sovi hakuun" in text(client.get(LIST))
    assert len(names(client.post(LIST, {"words": "x", "clear": "1"}, follow=True))) == 4


def test_the_parts_of_the_list_count_what_waits_and_what_ends(ada: Who, eino: Who, nurse: Who) -> None:
    proposed(ada, nurse)
    ending = worker(name="Päivi Päättyvä")
    given(ada, eino, ending, valid_to=TODAY + timedelta(days=30))
    given(ada, eino, worker(name="Pia Pitkä"), valid_to=TODAY + timedelta(days=31))
    goes_on = worker(name="Jussi Jatkuva")
    given(ada, eino, goes_on, valid_to=TODAY + timedelta(days=5))
    given(ada, eino, goes_on, valid_from=TODAY + timedelta(days=6), valid_to=LAST)
    actions.leave(staff=worker(name="Leo Lähtenyt").id, by=ada, at=MORNING)  # type: ignore[arg-type]
    client = signed_in(ada)
    assert counts(client.get(LIST)) == [6, 1, 1, 1]
    assert names(client.get(f"{LIST}?view=waiting")) == ["Hilla Hoitaja"]
    assert names(client.get(f"{LIST}?view=ending")) == ["Päivi Päättyvä"]
    assert names(client.get(f"{LIST}?view=none")) == ["Leo Lähtenyt"]
    assert names(client.get(f"{LIST}?view=all&sort=ends"))[:2] == ["Jussi Jatkuva", "Päivi Päättyvä"]
    assert names(client.get(LIST))[:2] == ["Jussi Jatkuva", "Päivi Päättyvä"]  # the order stays
    assert "Päättyy pian" in text(client.get(page_of(ending)))


@pytest.mark.parametrize("view", ["all", "waiting", "ending", "none"])
def test_a_part_with_nobody_in_it_says_why(ada: Who, view: str) -> None:
    body = text(signed_in(ada).get(f"{LIST}?view={view}"))
    assert ("empty-state" in body) is (view != "all")


def test_the_list_asks_the_database_as_often_for_sixty_as_for_three(ada: Who, eino: Who) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert signed_in(ada).get(address).status_code == 200
        return len(captured)

    few = asked(LIST)
    for number in range(60):
        given(ada, eino, worker(name=f"Hoitaja {number:02}"))
    assert asked(LIST) == few
    assert len(names(signed_in(ada).get(f"{LIST}?page=2"))) == 12


def test_the_page_of_one_asks_as_often_for_a_long_history(ada: Who, eino: Who, nurse: Who) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in(ada).get(page_of(nurse)).status_code == 200
        return len(captured)

    few = asked()
    for _ in range(12):
        actions.end_assignment(assignment=given(ada, eino, nurse).id, by=ada, at=MORNING)
    assert asked() == few


@pytest.mark.parametrize("query", ["view=zzz", "sort=mail", "page=zzz", "page=-1", "sort=%00", "page=9999999999999999"])
def test_an_address_that_makes_no_sense_shows_the_list(ada: Who, query: str) -> None:
    assert signed_in(ada).get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("sent", [{"unit": "moon"}, {"role": "\x00"}, {"words": "\x00"}, {"words": "x" * 5000}])
def test_nothing_sent_to_the_list_breaks_it(ada: Who, sent: dict[str, str]) -> None:
    assert signed_in(ada).post(LIST, sent, follow=True).status_code == 200
