"""Many matters at once, filters that stay, kept views, and the matters of a colleague who is away."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case, SavedView
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.models import Absence
from tests.factories import assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON

pytestmark = pytest.mark.django_db
LIST, HANDOVERS, ABSENCES = "/fi/team/", "/fi/team/handovers/", "/fi/team/absences/"
TODAY = NOON.date()


def text(response: Any) -> str:
    return unescape(response.content.decode())


def marks(client: Any) -> list[str]:
    return [line.mark for line in client.get(LIST).context["lines"]]


def take(case: Case, who: Who) -> None:
    cases.hand_over(case=case.id, to=who.id, seen=None, by=who, at=NOON)


def away(who: Who, manager: Who, *, substitute: Who | None = None) -> None:
    organisation.mark_absence(
        key=uuid4(), staff=who.id, begins_on=TODAY, ends_on=TODAY + timedelta(4),
        substitute=substitute.id if substitute else None, by=manager, at=NOON,
    )  # fmt: skip


def test_ticked_matters_are_taken_with_one_sending_and_one_sentence(nurse: Who) -> None:
    for _ in range(3):
        contact()
    client = signed_in(nurse)
    answer = client.post(HANDOVERS, {"take": "chosen", "chosen": marks(client)[:2]}, follow=True)
    assert "2 asiaa on nyt sinulla." in text(answer)
    assert client.get(f"{LIST}?scope=mine").context["page"].paginator.count == 2
    assert client.get(f"{LIST}?scope=free").context["page"].paginator.count == 1


def test_what_could_not_go_is_named_with_its_reason(nurse: Who) -> None:
    mine, taken = contact(resident(last_name="Aalto")), contact(resident(last_name="Berg"))
    client, other = signed_in(nurse), worker(name="Toinen Hoitaja")
    seen = marks(client)
    take(taken, other)
    answer = client.post(HANDOVERS, {"take": "chosen", "chosen": [*seen, "rubbish", f"{uuid4()}."]})
    assert answer.status_code == 409
    body = text(answer)
    assert "2 asiaa jäi paikalleen" in body
    assert "Berg Testi" in body
    assert "Joku muu otti sen sillä välin." in body
    assert "Asia, joka ei ole enää listallasi" in body
    assert Case.objects.get(id=mine.id).responsible_id == nurse.id
    assert Case.objects.get(id=taken.id).responsible_id == other.id


def test_nothing_ticked_is_said(nurse: Who) -> None:
    answer = signed_in(nurse).post(HANDOVERS, {"take": "chosen"}, follow=True)
    assert "Yhtään asiaa ei valittu" in text(answer)


def test_a_receiver_who_may_not_have_it_is_refused_in_the_form(nurse: Who) -> None:
    contact()
    client = signed_in(nurse)
    told = {"give": "chosen", "chosen": marks(client)}
    assert client.post(HANDOVERS, told | {"to": ""}).status_code == 422
    answer = client.post(HANDOVERS, told | {"to": str(worker(unit="kuhmo").id)})
    assert answer.status_code == 422
    assert "Valitse listalta" in text(answer)
    assert "/dates/#contact-" in text(answer), "each date leads to why it is that day"


def test_filters_stay_until_they_are_cleared(nurse: Who) -> None:
    contact(resident(last_name="Uunio"))
    take(contact(resident(last_name="Omainen")), nurse)
    client = signed_in(nurse)
    client.post(LIST, {"who": str(nurse.id)})
    assert [line.name for line in client.get(LIST).context["lines"]] == ["Omainen Testi"]
    client.post(LIST, {"who": "nobody", "kind": "health_need", "channel": "form"})
    assert [line.name for line in client.get(LIST).context["lines"]] == ["Uunio Testi"]
    client.post(LIST, {"clear": "1"})
    assert len(client.get(LIST).context["lines"]) == 2


def test_a_view_is_kept_without_the_name_that_was_looked_for(nurse: Who) -> None:
    contact(resident(last_name="Korhonen"))
    client = signed_in(nurse)
    client.get(f"{LIST}?view=new&scope=free&sort=-name")
    client.post(LIST, {"words": "korhonen", "kind": "health_need"})
    answer = client.post("/fi/team/views/", {"name": "Aamu"}, follow=True)
    view = SavedView.objects.get()
    assert "korhonen" not in view.query
    assert "Aamu" in text(answer)
    client.post(LIST, {"clear": "1"})
    choices = client.get(f"{LIST}?{view.query}").context["choices"]
    assert (choices.view, choices.scope, choices.sort, choices.kind) == ("new", "free", "-name", "health_need")
    assert client.post("/fi/team/views/", {"name": ""}).status_code == 422
    client.post(f"/fi/team/views/{view.id}/", {})
    assert SavedView.objects.count() == 0


def test_a_manager_marks_an_absence_and_hands_the_matters_to_the_substitute(nurse: Who) -> None:
    substitute, manager = worker(name="Sija Inen"), worker(role="unit-manager", name="Esko Esihenkilö")
    take(contact(resident(last_name="Odottaja")), nurse)
    client = signed_in(manager)
    page = client.get(ABSENCES)
    told = {
        "key": str(page.context["form"]["key"].value()), "staff": str(nurse.id), "begins_on": "2.3.2026",
        "ends_on": "6.3.2026", "substitute": str(substitute.id),
    }  # fmt: skip
    assert client.post(ABSENCES, told).status_code == 302
    body = text(client.get(f"{LIST}?scope=away"))
    assert "Hilla Hoitaja on poissa pe 6.3.2026 asti." in body
    assert "Odottaja Testi" in body
    asked = client.post(HANDOVERS, {"of": str(nurse.id)})
    assert asked.context["form"]["to"].value() == str(substitute.id)
    chosen = [line["mark"] for line in asked.context["lines"]]
    client.post(HANDOVERS, {"give": "chosen", "chosen": chosen, "to": str(substitute.id)})
    assert Case.objects.get().responsible_id == substitute.id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "1.3.2026"}, "Viimeinen päivä on ennen ensimmäistä."),
        ({"begins_on": "huomenna"}, "Kirjoita päivä näin"),
        ({"staff": str(uuid4())}, "Valitse listalta"),
        ({"substitute": "self"}, "Valitse joku muu"),
    ],
    ids=["backwards", "no-day", "stranger", "oneself"],
)
def test_an_absence_that_makes_no_sense_is_refused_in_the_form(nurse: Who, changes: dict[str, str], words: str) -> None:
    client = signed_in(worker(role="unit-manager"))
    told = {"key": str(uuid4()), "staff": str(nurse.id), "begins_on": "2.3.2026", "ends_on": "6.3.2026"} | changes
    told["substitute"] = str(nurse.id) if told.get("substitute") == "self" else ""
    answer = client.post(ABSENCES, told)
    assert answer.status_code == 422
    assert words in text(answer)
    assert Absence.objects.count() == 0


def test_an_absence_is_ended_and_a_nurse_does_not_get_in(nurse: Who) -> None:
    manager = worker(role="unit-manager")
    away(nurse, manager)
    client, row = signed_in(manager), Absence.objects.get()
    assert client.post(f"{ABSENCES}{row.id}/ending/").status_code == 302
    assert "Ketään ei ole merkitty poissa olevaksi." in text(client.get(ABSENCES))
    assert signed_in(nurse).get(ABSENCES).status_code == 403
    assert signed_in(worker(role="unit-manager", unit="kuhmo")).post(f"{ABSENCES}{row.id}/ending/").status_code == 404


def test_the_morning_review_sets_todays_times_against_what_is_due(nurse: Who) -> None:
    at = NOON - timedelta(days=3, hours=3)
    today = contact(resident(last_name="Tänäinen"))
    overdue = contact(resident(last_name="Myöhäinen"), at=at)
    offered(assessed(contact(resident(last_name="Saanut"), at=at), nurse, at=at), nurse, starts_at=NOON, at=at)
    response = signed_in(worker(role="unit-manager")).get("/fi/team/huddle/")
    found = response.context["huddle"]
    assert (found.yesterday.came, found.yesterday.judged) == (2, 1)
    assert [row.id for row in found.due.rows] == [today.id]
    assert [row.id for row in found.overdue.rows] == [overdue.id]
    assert (found.free, found.lacks) == (0, 2)
    body = text(response)
    assert "Se on 2 liian vähän tämän päivän asioille." in body
    assert "pe 27.2.2026 – su 1.3.2026" in body
    assert "Tänäinen Testi" in body
    assert "Saanut Testi" not in body


def test_what_will_be_missed_within_a_week_is_named_to_the_units_own_manager_only(nurse: Who) -> None:
    at = NOON - timedelta(days=10)
    assessed(contact(resident(born=date(2006, 5, 1), last_name="Riskinen"), at=at), nurse, at=at + timedelta(hours=1))
    body = text(signed_in(worker(role="unit-manager")).get("/fi/team/huddle/"))
    assert "Riskinen Testi" in body
    assert "Kalenterissa ei ole enempää aikoja tälle päivälle." in body
    assert "liian vähän" not in body
    foreign = text(signed_in(worker(role="unit-manager", unit="kuhmo")).get("/fi/team/huddle/?unit=sotkamo"))
    assert "Riskinen Testi" not in foreign
    assert signed_in(worker(role="service-manager", unit="kehittaminen")).get("/fi/team/huddle/").status_code == 403
