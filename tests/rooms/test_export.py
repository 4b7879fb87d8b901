"""A copy of everything held: what the data map promises is in it, table by table, and nothing of anybody else."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.models import Booking, SlotOffer, WaitingEntry
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import directions, referrals
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries.held import SOURCES
from luotsi.domain.cases.rules.contact import Said
from luotsi.domain.catalogue.actions import loading as catalogue
from luotsi.domain.events.models import Use
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.people import actions as people
from luotsi.domain.people.definitions.data_map import data_map
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires.actions.attaching import keep_file
from luotsi.domain.questionnaires.models import Invitation, Response, Score
from luotsi.domain.questionnaires.rules.files import judged
from tests.factories import as_who, assessed, contact, identity_code, offered, resident, worker
from tests.factories.clients import signed_in
from tests.factories.days import granted, wished
from tests.factories.files import pdf
from tests.factories.homecare import visit_of

pytestmark = pytest.mark.django_db
PLANTED = ("liite", "soitto", "lisä", "kysymys", "viesti", "ohjaus", "siirto", "kerrottu", "kutsu")


def promised() -> set[str]:
    return {table.table for page in data_map().values() for table in page.tables if table.export}


def planted(mark: str, nurse: Who) -> tuple[Who, str]:
    """Somebody with a row in every table, and their identity code; `mark` stands in every free text."""
    code = identity_code()
    person = people.register(
        identity_code=code, by=SYSTEM, at=now(), first_name=f"{mark}Etu", last_name=f"{mark}Suku", municipality="765",
        mail=f"{mark}@example.org", street=f"{mark}tie 1",
    )  # fmt: skip
    me, agent = as_who(person), resident()
    case = contact(person, at=now() - timedelta(hours=3), what=f"{mark}vaiva")
    about = {"case": case.id, "contact": case.contact_id}
    cases.record_call(**about, outcome="no_answer", note=f"{mark}soitto", key=uuid4(), by=nurse, at=now())
    more = Said(channel="phone", told=f"{mark}lisä", received_at=now())
    cases.write_down(
        resident=person.id, kind=case.kind, service=case.service, unit=case.unit_id, said=more, key=uuid4(), by=nurse,
        at=now(), joins=case.id,
    )  # fmt: skip
    cases.assess(case=case.id, outcome="care_needed", note=f"{mark}arvio", key=uuid4(), by=nurse, at=now())
    among_professionals(case, mark, nurse)
    told_of_child_welfare(person, mark)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2), at=now())
    cases.record_visit(case=case.id, booking=booking, note=f"{mark}käynti", by=nurse, at=now())
    people.give_mandate(
        principal=person.id, agent=agent.id, kind="mandate", registers=["health"], source="visit", by=nurse, at=now()
    )
    people.give_consent(resident=person.id, purpose="notices-by-mail", by=me, at=now())
    people.send_code(resident=person.id, kind="mail", value=f"{mark}uusi@example.org", by=me, at=now())
    messaging.notify(resident=person.id, cause=uuid4(), at=now())
    invited_and_scored(person, mark)
    waiting(person)
    granted_days(person)
    visit_of(person, SYSTEM)
    signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    return me, code


def among_professionals(case: Case, mark: str, nurse: Who) -> None:
    """Sent on with an answer, pointed to a service, handed over."""
    catalogue.load_shelf(by=SYSTEM, at=now())
    question = {"question": f"{mark}kysymys", "key": uuid4(), "by": nurse, "at": now()}
    sent = referrals.send(case=case.id, route="physiotherapy", to_unit="fysioterapia", **question)
    referrals.write(referral=sent.id, note=f"{mark}viesti", key=uuid4(), by=nurse, at=now())
    directions.direct(case=case.id, service="wellbeing-groups", why=f"{mark}ohjaus", key=uuid4(), by=nurse, at=now())
    cases.hand_over(case=case.id, to=nurse.id, seen=None, by=nurse, at=now(), note=f"{mark}siirto")


def told_of_child_welfare(person: Resident, mark: str) -> None:
    welfare = worker("child-welfare-worker", unit="lastensuojelu")
    matter = cases.receive(
        resident=person.id, kind="child_welfare", service="child-welfare", unit="lastensuojelu", channel="letter",
        language="fi", key=uuid4(), by=welfare, at=now(),
    )  # fmt: skip
    cases.tell(case=matter.id, party="child", way="phone", note=f"{mark}kerrottu", key=uuid4(), by=welfare, at=now())


def invited_and_scored(person: Resident, mark: str) -> None:
    Invitation.objects.create(
        key=uuid4(), questionnaire="contact", resident_id=person.id, message=f"{mark}kutsu", sent_at=now(),
        token_digest=uuid4().bytes, token_sealed=b"",
    )  # fmt: skip
    answers = Response.objects.get(resident_id=person.id)
    Score.objects.create(response=answers, questionnaire="contact", key="sum", value=3, at=now())
    keep_file(answers, "what", judged(f"{mark}liite.pdf", pdf()), at=now())


def waiting(person: Resident) -> None:
    """In the queue for a time, and offered one."""
    entry = WaitingEntry.objects.create(
        resident_id=person.id, key=uuid4(), offering="nurse-reception", units=["sotkamo"], entered_at=now()
    )
    booking = Booking.objects.filter(resident_id=person.id).first()
    SlotOffer.objects.create(
        entry=entry, slot_id=booking.slot_id, offered_at=now(), answer_by=now() + timedelta(hours=4)
    )


def granted_days(person: Resident) -> None:
    """Days that a decision grants, and a weekend that the family wishes for."""
    day = local_day(now()) + timedelta(days=30)
    wished(granted(person, SYSTEM), day, day + timedelta(days=2))


def copy_of(who: Who) -> dict[str, object]:
    answer = signed_in(who).post("/fi/own/export/copy/", {"form": "data"})
    assert answer.status_code == 200
    return json.loads(answer.content)  # type: ignore[no-any-return]


def test_every_table_of_the_map_has_its_source_and_no_other() -> None:
    assert set(SOURCES) == promised()


def test_the_copy_holds_a_row_of_every_table_and_nothing_of_another(figures: Callable[[str], None]) -> None:
    nurse = worker()
    me, code = planted("Omena", nurse)
    _, other_code = planted("Vieras", nurse)
    copy = copy_of(me)
    tables, text = copy["tables"], json.dumps(copy, ensure_ascii=False)
    empty = [name for name, rows in tables.items() if not rows]  # type: ignore[attr-defined]

    assert copy["schema"] == "luotsi-export/1"
    assert tables["questionnaires_response"][0]["answers"]["what"] == "Omenavaiva", "data, not text within text"  # type: ignore[index]
    assert set(tables) == promised()  # type: ignore[call-overload]
    assert empty == []
    for word in ("Etu", "Suku", "vaiva", "arvio", *PLANTED, "käynti", "tie 1", "uusi@example.org"):
        assert f"Omena{word}" in text, word
    assert code in text
    moments = [row["occurred_at"] for row in tables["events_event"]]  # type: ignore[index]
    assert moments == sorted(moments), "in the order of time"
    assert "Vieras" not in text
    assert other_code not in text
    tables_promised, texts = len(promised()), len(PLANTED) + 7
    figures(f"export: {tables_promised} of {tables_promised} tables, {texts} of {texts} planted texts, 0 of another's")


def test_the_copy_to_read_has_headings_and_words() -> None:
    me, _ = planted("Omena", worker())
    page = signed_in(me).post("/fi/own/export/copy/", {"form": "page"}).content.decode()

    assert "Perustietosi" in page
    assert "Omenavaiva" in page
    assert "Sotkamon terveysasema" in page


def test_taking_a_copy_stands_in_the_log() -> None:
    me, _ = planted("Omena", worker())
    copy_of(me)

    assert Use.objects.filter(resident=me.id, what="export", action="own.export").count() == 1


def test_a_guardian_gets_no_private_matter_no_log_and_no_whole_code() -> None:
    nurse = worker()
    parent, born = resident(), now().date() - timedelta(days=14 * 366)
    code = identity_code(born)
    child = people.register(
        identity_code=code, by=SYSTEM, at=now(), first_name="Lapsi", last_name="Omena", municipality="765"
    )
    private = contact(child, at=now() - timedelta(hours=3), what="salainen huoli")
    contact(child, at=now() - timedelta(hours=2), what="polvi kipeä")
    cases.keep_private(case=private.id, why="Osaa päättää", by=nurse, at=now())
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=nurse, at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    text = json.dumps(copy_of(acting), ensure_ascii=False)

    assert "polvi kipeä" in text
    assert "salainen huoli" not in text
    assert str(private.id) not in text
    assert code not in text
    assert "events_use" not in text


def test_whoever_has_only_a_mandate_takes_no_copy() -> None:
    nurse, mother, agent = worker(), resident(), resident()
    people.give_mandate(
        principal=mother.id, agent=agent.id, kind="mandate", registers=["health"], source="visit", by=nurse, at=now()
    )
    acting = resident_as_who(agent.id, acting_for=mother.id)
    assert acting is not None

    assert signed_in(acting).post("/fi/own/export/copy/", {"form": "data"}).status_code == 403


def test_a_worker_takes_no_copy() -> None:
    nurse = worker()
    assessed(contact(at=now() - timedelta(hours=3)), nurse, at=now())

    assert signed_in(nurse).get("/fi/own/export/").status_code == 403
