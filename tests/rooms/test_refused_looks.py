"""Who asked for somebody's data and was refused is found by that person; the person's own log tells what was shown."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from tests.factories import as_who, contact, identity_code, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def curious() -> Who:
    return worker(name="Utelias Hoitaja")


def refused(who: Who) -> list[Any]:
    rows = Use.objects.filter(outcome="refused", actor_id=who.id).order_by("id")
    return list(rows.values_list("subject", "resident"))


def test_a_refused_look_names_whose_matter_it_was(curious: Who) -> None:
    case = contact(resident(), unit="kuhmo")
    assert signed_in(curious).get(f"/fi/team/cases/{case.id}/").status_code == 404

    assert refused(curious) == [(case.id, case.resident_id)]


def test_a_refused_look_at_a_person_names_the_person(curious: Who) -> None:
    person = resident()
    assert signed_in(curious).get(f"/fi/team/people/{person.id}/").status_code == 404

    assert refused(curious) == [(person.id, person.id)]


def test_a_resident_who_tries_anothers_matter_is_found_by_the_other() -> None:
    worker()
    case, stranger = contact(resident()), as_who(resident())
    assert signed_in(stranger).get(f"/fi/matters/{case.id}/").status_code == 404

    assert refused(stranger) == [(case.id, case.resident_id)]


def test_a_refused_look_at_what_is_not_there_names_nobody(curious: Who) -> None:
    nothing = uuid4()
    for address in (f"/fi/team/cases/{nothing}/", f"/fi/team/people/{nothing}/"):
        assert signed_in(curious).get(address).status_code == 404

    assert refused(curious) == [(nothing, None), (nothing, None)]


def test_the_officer_finds_by_the_identity_code_who_tried(curious: Who) -> None:
    code = identity_code()
    person = people.register(
        identity_code=code, by=SYSTEM, at=now(), first_name="Onni", last_name="Etsitty", municipality="765"
    )
    for one in (person, resident(last_name="Toinen")):
        signed_in(curious).get(f"/fi/team/cases/{contact(one, unit='kuhmo').id}/")
    client = signed_in(worker("privacy-officer", "tietosuoja"))
    found = client.post("/fi/oversight/log/", {"identity_code": code, "outcome": "refused"}, follow=True)

    rows = found.context["rows"]
    assert [(row["who"], row["whose"], row["is_refused"]) for row in rows] == [
        ("Utelias Hoitaja", f"{person.first_name} {person.last_name}", True)
    ]


def test_the_persons_own_log_tells_only_what_was_shown(curious: Who) -> None:
    nurse = worker(unit="kuhmo", name="Hoitava Hoitaja")
    case = contact(resident(), unit="kuhmo")
    signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    signed_in(curious).get(f"/fi/team/cases/{case.id}/")
    page = _own_log(signed_in(as_who(case.resident)))

    assert "Hoitava Hoitaja" in page
    assert "Utelias Hoitaja" not in page


def test_the_database_too_keeps_refusals_from_the_resident() -> None:
    person = resident()
    events.refused(SYSTEM, action="case.read", subject=None, resident=person.id)
    events.disclosed(SYSTEM, resident=person.id, recipient="Kela", what="letter", ground="legal")
    assert _rows_seen_by(as_who(person), person.id) == ["shown"]
    assert sorted(_rows_seen_by(worker("privacy-officer", "tietosuoja"), person.id)) == ["refused", "shown"]


def test_attempts_are_no_looks_at_somebody_near() -> None:
    """What stands out as looked at was shown; attempts are counted on their own."""
    nurse = worker(name="Nelli Sukula")
    case = contact(resident(last_name="Sukula"), unit="kuhmo")
    for _ in range(3):
        signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    watcher = worker("privacy-officer", "tietosuoja")
    found = queries.unusual(viewer=watcher, since=now() - timedelta(days=1), until=now() + timedelta(days=1))
    assert [(one.kind, one.times) for one in found] == [("refused", 3)]


def _own_log(client: Client) -> str:
    answer = client.get("/fi/own/log/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def _rows_seen_by(viewer: Who, person: object) -> list[str]:
    with transaction.atomic(), events.looking(viewer, action="log.own"), connection.cursor() as sql:
        sql.execute("SELECT outcome FROM events_use WHERE resident = %s ORDER BY id", [person])
        return [row[0] for row in sql.fetchall()]
