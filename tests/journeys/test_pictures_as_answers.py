"""A resident on the phone adds a picture of a tooth, takes one out, is told of one that cannot be taken, and sends.

Each page is looked at by axe, on a phone's width and on a desk's.
"""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from luotsi.base.now import now
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from tests.factories import as_who, contact, resident, worker
from tests.factories.files import jpeg
from tests.journeys.test_questionnaires import _patience, seen, sent, signed_in  # noqa: F401 (the fixture)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SAID = {"age": "adult", "about": "broken", "pain": 2, "phone": "040 123 4567"}


def test_pictures_of_a_tooth_on_the_phone_and_the_dentist_opens_one(
    server: str, phone: Page, desktop: Page, tmp_path: Path
) -> None:
    person = resident()
    me, case = as_who(person), contact(person)
    good, other, wrong = tmp_path / "hammas.jpg", tmp_path / "toinen.jpg", tmp_path / "kuva.gif"
    good.write_bytes(jpeg(width=640, height=480))
    other.write_bytes(jpeg())
    wrong.write_bytes(b"GIF89a" + bytes(90))
    row = questionnaires.start(
        questionnaire="need_oral", resident=me.whose, key=uuid4(), language="fi", by=me, at=now()
    )
    questionnaires.keep(response=row.id, given=SAID, at_step="phone", revision=0, by=me, at=now())
    signed_in(phone, server, me)
    phone.goto(f"{server}/fi/responses/{row.id}/7/")
    field = phone.get_by_label("Kuva hampaasta tai suusta, jos haluat")
    seen(phone, "file-question")
    field.set_input_files([good, other])
    phone.get_by_role("button", name="Lisää valitut tiedostot").click()
    expect(phone.get_by_role("link", name="hammas.jpg")).to_be_visible()
    field.set_input_files(wrong)
    phone.get_by_role("button", name="Seuraava").click()
    expect(phone.locator(".error-summary")).to_contain_text("kuva.gif")
    seen(phone, "file-error")
    phone.get_by_role("button", name="Poista toinen.jpg").click()
    expect(phone.get_by_text("toinen.jpg")).to_have_count(0)
    phone.goto(f"{server}/fi/responses/{row.id}/review/")
    expect(phone.get_by_role("link", name="hammas.jpg")).to_be_visible()
    seen(phone, "file-review")
    sent(phone)
    Response.objects.filter(id=row.id).update(subject=case.id)

    signed_in(desktop, server, worker())
    desktop.goto(f"{server}/fi/team/responses/{row.id}/")
    seen(desktop, "file-read")
    with desktop.expect_download() as loaded:
        desktop.get_by_role("link", name="hammas.jpg").click()
    assert loaded.value.suggested_filename == "hammas.jpg"
    assert Path(loaded.value.path()).read_bytes().startswith(b"\xff\xd8\xff")


def test_a_choice_on_the_page_keeps_the_file_that_was_chosen(server: str, phone: Page, tmp_path: Path) -> None:
    """Many questions on a page are drawn anew at each choice; what was chosen from the phone stays chosen."""
    me, picture = as_who(resident()), tmp_path / "hammas.jpg"
    picture.write_bytes(jpeg())
    row = questionnaires.start(
        questionnaire="need_oral", resident=me.whose, key=uuid4(), language="fi", by=me, at=now()
    )
    questionnaires.keep(response=row.id, given=SAID, at_step="phone", revision=0, by=me, at=now())
    signed_in(phone, server, me)
    phone.context.add_cookies([{"name": "luotsi_way", "value": "sections", "url": server}])
    phone.goto(f"{server}/fi/responses/{row.id}/7/")
    phone.locator("input[type=file]").set_input_files(picture)
    phone.locator("[name=q2][value=pain]").check()
    expect(phone.locator(".htmx-request")).to_have_count(0)
    assert phone.locator("input[type=file]").evaluate("field => field.files.length") == 1
    phone.get_by_role("button", name="Lisää valitut tiedostot").click()
    expect(phone.get_by_role("link", name="hammas.jpg")).to_be_visible()
    row.refresh_from_db()
    assert (row.answers["about"], [one["name"] for one in row.answers["picture"]]) == ("pain", ["hammas.jpg"])
