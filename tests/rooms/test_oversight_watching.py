"""The privacy officer reads the log, finds what stands out, judges emergencies and keeps records from being erased."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Event, Use
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people import actions, queries
from luotsi.domain.people.access import relationship_of
from luotsi.domain.people.models import LegalHold
from luotsi.reactions import REACTIONS
from tests.factories import as_who, contact, identity_code, resident, worker
from tests.factories.clients import session_of, signed_in

pytestmark = pytest.mark.django_db


def officer() -> Who:
    return worker("privacy-officer", "tietosuoja", "Tiina Turvaniitty")


def confirmed(who: Who) -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(who, confirmed=True)
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_what_a_nurse_saw_stands_in_the_log_with_names_and_ground() -> None:
    nurse, person = worker(name="Nelli Mallimäki"), resident(first_name="Veera")
    case = contact(person)
    signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    page = text(signed_in(officer()).get("/fi/oversight/log/"))

    assert "Nelli Mallimäki" in page
    assert f"Veera {person.last_name}" in page
    assert "Asia tiimin listalla" in page


def test_reading_the_log_is_itself_in_the_log() -> None:
    nurse, person, watcher = worker(), resident(), officer()
    signed_in(nurse).get(f"/fi/team/cases/{contact(person).id}/")
    signed_in(watcher).get("/fi/oversight/log/")

    assert Use.objects.filter(actor_id=watcher.id, resident=person.id, what="log", ground="oversight").exists()


def test_the_log_of_one_person_is_found_by_identity_code_which_is_kept_nowhere() -> None:
    code = identity_code()
    person = actions.register(
        identity_code=code, by=SYSTEM, at=now(), first_name="Onni", last_name="Etsitty", municipality="765"
    )
    other, nurse, client = resident(last_name="Toinen"), worker(), signed_in(officer())
    for one in (person, other):
        signed_in(nurse).get(f"/fi/team/cases/{contact(one).id}/")
    answer = client.post("/fi/oversight/log/", {"identity_code": code}, follow=True)

    assert "Onni Etsitty" in text(answer)
    assert "Toinen" not in text(answer)
    assert code not in text(answer)
    assert code not in str(dict(client.session))


@pytest.mark.parametrize(
    "sent",
    [
        {"identity_code": "010190-999X"},
        {"identity_code": "x" * 11},
        {"identity_code": identity_code()},
        {"actor": "somebody"},
        {"since": "never"},
        {"since": "31.3.2026", "until": "1.3.2026"},
        {"ground": "curiosity"},
    ],
)
def test_a_search_that_cannot_be_understood_says_so(sent: dict[str, str]) -> None:
    answer = signed_in(officer()).post("/fi/oversight/log/", sent)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text(answer)


def test_a_refused_attempt_stands_in_the_log() -> None:
    nurse = worker(name="Utelias Hoitaja")
    other = contact(resident(), unit="kuhmo")
    assert signed_in(nurse).get(f"/fi/team/cases/{other.id}/").status_code == 404
    page = text(signed_in(officer()).get("/fi/oversight/log/"))

    assert "Utelias Hoitaja" in page
    assert "Estetty" in page


def test_relatives_neighbours_and_colleagues_stand_out() -> None:
    nurse = worker(name="Nelli Mallimäki")
    at_home = resident(first_name="Kotona", last_name="Mallimäki", street="Mallitie 3", postal_code="88600")
    actions.link_staff(resident=at_home.id, staff=nurse.id, by=SYSTEM, at=now())
    cousin = resident(first_name="Serkku", last_name="Mallimäki")
    neighbour = resident(first_name="Naapuri", street="mallitie 3 ", postal_code="88600")
    colleague = resident(first_name="Kollega")
    actions.link_staff(resident=colleague.id, staff=worker(name="Kolle Ga").id, by=SYSTEM, at=now())
    stranger = resident(first_name="Vieras")
    for one in (cousin, neighbour, colleague, stranger):
        signed_in(nurse).get(f"/fi/team/cases/{contact(one).id}/")
    watcher = officer()
    found = {
        one.kind: one.resident
        for one in queries.unusual(viewer=watcher, since=now() - timedelta(days=1), until=now() + timedelta(days=1))
        if one.resident
    }
    page = text(signed_in(watcher).get("/fi/oversight/unusual/?days=7"))

    assert found == {"surname": cousin.id, "address": neighbour.id, "colleague": colleague.id}
    assert "Sama sukunimi" in page
    assert "Vieras" not in page


def test_a_finding_leads_to_its_rows() -> None:
    nurse = worker(name="Nelli Sukula")
    cousin, other = resident(last_name="Sukula"), resident(last_name="Muunen")
    for one in (cousin, other):
        signed_in(nurse).get(f"/fi/team/cases/{contact(one).id}/")
    sent = {"actor": str(nurse.id), "resident": str(cousin.id)}
    page = text(signed_in(officer()).post("/fi/oversight/unusual/", sent, follow=True))

    assert "Sukula" in page
    assert "Muunen" not in page


def test_an_emergency_waits_for_judgement_and_is_judged() -> None:
    nurse, person, watcher = worker(), resident(first_name="Hätä"), officer()
    opened = actions.open_emergency(
        resident=person.id, register="health", reason_key="cannot-tell", reason="Tajuton päivystyksessä",
        by=nurse, at=now(),
    )  # fmt: skip
    client = signed_in(watcher)
    assert "Tajuton päivystyksessä" in text(client.get("/fi/oversight/emergencies/"))
    address = f"/fi/oversight/emergencies/{opened.id}/verdict/"
    assert client.post(address, {"verdict": "not_justified"}).status_code == 422
    assert client.post(address, {"verdict": "not_justified", "why": "uteliaisuus"}).status_code == 422
    assert queries.emergencies(viewer=watcher, since=now() - timedelta(days=1))[0].verdict == ""
    client.post(address, {"verdict": "not_justified", "why": "Potilas oli hereillä ja kertoi itse"})

    assert queries.emergencies(viewer=watcher, since=now() - timedelta(days=1))[0].verdict == "not_justified"
    assert "Potilas oli hereillä" in text(client.get("/fi/oversight/emergencies/"))
    assert Event.objects.filter(kind="emergency.checked").count() == 1
    assert client.post(address, {"verdict": "perhaps"}).status_code == 422
    assert queries.emergencies(viewer=watcher, since=now() - timedelta(days=1))[0].verdict == "not_justified"
    assert client.post(f"/fi/oversight/emergencies/{uuid4()}/verdict/", {"verdict": "justified"}).status_code == 404


def test_a_hold_is_set_with_a_reason_and_lifted() -> None:
    code = identity_code()
    person = actions.register(
        identity_code=code, by=SYSTEM, at=now(), first_name="Pito", last_name="Pidätetty", municipality="765"
    )
    client = confirmed(officer())
    assert client.post("/fi/oversight/holds/", {"identity_code": code, "reason": ""}).status_code == 422
    client.post("/fi/oversight/holds/", {"identity_code": code, "reason": "Kantelu vireillä"})
    assert LegalHold.objects.filter(resident=person, lifted_at=None).count() == 1
    assert "Kantelu vireillä" in text(client.get("/fi/oversight/holds/"))
    client.post(f"/fi/oversight/holds/{person.id}/lifting/")

    assert not LegalHold.objects.filter(resident=person, lifted_at=None).exists()


def test_a_hold_asks_to_confirm_who_one_is() -> None:
    answer = signed_in(officer()).get("/fi/oversight/holds/")

    assert answer.status_code == 302
    assert "/session/confirmation/" in answer["Location"]


def test_the_log_is_checked_at_a_press() -> None:
    answer = signed_in(officer()).post("/fi/oversight/log/proof/")

    assert answer.status_code == 200
    assert "Loki on ehjä" in text(answer)


@pytest.mark.parametrize("address", ["log/", "log/proof/", "unusual/", "emergencies/", "holds/"])
@pytest.mark.parametrize(
    ("role", "unit"), [("nurse", "sotkamo"), ("unit-manager", "sotkamo"), ("county-administrator", "kehittaminen")]
)
def test_nobody_else_watches(address: str, role: str, unit: str) -> None:
    assert signed_in(worker(role, unit)).get(f"/fi/oversight/{address}").status_code == 403


def test_a_page_of_the_log_takes_as_many_queries_for_fifty_rows_as_for_one(
    django_assert_max_num_queries: object,
) -> None:
    nurse, watcher = worker(), officer()
    for _ in range(12):
        signed_in(nurse).get(f"/fi/team/cases/{contact(resident()).id}/")
    client = signed_in(watcher)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert client.get("/fi/oversight/log/").status_code == 200


def test_what_was_not_justified_is_closed_and_told_to_the_person() -> None:
    nurse, person, watcher = worker(), resident(), officer()
    opened = actions.open_emergency(
        resident=person.id, register="health", reason_key="danger", reason="Tajuton päivystyksessä", by=nurse, at=now()
    )
    client, address = signed_in(watcher), f"/sv/oversight/emergencies/{opened.id}/verdict/"
    assert "Inte motiverad" in text(client.get("/sv/oversight/emergencies/"))
    page = text(client.get(address))
    assert "Den stängs genast." in page
    assert "Personen får veta" in page
    client.post(address, {"verdict": "not_justified", "why": "Tiedot eivät liittyneet hoitoon"})

    assert relationship_of(nurse, person.id) is None
    assert Event.objects.filter(kind="emergency.ended", resident=person.id).count() == 1
    assert is_told_of_the_check(person.id)
    log = text(signed_in(as_who(person)).get("/fi/own/log/"))
    assert "ettei avaamiseen ollut perustetta" in log
    assert "Tiedot eivät liittyneet hoitoon" in log


def test_what_was_justified_runs_on_and_nobody_is_troubled() -> None:
    nurse, person = worker(), resident()
    opened = actions.open_emergency(
        resident=person.id, register="health", reason_key="danger", reason="Tajuton päivystyksessä", by=nurse, at=now()
    )
    signed_in(officer()).post(f"/fi/oversight/emergencies/{opened.id}/verdict/", {"verdict": "justified"})

    assert relationship_of(nurse, person.id) is not None
    assert not is_told_of_the_check(person.id)


def is_told_of_the_check(person: UUID) -> bool:
    """Whether what happens by itself after a verdict puts a notice on its way to the person."""
    event = Event.objects.get(kind="emergency.checked", resident=person)
    for reaction in REACTIONS[event.kind]:
        reaction(event, now())
    return Notice.objects.filter(cause=event.uid, resident=person).exists()
