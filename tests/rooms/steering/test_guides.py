"""Keeping guides on the pages: written, mended, published, read through, taken away; nothing typed is lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.models import Guide
from tests.domain.catalogue.test_guides import three, written
from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
LIST = "/fi/boards/services/guides/"
LATER = today() + timedelta(days=200)


@pytest.fixture
def editor() -> Who:
    return worker("service-manager", "kehittaminen", name="Erja Editoija")


@pytest.fixture
def browser(editor: Who) -> Client:
    return signed_in(editor)


def text(response: Any) -> str:
    return response.content.decode()


def filled(**more: Any) -> dict[str, Any]:
    texts = {
        f"{name}-{language}": f"{name} {language}"
        for name in ("name", "summary", "body")
        for language in ("fi", "sv", "en")
    }
    facts = {"owner": "perhekeskus", "review_on": (today() + timedelta(days=300)).isoformat(), "order": "5"}
    return {**texts, **facts, "revision": "0", "go": "save", **more}


def begun(browser: Client, **more: Any) -> Guide:
    answer = browser.post(f"{LIST}new/", {"key": str(uuid4()), "name-fi": "Hyvä uni", "address": "", **more})
    assert answer.status_code == 302
    return Guide.objects.get()


def page_of(row: Guide) -> str:
    return f"{LIST}drafts/{row.id}/"


def test_a_guide_is_written_published_and_read(browser: Client) -> None:
    row = begun(browser)
    assert row.key == "hyva-uni"
    before = text(browser.get(page_of(row)))
    assert "Teksti puuttuu: svenska." in before
    assert "Julkaise</" not in before
    assert browser.post(page_of(row), filled()).status_code == 302
    assert "puuttuu:" not in text(browser.get(page_of(row)))
    assert browser.post(f"{page_of(row)}publication/", {"revision": "1"}).url == f"{LIST}hyva-uni/"
    assert "summary sv" in text(Client().get("/sv/guides/hyva-uni/"))
    assert "name fi" in text(browser.get(LIST))


def test_a_draft_is_looked_at_as_residents_will_and_by_editors_alone(browser: Client) -> None:
    row = begun(browser)
    answer = browser.post(page_of(row), filled(go="preview"))
    assert answer.url == f"/fi/guides/versions/{row.id}/"
    assert "body fi" in text(browser.get(answer.url))
    assert signed_in(worker("nurse")).get(answer.url).status_code == 403
    assert Client().get(answer.url).status_code == 302
    assert Client().get("/fi/guides/hyva-uni/").status_code == 404


def test_a_fault_in_a_field_keeps_what_was_typed(browser: Client) -> None:
    row = begun(browser)
    answer = browser.post(page_of(row), filled(review_on="huomenna"))
    assert answer.status_code == 422
    assert "body sv" in text(answer)
    assert "Valitse päivä." in text(answer)
    row.refresh_from_db()
    assert row.revision == 0


def test_what_another_saved_meanwhile_is_told_and_nothing_is_lost(browser: Client) -> None:
    row = begun(browser)
    browser.post(page_of(row), filled())
    answer = browser.post(page_of(row), filled(**{"name-fi": "Toinen nimi"}))
    assert answer.status_code == 409
    assert "Joku muu muutti luonnosta sillä välin" in text(answer)
    assert "Toinen nimi" in text(answer)
    row.refresh_from_db()
    assert row.content["name"]["fi"] == "name fi"


@pytest.mark.parametrize("address", ["new", "drafts", "versions"])
def test_an_address_that_a_page_of_ours_has_is_refused(browser: Client, address: str) -> None:
    answer = browser.post(f"{LIST}new/", {"key": str(uuid4()), "name-fi": "Uni", "address": address})
    assert answer.status_code == 422
    assert "Toisella oppaalla on jo tämä osoite" in text(answer)


def test_a_guide_without_a_title_is_not_begun(browser: Client) -> None:
    answer = browser.post(f"{LIST}new/", {"key": str(uuid4())})
    assert answer.status_code == 422
    assert "Kirjoita oppaalle otsikko." in text(answer)
    assert not Guide.objects.exists()


def test_an_unfinished_draft_is_not_published(browser: Client) -> None:
    row = begun(browser)
    browser.post(f"{page_of(row)}publication/", {"revision": "0"})
    row.refresh_from_db()
    assert row.published_at is None
    assert "Jotakin on ensin korjattava" in text(browser.get(page_of(row)))


def test_a_guide_is_read_through_and_taken_away_and_begun_again(browser: Client, editor: Who) -> None:
    row = guides.draft(guide=written(review_on=today() + timedelta(days=9)), id=uuid4(), by=editor, at=now())
    guides.publish(guide=row.id, revision=0, by=editor, at=now())
    assert "Lue läpi" in text(browser.get(LIST))
    day = (today() + timedelta(days=90)).isoformat()
    assert browser.post(f"{LIST}sleep/review/", {"again_on": day}).status_code == 302
    assert "Lue läpi" not in text(browser.get(LIST))
    for wrong, status in (("", 422), (today().isoformat(), 409), ("2999-01-01", 409)):
        assert browser.post(f"{LIST}sleep/review/", {"again_on": wrong}).status_code == status
    assert browser.post(f"{LIST}sleep/ending/").status_code == 302
    assert Client().get("/fi/guides/sleep/").status_code == 404
    assert browser.post(f"{LIST}sleep/ending/").status_code == 409
    answer = browser.post(f"{LIST}sleep/version/", {"key": str(uuid4()), "version": "1"})
    assert "/drafts/" in answer.url
    assert browser.post(f"{LIST}sleep/version/", {"key": str(uuid4())}).status_code == 409
    assert browser.post(f"{answer.url}removal/", {"revision": "0"}).status_code == 302
    assert Guide.objects.count() == 1


@pytest.mark.parametrize("version", ["9", "-1", "x", "99999999999"])
def test_a_version_that_is_not_there_begins_nothing_odd(browser: Client, editor: Who, version: str) -> None:
    row = guides.draft(guide=written(review_on=LATER), id=uuid4(), by=editor, at=now())
    guides.publish(guide=row.id, revision=0, by=editor, at=now())
    answer = browser.post(f"{LIST}sleep/version/", {"key": str(uuid4()), "version": version})
    assert answer.status_code in {302, 404}


def test_what_is_not_there_answers_as_missing(browser: Client) -> None:
    for path in (f"{LIST}no-such/", f"{LIST}drafts/{uuid4()}/", f"/fi/guides/versions/{uuid4()}/"):
        assert browser.get(path).status_code == 404
    for path in (f"{LIST}no-such/ending/", f"{LIST}no-such/review/", f"{LIST}no-such/version/"):
        assert browser.post(path).status_code == 404


def test_whoever_has_another_role_keeps_no_guides() -> None:
    nurse = signed_in(worker("nurse"))
    assert nurse.get(LIST).status_code == 403
    assert nurse.post(f"{LIST}new/", {"name-fi": "x"}).status_code == 403


def test_a_text_cannot_carry_a_script_to_residents(browser: Client, editor: Who) -> None:
    body = three("<script>alert(1)</script> **x** <img src=x onerror=alert(1)>")
    row = guides.draft(guide=written(body=body, review_on=LATER), id=uuid4(), by=editor, at=now())
    guides.publish(guide=row.id, revision=0, by=editor, at=now())
    shown = text(Client().get("/fi/guides/sleep/"))
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "<strong>x</strong>" in shown


def test_the_shelf_stands_with_whom_it_came_from(browser: Client) -> None:
    guides.load_guides(by=SYSTEM, at=now())
    assert "tuli järjestelmän mukana" in text(browser.get(f"{LIST}support/"))
