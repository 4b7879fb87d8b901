"""A message to a service: written, looked through with help in sight when somebody is in danger, changed, sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.cases.models import Case
from luotsi.domain.catalogue.actions import loading as catalogue
from tests.factories import as_who, resident
from tests.journeys.test_questionnaires import seen, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_message_is_looked_through_changed_and_sent(phone: Page, server: str) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    signed_in(phone, server, as_who(resident()))
    phone.goto(f"{server}/fi/services/nurse-reception/contact/")
    phone.locator("[name=what]").fill("Hengitys vinkuu.")
    phone.locator("[name=since][value=week]").check()
    phone.locator("[name=now][value=breath]").check()
    phone.locator("[name=phone]").fill("040 123 4567")
    phone.get_by_role("button", name="Tarkista ja lähetä").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tarkista viesti")
    expect(phone.get_by_text("Soita heti 112")).to_be_visible()
    seen(phone, "contact-looked-through")
    phone.get_by_role("button", name="Muuta viestiä").click()
    phone.locator("[name=what]").fill("Hengitys vinkuu yöllä.")
    phone.get_by_role("button", name="Tarkista ja lähetä").click()
    phone.get_by_role("button", name="Lähetä", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/matters/[0-9a-f-]{36}/$"))
    sent = Case.objects.get().contact
    assert sent is not None
    assert sent.response is not None
    assert sent.response.answers["what"] == "Hengitys vinkuu yöllä."
