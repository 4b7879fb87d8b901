"""The case page of a matter in stages: the sheet, who must be told, a wrong close, who notified, the figures."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Assessment, Case, Contact, Telling
from tests.factories import assessed, contact, worker
from tests.factories.clients import signed_in
from tests.factories.notifying import EASTER, child, guard, notification
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


def sheet(outcome: str, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "key": str(uuid4())} | more


@pytest.fixture
def lotta(db: None) -> Who:
    return guard()


def test_the_page_asks_for_the_stage_whose_turn_it_is(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        assert "Arvioi kiireellisyys" in text(client.get(page_of(case)))
        body = text(client.post(f"{page_of(case)}assessments/", sheet("not_urgent"), follow=True))
        assert "Tallennettu. Seuraavaksi: päätä arvioinnin aloittamisesta." in body
        assert "Kiireellisyyden arvio: Ei kiireellinen" in body


def test_an_emergency_is_marked_on_the_page(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        body = text(client.post(f"{page_of(case)}assessments/", sheet("at_once"), follow=True))
        assert "Hätätilanne: apua tarvitaan heti" in body
        line = client.get("/fi/team/").context["lines"][0]
        assert (line.is_emergency, line.tone) == (True, "danger")
        assert "Apua heti" in text(client.get("/fi/team/"))


def test_the_list_names_the_stage_whose_turn_it_is_and_marks_no_emergency_that_is_not(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        assert client.get("/fi/team/").context["lines"][0].next_words == "Arvioi kiireellisyys"
        client.post(f"{page_of(case)}assessments/", sheet("not_urgent"))
        line = client.get("/fi/team/").context["lines"][0]
        assert (line.is_emergency, line.next_words) == (False, "Päätä arvioinnin aloittamisesta")


def test_a_time_before_the_contact_gets_a_sentence_at_its_field(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        for when, said in (("2026-03-31T09:00", "ennen yhteydenottoa"), ("2026-03-31T12:00", "tulevaisuudessa")):
            answer = client.post(f"{page_of(case)}assessments/", sheet("not_urgent", when=when, note="Oma teksti"))
            assert answer.status_code == 422
            assert said in text(answer)
            assert "Oma teksti" in text(answer)
        assert not Assessment.objects.exists()


def test_telling_the_child_stands_on_the_page_with_its_limit(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        assert "ma 13.4.2026" in text(client.get(page_of(case)))
        sent = {"party": "child", "way": "meeting", "key": str(uuid4()), "note": "Kerrottu leikin lomassa"}
        for _ in range(2):
            body = text(client.post(f"{page_of(case)}tellings/", sent, follow=True))
        assert "Kerrottu leikin lomassa" in body
        assert Telling.objects.count() == 1


def test_who_notified_is_shown_on_asking_only(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case, client = notification(child(), lotta), signed_in(lotta)
        assert "Rehtori" not in client.get(page_of(case)).content.decode()
        sent = Contact.objects.get()
        assert "Rehtori Esimerkki" in text(client.post(f"{page_of(case)}contacts/{sent.id}/notifier/"))
        assert client.post(f"{page_of(case)}contacts/{uuid4()}/notifier/").status_code == 404


def test_the_urgency_of_a_further_notification_is_judged_on_a_page_of_its_own(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        maija = child()
        case, client = notification(maija, lotta), signed_in(lotta)
        client.post(f"{page_of(case)}assessments/", sheet("not_urgent"))
        assert client.get(f"{page_of(case)}assessments/urgency/").status_code == 200
        assert client.get(f"{page_of(case)}assessments/assessment/").status_code == 404
        assert client.post(f"{page_of(case)}assessments/urgency/", sheet("at_once")).status_code == 302
        assert Assessment.objects.filter(case=case, stage="urgency").count() == 2


def test_a_health_nurse_opens_no_child_welfare_matter(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(hours=1)):
        case = notification(child(), lotta)
        assert signed_in(worker("nurse")).get(page_of(case)).status_code == 404
        assert signed_in(worker("social-worker", unit="perhekeskus")).get(page_of(case)).status_code == 404


def test_a_wrong_close_is_undone_on_the_page(nurse: Who) -> None:
    case, client = assessed(contact(), nurse), signed_in(nurse)
    cases.close(case=case.id, reason="withdrawn", by=nurse, at=case.opened_at + timedelta(hours=2, minutes=50))
    assert "Kumoa päättäminen" in text(client.get(page_of(case)))
    assert client.post(f"{page_of(case)}reopening/", {}).status_code == 422
    body = text(client.post(f"{page_of(case)}reopening/", {"reason": "wrong_matter"}, follow=True))
    assert "Asia on taas auki" in body
    assert "Päättäminen kumottiin: Väärä asia päätettiin" in body
    assert Case.objects.get(id=case.id).closed_at is None


def test_an_hour_later_there_is_no_undoing(nurse: Who) -> None:
    case, client = assessed(contact(), nurse, at=contact().opened_at + timedelta(minutes=5)), signed_in(nurse)
    cases.close(case=case.id, reason="withdrawn", by=nurse, at=case.opened_at + timedelta(minutes=10))
    assert "Kumoa päättäminen" not in text(client.get(page_of(case)))
    assert client.post(f"{page_of(case)}reopening/", {"reason": "wrong_matter"}).status_code == 409


def test_a_reason_is_found_by_its_words_and_a_wide_one_names_what_fits(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    answer = client.post(f"{page_of(case)}assessments/", sheet("urgent", reason="vaiva"))
    assert answer.status_code == 422
    assert "Useampi sopii" in text(answer)
    client.post(f"{page_of(case)}assessments/", sheet("urgent", reason="yskä"))
    assert Assessment.objects.get(case=case).reason == "R05"


def test_what_the_resident_reads_stands_beside_what_professionals_read(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    told = sheet("referred", findings="Crepitatio genus", told="Fysioterapeutti ottaa yhteyttä.")
    body = text(client.post(f"{page_of(case)}assessments/", told, follow=True))
    assert "Crepitatio genus" in body
    assert "Fysioterapeutti ottaa yhteyttä." in body
    assert "Arvio on tallennettu. Seuraavaksi: kirjoita lähete." in body


def test_the_manager_reads_how_notifications_are_handled_and_nobody_else_does(lotta: Who) -> None:
    with time_machine.travel(EASTER + timedelta(days=20)):
        for _ in range(5):
            case = notification(child(), lotta)
            for outcome, day in (("not_urgent", 0), ("started", 4)):
                at = EASTER + timedelta(days=day, hours=1)
                cases.assess(case=case.id, outcome=outcome, key=uuid4(), by=lotta, at=at)
        body = text(signed_in(worker("unit-manager", unit="lastensuojelu")).get("/fi/team/child-welfare/"))
        assert "100,0 (5/5)" in body
        assert "4,00" in body
        assert signed_in(worker("unit-manager")).get("/fi/team/child-welfare/").status_code == 404
        assert signed_in(lotta).get("/fi/team/child-welfare/").status_code == 403
