"""Files among sent answers: whoever may opens them to be saved, it is logged, and nobody else finds them."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.rules.files import judged
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.files import MARK, jpeg, pdf
from tests.rooms.filling.files import SAID, at_picture, file, post
from tests.rooms.resident.test_questionnaires import revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Who:
    return as_who(resident())


@pytest.fixture
def client(me: Who) -> Client:
    return signed_in(me)


def sent(me: Who, client: Client, *files: SimpleUploadedFile) -> Response:
    row, address, field = at_picture(me, client)
    post(client, address, field, *files)
    review = f"/fi/responses/{row.id}/review/"
    assert client.post(review, {"revision": revision_of(client.get(review))}).status_code == 302
    return row


def opened(client: Client, row: Response, room: str = "") -> HttpResponse:
    file = row.attachments.order_by("name").first()
    assert file
    return client.get(f"/fi/{room}responses/{row.id}/files/{file.id}/")


def test_the_resident_sees_and_opens_their_own_after_it_was_sent(me: Who, client: Client) -> None:
    row = sent(me, client, file("haava äiti.jpg"))
    result = client.get(f"/fi/responses/{row.id}/result/").content.decode()
    answer = opened(client, row)

    assert re.search(rf'<a href="/fi/responses/{row.id}/files/[0-9a-f-]+/">haava äiti.jpg \(', result)
    assert answer.content == judged("", answer.content).content
    assert MARK.encode() not in answer.content
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''haava%20%C3%A4iti.jpg"


@pytest.mark.parametrize("name, content, kind", [("a.html", jpeg(), "image/jpeg"), ("b.svg", pdf(), "application/pdf")])
def test_what_is_served_is_saved_and_never_shown_as_a_page(
    name: str, content: bytes, kind: str, me: Who, client: Client
) -> None:
    answer = opened(client, sent(me, client, file(name, content, "text/html")))

    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("attachment;")
    assert ".html" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_worker_of_the_matter_opens_it_and_the_resident_reads_of_it(me: Who, client: Client) -> None:
    case = contact_of(me)
    row = sent(me, client, file(), file("lausunto.pdf", pdf()))
    Response.objects.filter(id=row.id).update(subject=case.id)
    nurse = worker()
    page = signed_in(nurse).get(f"/fi/team/responses/{row.id}/").content.decode()
    answer = opened(signed_in(nurse), row, "team/")
    log = client.get("/fi/own/log/").content.decode()

    assert re.search(rf'<a href="/fi/team/responses/{row.id}/files/[0-9a-f-]+/">hammas.jpg \(', page)
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert Use.objects.filter(what="attachment", actor_id=nurse.id, resident=me.id, subject=row.id).count() == 1
    assert "kuva tai tiedosto, jonka liitit vastauksiisi" in log


def contact_of(me: Who) -> Any:
    from luotsi.domain.people.models import Resident

    return contact(Resident.objects.get(id=me.id))


STRANGERS = {
    "another resident": (lambda: as_who(resident()), ""),
    "a nurse of another unit": (lambda: worker(unit="kuhmo"), "team/"),
    "a social worker": (lambda: worker("social-worker", "aikuissosiaalityo"), "team/"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_file_of_another_is_not_there(who: str, me: Who, client: Client) -> None:
    contact_of(me)
    row = sent(me, client, file())
    make, room = STRANGERS[who]
    stranger = make()
    answer = opened(signed_in(stranger), row, room)

    assert answer.status_code == 404
    assert Use.objects.filter(actor_id=stranger.id, outcome="refused").exists()


def test_a_file_opens_at_its_own_answers_only(me: Who, client: Client) -> None:
    one, two = sent(me, client, file()), sent(me, client, file())
    id = two.attachments.get().id

    assert client.get(f"/fi/responses/{two.id}/files/{id}/").status_code == 200
    assert client.get(f"/fi/responses/{one.id}/files/{id}/").status_code == 404
    assert Client().get(f"/fi/responses/{two.id}/files/{id}/").status_code == 302


@pytest.mark.parametrize("role, unit", [("service-manager", "kehittaminen"), ("unit-manager", "sotkamo")])
def test_steering_never_sees_a_file(role: str, unit: str, me: Who, client: Client) -> None:
    row = sent(me, client, file("salainen.jpg"))
    manager = signed_in(worker(role, unit))

    assert opened(manager, row, "team/").status_code in {403, 404}
    for page in ("/fi/results/", "/fi/results/need_oral/", "/fi/feedback/"):
        assert "salainen" not in manager.get(page, follow=True).content.decode()


def test_a_nurse_adds_one_with_the_resident_and_opens_it_before_it_is_sent(me: Who) -> None:
    case, nurse = contact_of(me), worker()
    client = signed_in(nurse)
    address = client.post(f"/fi/team/cases/{case.id}/filling/need_oral/", {"key": str(uuid4())})["Location"]
    row = Response.objects.get(questionnaire="need_oral")
    questionnaires.keep(response=row.id, given=SAID, at_step="phone", revision=0, by=nurse, at=now())
    address = re.sub(r"/\d+/$", "/7/", address)
    field = re.search(r'<input type="file" name="(q\d+)"', client.get(address).content.decode())[1]  # type: ignore[index]
    page = post(client, address, field, file(), go="stay").content.decode()
    href = re.search(r'<a href="(/fi/team/responses/[^"]+)">hammas.jpg', page)[1]  # type: ignore[index]

    assert client.get(href).status_code == 200
    assert signed_in(worker()).get(href).status_code == 404, "a colleague, before it was sent"
    assert Use.objects.filter(what="attachment", actor_id=nurse.id, resident=me.id).exists()


def test_a_guardian_adds_one_for_a_child() -> None:
    parent, child = resident(), resident(born=now().date() - timedelta(days=3_000))
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=worker(), at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    row = sent(acting, signed_in(acting), file())

    assert (row.attachments.count(), row.resident_id) == (1, child.id)
    assert opened(signed_in(acting), row).status_code == 200


def test_the_copy_of_ones_own_data_holds_the_file_itself(me: Who, client: Client) -> None:
    row = sent(me, client, file())
    page = client.post("/fi/own/export/copy/", {"form": "page"}).content.decode()
    (told,) = client.post("/fi/own/export/copy/", {"form": "data"}).json()["tables"]["questionnaires_attachment"]

    assert (told["response_id"], told["name"], told["kind"]) == (str(row.id), "hammas.jpg", "image/jpeg")
    assert told["sealed"].startswith("/9j/"), "base64 of a JPEG"
    assert "Liitteesi" in page
    assert "hammas.jpg" in page
    assert told["sealed"][:60] not in page
