"""Pictures and papers as answers, on the pages: added, refused in words, taken out, looked through, by a link too."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.config.models import Session
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Attachment, Response
from luotsi.domain.questionnaires.queries import gathering
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.files import jpeg, large, pdf, png
from tests.rooms.filling.files import at_picture, file, named, post
from tests.rooms.resident.test_questionnaires import begin, fields_of, revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Who:
    return as_who(resident())


@pytest.fixture
def client(me: Who) -> Client:
    return signed_in(me)


def test_the_page_takes_a_picture_without_script_and_offers_the_camera(me: Who, client: Client) -> None:
    _, address, field = at_picture(me, client)
    page = client.get(address).content.decode()
    chosen = re.search(rf'<input type="file" name="{field}"[^>]*>', page)

    assert 'enctype="multipart/form-data"' in page
    assert chosen
    assert 'accept="image/jpeg,image/png,application/pdf"' in chosen[0]
    assert "multiple" in chosen[0]
    assert "capture" not in chosen[0], "a picture that was taken before is as good"
    assert "enintään 5 Mt" in page


def test_a_page_without_a_picture_is_sent_as_before(me: Who, client: Client) -> None:
    page = client.get(begin(client, "need_oral")).content.decode()
    assert "multipart" not in page


def test_several_are_given_one_is_taken_out_and_the_review_names_the_rest(me: Who, client: Client) -> None:
    row, address, field = at_picture(me, client)
    added = post(client, address, field, file(), file("lausunto.pdf", pdf(), "application/pdf"), go="stay")
    assert added.status_code == 200
    assert named(row) == ["hammas.jpg", "lausunto.pdf"]
    page = client.get(address).content.decode()
    drop = re.search(rf'name="go" value="(drop-{field}-[0-9a-f-]+)"', page)[1]  # type: ignore[index]
    assert post(client, address, field, go=drop).status_code == 200
    assert named(row) == ["lausunto.pdf"]
    onward = post(client, address, field, file("toinen.png", png(), "image/png"))
    review = client.get(f"/fi/responses/{row.id}/review/").content.decode()

    assert onward.status_code == 302
    assert named(row) == ["lausunto.pdf", "toinen.png"]
    assert Attachment.objects.count() == 2
    assert re.search(r"lausunto.pdf \(1 kt\)", review)
    assert "toinen.png (" in review


REFUSED = {
    "hammas.jpg|empty": (b"", "on tyhjä"),
    "hammas.jpg|large": (large(5_100_000), "on liian suuri"),
    "kuva.gif|kind": (b"GIF89a" + bytes(90), "Emme voi ottaa"),
    "sivu.jpg|page": (b"<html><script>alert(1)</script>", "Emme voi ottaa"),
    "kuva.jpg|damaged": (jpeg()[:300], "vioittunut"),
    "ohjelma.pdf|active": (pdf(says=b"/JavaScript"), "ohjelma tai toinen tiedosto"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_one_that_is_refused_says_why_by_the_question_and_nothing_else_is_lost(
    what: str, me: Who, client: Client
) -> None:
    row, address, field = at_picture(me, client)
    content, words = REFUSED[what]
    name = what.split("|")[0]
    upload = file("hyva.jpg"), SimpleUploadedFile(name, content, "image/jpeg")
    answer = post(client, address, field, *upload)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "error-summary" in page
    assert words in page
    assert name in page
    assert named(row) == ["hyva.jpg"], "the sound one stays"
    assert "hyva.jpg (" in page
    assert "<script>alert" not in page
    assert post(client, address, field).status_code == 302, "one goes on without it"


def test_on_a_page_of_many_questions_the_others_keep_what_was_written(me: Who, client: Client) -> None:
    row, address, field = at_picture(me, client)
    client.cookies["luotsi_way"] = "sections"
    page = client.get(address).content.decode()
    words = re.search(r'<textarea name="(q\d+)"', page)[1]  # type: ignore[index]
    sent = fields_of(page) | {words: "Oikea ylhäällä", field: [file("a.gif", b"GIF89a")], "go": "next"}
    answer = client.post(address, sent)

    row.refresh_from_db()
    assert answer.status_code == 422
    assert "Oikea ylhäällä" in answer.content.decode()
    assert row.answers["what"] == "Oikea ylhäällä"


def test_a_choice_on_the_same_page_neither_sends_nor_loses_the_file(me: Who, client: Client) -> None:
    """htmx sends the rest of the page without it, and keeps the field as it is."""
    row, address, field = at_picture(me, client)
    client.cookies["luotsi_way"] = "sections"
    fields = fields_of(client.get(address).content.decode()) | SAME
    page = client.post(address, fields | {field: [file()], "go": "stay"}).content.decode()
    sent = fields_of(page) | SAME | {field: ["[object File]", named_id(page, field)], "go": "stay"}
    answer = client.post(address, sent, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert named(row) == ["hammas.jpg"]
    assert re.search(
        rf'<input type="file" name="{field}"[^>]* hx-preserve[^>]* id="id_{field}"', answer.content.decode()
    )


SAME = {"q1": "adult", "q2": "broken"}


def named_id(page: str, field: str) -> str:
    return re.search(rf'<input type="hidden" name="{field}" value="([^"]+)"', page)[1]  # type: ignore[index]


def test_a_page_of_another_device_loses_no_file(me: Who, client: Client) -> None:
    row, address, field = at_picture(me, client)
    old = revision_of(client.get(address))
    post(client, address, field, file("eka.jpg"), go="stay")
    answer = client.post(address, {"revision": old, field: [file("toka.jpg")], "go": "next"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "toka.jpg (" in page, "the one that was sent now"
    assert "eka.jpg" in page, "and what another device saved"
    again = client.post(address, {"revision": revision_of(answer), field: [named_id(page, field)], "go": "next"})
    assert again.status_code == 302
    assert named(row) == ["toka.jpg"]


def test_a_file_that_is_named_and_not_theirs_is_no_answer(me: Who, client: Client) -> None:
    other = as_who(resident())
    theirs, _, _ = at_picture(other, signed_in(other))
    kept = questionnaires.attach(response=theirs.id, item="picture", name="a", content=jpeg(), by=other, at=now())
    row, address, field = at_picture(me, client)
    client.post(address, {"revision": 1, field: [kept["file"], "x", "../1"], "go": "next"})

    assert named(row) == []


def link(mode: str = "link") -> str:
    collection = questionnaires.open_collection(
        questionnaire="need_oral", name="Aula", mode=mode, unit="sotkamo", key=uuid4(), by=worker("unit-manager"),
        at=now(),
    )  # fmt: skip
    return f"/fi/answers/{gathering.token_of(collection.id)}/"


def to_picture(client: Client, start: str) -> str:
    """Answer up to the page of the picture, or the review."""
    address = client.post(start)["Location"]
    while "review" not in address:
        page = client.get(address).content.decode()
        if 'type="file"' in page:
            return str(address)
        fields = {name: "broken" if value == "pain" else value for name, value in fields_of(page).items()}
        address = client.post(address, fields | {"go": "next"})["Location"]
    return str(address)


@pytest.mark.django_db(transaction=True)
def test_by_a_link_it_is_sealed_with_this_browser_until_it_is_sent() -> None:
    client, start = Client(), link()
    address = to_picture(client, start)
    field = re.search(r'<input type="file" name="(q\d+)"', client.get(address).content.decode())[1]  # type: ignore[index]
    rows = Session.objects.count()
    page = post(client, address, field, file("eka.jpg"), file("toka.png", png()), go="stay").content.decode()
    assert Session.objects.count() == rows + 2, "a row for each"
    drop = re.search(rf'name="go" value="(drop-{field}-[0-9a-f-]+)"', page)[1]  # type: ignore[index]
    post(client, address, field, go=drop)
    assert Session.objects.count() == rows + 1
    assert not Attachment.objects.exists()
    assert all(b"JFIF" not in row.session_data.encode() for row in Session.objects.all())
    address = post(client, address, field)["Location"]
    while "review" not in address:
        address = client.post(address, fields_of(client.get(address).content.decode()) | {"go": "next"})["Location"]
    review = client.get(address)
    assert "toka.png (" in review.content.decode()
    answer = client.post(address, {"revision": revision_of(review)})

    assert answer.status_code == 200
    assert [row.name for row in Attachment.objects.all()] == ["toka.png"]
    assert Attachment.objects.get().response == Response.objects.get()
    assert Session.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_begun_anew_the_files_of_before_are_gone() -> None:
    client, start = Client(), link()
    address = to_picture(client, start)
    field = re.search(r'<input type="file" name="(q\d+)"', client.get(address).content.decode())[1]  # type: ignore[index]
    post(client, address, field, file(), go="stay")
    client.post(start)

    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_kiosk_asks_for_none_and_says_why() -> None:
    client, start = Client(), link("kiosk")

    assert "koska muut käyttävät tätä laitetta sinun jälkeesi" in client.get(start).content.decode()
    assert to_picture(client, start).endswith("/review/")


def test_on_paper_it_says_how_to_attach_one() -> None:
    client = Client()

    assert "Liitä kuva tai paperi" in client.get("/fi/questionnaires/need_oral/paper/").content.decode()
    assert client.get("/fi/questionnaires/need_oral/paper.pdf").content.startswith(b"%PDF-")
