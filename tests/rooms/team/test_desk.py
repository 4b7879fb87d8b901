"""The worker's desk around a case: two people never overwrite one another, and what is half written comes back."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, Case, Draft, Presence
from luotsi.domain.events.models import Use
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return unescape(response.content.decode())


def sheet(client: Any, case: Case, **told: str) -> dict[str, str]:
    """The judgement's form as the page shows it, filled in."""
    context = client.get(f"/fi/team/cases/{case.id}/").context
    form, story = context["assess_form"], len(context["case"].story)
    kept = {name: form[name].value() or "" for name in form.fields}
    return (
        kept | {"outcome": "care_needed", "note": "Polvi tutkitaan", "draft": "assess-need", "story": str(story)} | told
    )


def test_what_was_written_on_a_page_that_others_have_moved_on_from_is_not_saved_and_not_lost(nurse: Who) -> None:
    case, other, client = contact(resident(last_name="Mäkinen")), worker(name="Toinen Hoitaja"), signed_in(nurse)
    form = sheet(client, case)
    assessed(case, other)
    answer = client.post(f"/fi/team/cases/{case.id}/assessments/", form)
    assert answer.status_code == 409
    assert Assessment.objects.count() == 1
    body = text(answer)
    assert "Joku muu ehti ensin" in body
    assert body.count("Polvi tutkitaan") >= 2  # as it was typed, and in the form
    again = client.post(f"/fi/team/cases/{case.id}/assessments/", sheet(client, case))
    assert again.status_code == 302
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize("page, told", [("visits", {"note": "Käynti pidetty"}), ("closure", {"reason": "cared"})])
def test_the_other_forms_of_a_case_ask_the_same(nurse: Who, page: str, told: dict[str, str]) -> None:
    case, other, client = assessed(contact(), nurse), worker(name="Toinen Hoitaja"), signed_in(nurse)
    story = len(client.get(f"/fi/team/cases/{case.id}/").context["case"].story)
    assessed(case, other, at=NOON)
    form = {"key": str(uuid4()), "draft": page.removesuffix("s"), "story": str(story), **told}
    assert client.post(f"/fi/team/cases/{case.id}/{page}/", form).status_code == 409
    assert Case.objects.get().closed_at is None
    assert client.post(f"/fi/team/cases/{case.id}/{page}/", form | {"story": "999"}).status_code == 302


def test_a_draft_is_kept_while_typing_and_comes_back_with_its_time(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    address = f"/fi/team/cases/{case.id}/drafts/assess-need/"
    answer = client.post(address, {"note": "Puolivalmis teks", "key": "x", "story": "2"}, headers=HTMX)
    assert text(answer).strip() == "Luonnos tallessa klo 12.10."
    assert Draft.objects.get().fields == {"note": ["Puolivalmis teks"]}
    with time_machine.travel(NOON + timedelta(minutes=10), tick=False):
        body = text(client.get(f"/fi/team/cases/{case.id}/"))
    assert "Palautettiin, mitä olit kirjoittanut ma 2.3.2026 klo 12.10" in body
    assert "Puolivalmis teks" in body
    assert "Puolivalmis teks" not in text(signed_in(worker(name="Toinen")).get(f"/fi/team/cases/{case.id}/"))


def test_sending_takes_the_draft_away_and_so_does_throwing_it_away(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    address = f"/fi/team/cases/{case.id}/drafts/assess-need/"
    client.post(address, {"note": "Kesken"})
    client.post(address, {"discard": "1"})
    assert Draft.objects.count() == 0
    assert client.post(address, {"note": "Kesken"}).status_code == 302
    assert client.post(f"/fi/team/cases/{case.id}/assessments/", sheet(client, case)).status_code == 302
    assert Draft.objects.count() == 0


def test_what_was_half_written_at_one_stage_is_not_put_into_the_next() -> None:
    """Also when it was kept only after the sheet itself was saved."""
    kind, unit = "adult_social_work", "aikuissosiaalityo"
    case, client = contact(kind=kind, service="adult-social-work", unit=unit), signed_in(worker("social-worker", unit))
    first, second = (stage.key for stage in case_kinds()[kind].stages[:2])
    page = f"/fi/team/cases/{case.id}/"
    client.post(f"{page}drafts/assess-{first}/", {"note": "Heti tehtävä arvio"})
    assert "Heti tehtävä arvio" in text(client.get(page))
    judged = sheet(client, case, outcome="not_urgent", draft=f"assess-{first}")
    assert client.post(f"{page}assessments/", judged).status_code == 302
    client.post(f"{page}drafts/assess-{first}/", {"note": "Heti tehtävä arvio"})
    answer = client.get(page)
    assert answer.context["assess_form"].stage.key == second
    assert "Heti tehtävä arvio" not in text(answer)


def test_a_draft_without_end_is_refused_with_a_sentence(nurse: Who) -> None:
    case = contact()
    answer = signed_in(nurse).post(
        f"/fi/team/cases/{case.id}/drafts/assess-need/", {"note": "x" * 60_000}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "liian pitkä" in text(answer)


def test_others_see_at_once_who_has_the_case_open(nurse: Who) -> None:
    case, other = contact(), worker(name="Toinen Hoitaja")
    client, second = signed_in(nurse), signed_in(other)
    address = f"/fi/team/cases/{case.id}/presence/"
    rows = Use.objects.count()
    assert "Hilla" not in text(client.post(address))
    assert "Hilla Hoitaja" in text(second.post(address))
    assert "Avoinna nyt: Hilla Hoitaja" in text(second.get("/fi/team/"))
    assert client.post(address, {"left": "1"}).status_code == 204
    assert Presence.objects.count() == 1
    assert Use.objects.count() == rows + 1  # the list; being there shows nothing of the resident
    assert signed_in(worker(unit="kuhmo")).post(address).status_code == 404


def test_a_case_tells_whose_it_is_and_is_taken_and_handed_over_from_its_page(nurse: Who) -> None:
    case, other, client = contact(), worker(name="Toinen Hoitaja"), signed_in(nurse)
    page = f"/fi/team/cases/{case.id}/"
    mark = client.get(page).context["mark"]
    taken = client.post("/fi/team/handovers/", {"take": mark, "from_case": "1"})
    assert taken.url == page
    mark = client.get(page).context["mark"]
    asked = client.post("/fi/team/handovers/", {"give": mark, "from_case": "1"})
    assert asked.status_code == 200
    given = {"give": "chosen", "chosen": mark, "from_case": "1", "to": str(other.id), "note": "Lomani alkaa"}
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert client.post("/fi/team/handovers/", given).url == page
    body = text(client.get(page))
    assert "Toinen Hoitaja" in body
    assert "Lomani alkaa" in body
    assert Case.objects.get().responsible_id == other.id
