"""What is typed in a step of a thread and not sent is kept, for the writer alone, also where the case is not theirs."""

from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases.models import Draft, Referral
from tests.factories import assessed, contact, worker
from tests.factories.clients import signed_in
from tests.rooms.team.test_consultation_times import answer as answered
from tests.rooms.team.test_consultation_times import asked, time_of
from tests.rooms.team.test_consultation_times import page_of as time_page
from tests.rooms.team.test_referrals import BOOK, sent
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
NOTE = "Kuvaus kesken, palaan iltapäivällä"


@pytest.fixture
def physio(db: None) -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def referral(nurse: Who) -> Referral:
    return sent(assessed(contact(), nurse), nurse)


def page_of(referral: Referral) -> str:
    return f"{BOOK}{referral.id}/"


def typed(client: Any, referral: Referral, step: str, **more: str) -> Any:
    form = {"step": step, "key": str(uuid4()), "seen": "0"} | more
    return client.post(f"{page_of(referral)}drafts/{step}/", form)


def form_in(client: Any, referral: Referral, step: str) -> Any:
    steps = client.get(page_of(referral)).context["steps"]
    return next(form for key, _, form in steps if key == step)


@pytest.mark.parametrize(
    ("step", "more"),
    [
        ("accepted", {"note": NOTE}),
        ("on_hold", {"note": NOTE, "until": "2026-03-20"}),
        ("returned", {"note": NOTE, "reason": "more_needed"}),
        ("message", {"note": NOTE}),
    ],
)
def test_what_is_typed_in_a_step_comes_back_in_its_own_form(
    physio: Who, nurse: Who, referral: Referral, step: str, more: dict[str, str]
) -> None:
    client = signed_in(physio)
    assert f'hx-post="{page_of(referral)}drafts/{step}/"' in client.get(page_of(referral)).content.decode()
    assert typed(client, referral, step, **more).url == page_of(referral)
    form = form_in(client, referral, step)
    assert {name: str(form[name].value()) for name in more} == more
    assert form.restored_at is not None
    assert "Palautettiin, mitä olit kirjoittanut" in text(client.get(page_of(referral)))
    assert [key for key, _, one in client.get(page_of(referral)).context["steps"] if one.restored_at] == [step]
    assert NOTE not in text(signed_in(nurse).get(page_of(referral))), "nobody reads another's"


def test_a_step_that_is_taken_takes_its_draft_away(physio: Who, referral: Referral) -> None:
    client = signed_in(physio)
    typed(client, referral, "message", note=NOTE)
    typed(client, referral, "accepted", note=NOTE)
    form = {"step": "message", "note": "Valmis", "key": str(uuid4())}
    assert client.post(f"{page_of(referral)}entries/", form).status_code == 302
    assert [one.form for one in Draft.objects.all()] == [f"thread-{referral.id}-accepted"]


def test_an_answer_begun_in_the_thread_goes_on_where_all_questions_of_a_time_stand(nurse: Who) -> None:
    elo = worker("doctor", "keskussairaala", "Elo Erikois")
    slot, colleague = time_of(elo), signed_in(elo)
    question = asked(nurse, slot, "Kysyvä", minute=1)
    typed(colleague, question, "answered", note=NOTE, minutes="7")
    form = form_in(colleague, question, "answered")
    assert (form["note"].value(), form["minutes"].value()) == (NOTE, "7")
    page = colleague.get(time_page(slot))
    assert NOTE in text(page)
    assert f'hx-post="{page_of(question)}drafts/answered/"' in page.content.decode()
    answered(colleague, slot, question)
    assert not Draft.objects.exists()


def test_when_somebody_else_acted_first_it_is_still_there_at_the_next_visit(
    physio: Who, nurse: Who, referral: Referral
) -> None:
    client, second = signed_in(physio), signed_in(worker("physiotherapist", "fysioterapia", "Toini Toinen"))
    second.post(f"{page_of(referral)}entries/", {"step": "message", "note": "Soitan", "key": str(uuid4())})
    form = {"step": "message", "note": NOTE, "key": str(uuid4()), "seen": "0"}
    assert client.post(f"{page_of(referral)}entries/", form).status_code == 409
    assert form_in(client, referral, "message")["note"].value() == NOTE


def test_a_draft_is_thrown_away_and_an_empty_one_is_none(physio: Who, referral: Referral) -> None:
    client = signed_in(physio)
    typed(client, referral, "message", note=NOTE)
    assert "Luonnos" in text(client.post(f"{page_of(referral)}drafts/message/", {"discard": "1"}, follow=True))
    typed(client, referral, "accepted", note="  ")
    assert not Draft.objects.exists()


def test_nobody_keeps_a_draft_in_a_thread_that_is_not_theirs(referral: Referral) -> None:
    assert typed(signed_in(worker(unit="kuhmo")), referral, "message", note=NOTE).status_code == 404
    assert not Draft.objects.exists()


def test_one_line_says_that_it_is_kept_and_one_that_it_is_too_long(physio: Who, referral: Referral) -> None:
    client, htmx = signed_in(physio), {"HX-Request": "true"}
    address = f"{page_of(referral)}drafts/message/"
    assert "Luonnos tallessa" in text(client.post(address, {"note": NOTE}, headers=htmx))
    assert client.post(address, {"note": "x" * 60_000}, headers=htmx).status_code == 422
    assert client.post(f"{page_of(referral)}drafts/nonsense/", {"note": NOTE}).url == page_of(referral)
    assert Draft.objects.count() == 1
