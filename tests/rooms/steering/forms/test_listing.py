"""The county's forms: the list, one form, new ones, and the way of a draft to use and out of it."""

import json
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.questionnaires.actions import designing
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.models import Form
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.steering.forms.reading import FORMS, NAME, at, now, text

pytestmark = pytest.mark.django_db


def test_the_list_holds_every_form_and_is_narrowed_by_words_and_state(browser: Client, draft: Form) -> None:
    whole = text(browser.get(FORMS))
    found = text(browser.get(FORMS, {"words": "odotitko", "state": "draft"}))

    assert "Palaute vastaanotosta" in whole
    assert 'href="/fi/boards/forms/oma/"' in found
    assert "Palaute vastaanotosta" not in found
    assert "Mikään lomake ei ole sellainen" in text(browser.get(FORMS, {"words": "ei mikään näistä"}))


@pytest.mark.parametrize("sort", ["name", "-state", "purpose", "changed", "uses", "nonsense"])
def test_the_list_can_be_sorted(browser: Client, sort: str) -> None:
    assert browser.get(FORMS, {"sort": sort}).status_code == 200


@pytest.mark.parametrize("key", sorted(questionnaires()))
def test_every_form_of_the_shelf_has_its_page(browser: Client, key: str) -> None:
    answer = browser.get(f"{FORMS}{key}/")

    assert answer.status_code == 200
    assert questionnaires()[key].items[-1].label.fi in answer.content.decode().replace("&#x27;", "'").replace(
        "&quot;", '"'
    )


def test_a_form_is_copied_and_the_copy_is_a_draft(browser: Client) -> None:
    answer = browser.post(f"{FORMS}feedback_reception/copy/", {"key": str(uuid4())})

    row = Form.objects.get()
    assert answer.headers["Location"] == at(row)
    assert (row.key, row.published_at) == ("palaute_vastaanotosta_kopio", None)


def test_a_form_is_begun_from_nothing(browser: Client) -> None:
    answer = browser.post(f"{FORMS}new/", {**NAME, "key": str(uuid4())}, follow=True)

    assert answer.status_code == 200
    assert Form.objects.get().key == "oma_palaute"
    assert browser.post(f"{FORMS}new/", {"name-fi": ""}).status_code == 422


def test_a_file_made_elsewhere_becomes_a_draft_and_what_it_cannot_be_is_told_by_item(browser: Client) -> None:
    item = {"linkId": "/1", "text": "Question one", "type": "string", "enableWhen": [], "answerConstraint": "x"}
    told = {"resourceType": "Questionnaire", "language": "en", "title": "Elsewhere", "item": [item]}
    upload = SimpleUploadedFile("a.json", json.dumps(told).encode())

    answer = browser.post(f"{FORMS}new/", {"file": upload, "key": str(uuid4())}, follow=True)

    assert Form.objects.get().origin == "import"
    assert "Question one" in text(answer)
    assert "answerConstraint" in text(answer)


@pytest.mark.parametrize("said", [b"", b"not json", b'{"resourceType": "Patient"}', b"[1, 2]"])
def test_a_file_that_is_no_form_is_refused_in_words(browser: Client, said: bytes) -> None:
    upload = SimpleUploadedFile("a.json", said)

    answer = browser.post(f"{FORMS}new/", {"file": upload, "key": str(uuid4())})

    assert answer.status_code == 422
    assert not Form.objects.exists()


def test_a_form_goes_from_draft_to_use_by_two_people(browser: Client, draft: Form, manager: Who) -> None:
    other = signed_in(manager)
    assert browser.post(at(draft, "proposal/"), {"revision": 0, "note": ""}).status_code == 409
    browser.post(at(draft, "proposal/"), {"revision": 0, "note": "Oma kysely"})

    assert browser.post(at(draft, "publication/"), {"revision": 1}).status_code == 409
    assert "Ota käyttöön" in text(other.get(at(draft, "checks/")))
    assert other.post(at(draft, "publication/"), {"revision": 1}).status_code == 302

    assert Form.objects.get().published_at
    assert "Käytössä" in text(browser.get(f"{FORMS}oma/"))
    assert browser.get(at(draft)).status_code == 404


def test_a_next_version_tells_what_it_changes_and_the_first_is_still_shown(
    browser: Client, draft: Form, editor: Who, manager: Who
) -> None:
    row = designing.propose(form=draft.id, note="Eka", revision=0, by=editor, at=MORNING)
    designing.publish(form=draft.id, revision=row.revision, by=manager, at=MORNING)
    answer = browser.post(f"{FORMS}oma/version/", {"key": str(uuid4())})
    second = UUID(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])
    said = {"revision": 0, "type": "text", "label-fi": "Uusi asia", "place": ""}
    browser.post(f"{FORMS}drafts/{second}/questions/", said)

    checks = text(browser.get(f"{FORMS}drafts/{second}/checks/"))
    assert "Uusi asia" in checks
    assert "Puuttuu: svenska, English" in checks
    assert "Uusi asia" not in text(browser.get(f"{FORMS}oma/"))
    assert browser.post(f"{FORMS}oma/version/", {"key": str(uuid4())}).status_code == 409


def test_a_form_is_taken_out_of_use_with_a_reason(browser: Client, draft: Form, editor: Who, manager: Who) -> None:
    row = designing.propose(form=draft.id, note="Eka", revision=0, by=editor, at=MORNING)
    designing.publish(form=draft.id, revision=row.revision, by=manager, at=MORNING)

    assert browser.post(f"{FORMS}oma/retirement/", {"why": ""}).status_code == 409
    assert browser.post(f"{FORMS}oma/retirement/", {"why": "Kysely päättyi"}).status_code == 302
    assert "Kysely päättyi" in text(browser.get(f"{FORMS}oma/"))


def test_a_draft_is_thrown_away(browser: Client, draft: Form) -> None:
    assert browser.post(at(draft, "removal/"), {"revision": 0}).status_code == 302
    assert not Form.objects.exists()


def test_a_form_is_taken_as_a_file_and_read_back_the_same(browser: Client, editor: Who) -> None:
    answer = browser.get(f"{FORMS}feedback_reception/file.json")
    upload = SimpleUploadedFile("a.json", answer.content)

    browser.post(f"{FORMS}new/", {"file": upload, "key": str(uuid4())})

    kept = now(Form.objects.get(), editor)
    assert kept.items == questionnaires()["feedback_reception"].items
    assert kept.scores == questionnaires()["feedback_reception"].scores


def test_a_form_is_printed_also_while_it_is_made(browser: Client, draft: Form) -> None:
    assert "Odotitko käynnin alkua" in text(browser.get(f"{FORMS}oma/paper/"))
    assert browser.get(f"{FORMS}oma/paper.pdf?version=1").content.startswith(b"%PDF")


def test_a_unit_manager_reads_forms_and_makes_none(draft: Form) -> None:
    browser = signed_in(worker("unit-manager"))

    assert browser.get(FORMS).status_code == 200
    assert browser.get(f"{FORMS}oma/").status_code == 200
    assert "Tee lomake" not in text(browser.get(FORMS))
    for address in (f"{FORMS}new/", at(draft), at(draft, "checks/")):
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize("address", ["nothing/", "nothing/file.json", "drafts/01890a5d-ac96-774b-bcce-b302099a8057/"])
def test_what_is_not_there_answers_404(browser: Client, address: str) -> None:
    assert browser.get(f"{FORMS}{address}").status_code == 404
