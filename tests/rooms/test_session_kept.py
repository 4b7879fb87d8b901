"""What somebody was sending when their session ended, or when they had to confirm that it is still them."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client, RequestFactory

from luotsi.base.who import Who
from luotsi.config.models import Session
from luotsi.demo.residents import identity_code
from luotsi.rooms import kept
from luotsi.rooms.page import ask_to_confirm
from luotsi.rooms.session import act_for
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.factories.visits import MORNING, resident_called, sign_in_on, worker

LIST = "/fi/team/"
CONTACT = "/fi/services/nurse-reception/contact/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> Who:
    return worker("Testi Hoitaja")


@pytest.fixture
def resident() -> Who:
    return resident_called("Sanni", 910)


def test_what_a_resident_was_sending_waits_for_them_and_is_sent_after_signing_in(resident: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(resident)
        clock.shift(timedelta(minutes=31))
        refused = browser.post(CONTACT, {"matter": "Polveen sattuu portaissa", "channel": "message"})
        clock.shift(timedelta(minutes=10))
        again = Client()
        again.cookies = browser.cookies
        sign_in_on(again, resident)
        page = again.get("/fi/session/kept/").content.decode()

    assert refused.status_code == 403
    assert "Polveen sattuu" not in refused.content.decode()
    assert "Polveen sattuu portaissa" in page
    assert f'action="{CONTACT}"' in page
    assert 'name="channel" value="message"' in page


def test_nobody_else_sees_what_was_kept(resident: Who) -> None:
    other = resident_called("Tuomas", 911)
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(resident)
        clock.shift(timedelta(minutes=31))
        browser.post(CONTACT, {"matter": "Polveen sattuu portaissa"})
        sign_in_on(browser, other)

        assert "Polveen" not in browser.get("/fi/session/kept/").content.decode()
        sign_in_on(browser, resident)
        assert "Polveen" not in browser.get("/fi/session/kept/").content.decode()


def test_who_acted_for_another_acts_for_them_again_and_sends_nothing_as_their_own(resident: Who) -> None:
    child = uuid4()
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(replace(resident, acting_for=child))
        clock.shift(timedelta(minutes=31))
        browser.post(CONTACT, {"matter": "Lapsella on kuumetta"})
        sign_in_on(browser, resident)
        assert browser.session["acting_for"] == str(child)
        request = HttpRequest()
        request.session = browser.session
        assert kept.find(request, resident) is not None
        act_for(request, None)
        assert kept.find(request, resident) is None


def test_whom_one_acted_for_is_nobody_elses_to_take_over(resident: Who) -> None:
    other = resident_called("Tuomas", 911)
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(replace(resident, acting_for=uuid4()))
        clock.shift(timedelta(minutes=31))
        browser.get("/fi/matters/")
        sign_in_on(browser, other)
        assert "acting_for" not in browser.session


def test_after_an_hour_nothing_waits(resident: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(resident)
        clock.shift(timedelta(minutes=31))
        browser.post(CONTACT, {"matter": "Polveen sattuu portaissa"})
        clock.shift(timedelta(minutes=61))
        sign_in_on(browser, resident)

        assert "Polveen" not in browser.get("/fi/session/kept/").content.decode()


def test_a_form_with_an_identity_code_is_not_kept(resident: Who) -> None:
    code = identity_code(datetime(1970, 1, 1).date(), "-", 912)
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(resident)
        clock.shift(timedelta(minutes=31))
        refused = browser.post(CONTACT, {"matter": f"Äitini {code} tarvitsee apua"})

    assert refused.status_code == 403
    assert "kept" not in browser.session
    assert code not in refused.content.decode()


def test_a_forms_own_key_is_no_identity_code_though_its_digits_look_like_one(resident: Who) -> None:
    form = {"key": "3f123456-7891-4abc-9def-0123456a7891", "what": "Polvi on kipeä", "since": "week"}
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(resident)
        clock.shift(timedelta(minutes=31))
        refused = browser.post(CONTACT, form)
        assert "kept" in browser.session

    assert refused.status_code == 403


def test_what_was_sent_or_thrown_away_waits_no_longer(resident: Who) -> None:
    services_stand()
    form = {"key": str(uuid4()), "what": "Polvi on kipeä", "since": "week", "phone": "040 123 4567", "go": "send"}
    with time_machine.travel(MORNING, tick=False) as clock:
        for address in (CONTACT, "/fi/session/kept/"):
            browser = signed_in(resident)
            clock.shift(timedelta(minutes=31))
            browser.post(CONTACT, form)
            sign_in_on(browser, resident)
            assert "kept" in browser.session
            assert browser.post(address, form).status_code == 302
            assert "kept" not in browser.session


def test_a_visitor_who_sends_a_form_is_told_and_keeps_nothing() -> None:
    browser = Client()
    refused = browser.post(CONTACT, {"matter": "Polveen sattuu portaissa"})

    assert refused.status_code == 403
    assert Session.objects.count() == 0


def test_what_one_was_sending_waits_while_one_confirms_that_it_is_oneself(nurse: Who) -> None:
    browser, request = signed_in(nurse), RequestFactory().post("/fi/somewhere/?x=1", {"reason": "Potilas on tajuton"})
    request.session = browser.session
    request.viewer = nurse
    moved = ask_to_confirm(request)
    kept.note_sent(request, nurse)

    assert moved.url == "/fi/session/confirmation/?next=%2Ffi%2Fsession%2Fkept%2F"
    found = kept.find(request, nurse)
    assert (found.address, found.written) == ("/fi/somewhere/?x=1", ["Potilas on tajuton"])


def test_an_htmx_part_that_meets_the_end_takes_the_whole_page_along(nurse: Who) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in(nurse)
        clock.shift(timedelta(minutes=15))
        part = browser.get(LIST, headers={"HX-Request": "true", "X-Luotsi-Passive": "1"})
        sent = browser.post(CONTACT, {"matter": "Soita äidille"}, headers={"HX-Request": "true"})

    assert (part.status_code, part["HX-Refresh"]) == (401, "true")
    assert (sent.status_code, sent["HX-Redirect"]) == (401, "/fi/session/?next=%2Ffi%2Fsession%2Fkept%2F")
