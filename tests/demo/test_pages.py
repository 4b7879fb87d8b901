"""The guide: who one can be, one press each, and the walk. It exists only in the demonstration."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from luotsi.base.who import SYSTEM
from luotsi.demo import cast, prepare, walk
from luotsi.domain.catalogue.actions import loading as catalogue
from tests.demo.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_guide_names_the_cast_and_the_walk(visitor: Client, language: str) -> None:
    page = visitor.get(f"/{language}/demo/")
    text = page.content.decode()

    assert page.status_code == 200
    for member in cast.MEMBERS.values():
        assert member.name in text
        assert member.does.in_language(language) in text.replace("&#x27;", "'")
    assert text.count("<li") >= len(walk.STEPS)
    assert "200" in text
    assert re.search(r"1\D022.*73\D000|73\D000.*1\D022", text)
    assert 'id="walk-morning"' in text


@pytest.mark.parametrize("key", list(cast.MEMBERS))
def test_one_press_signs_in_and_leads_to_ones_own_room(visitor: Client, key: str) -> None:
    landed = visitor.post("/fi/demo/session/", {"member": key}, follow=True)

    assert landed.status_code == 200
    assert landed.context["viewer"].name == cast.MEMBERS[key].name
    assert landed.request["PATH_INFO"] != "/fi/"


@pytest.mark.parametrize("step", [step for step in walk.STEPS if step.who], ids=lambda step: str(step.title))
def test_every_step_leads_somewhere_its_member_may_be(visitor: Client, step: walk.Step) -> None:
    with override("fi"):
        address = step.url()
    if address == reverse("contact", args=["nurse-reception"]):
        catalogue.load_shelf(by=SYSTEM, at=AT)

    landed = visitor.post("/fi/demo/session/", {"member": step.who, "next": address}, follow=True)

    assert landed.redirect_chain[0][0] == address
    assert landed.status_code == 200


def test_the_guide_keeps_where_one_wanted_to_go(visitor: Client) -> None:
    page = visitor.get("/fi/demo/", {"next": "/fi/matters/"})

    assert b'name="next" value="/fi/matters/"' in page.content


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_foreign_address_is_not_followed(visitor: Client, address: str) -> None:
    page = visitor.get("/fi/demo/", {"next": address})
    landed = visitor.post("/fi/demo/session/", {"member": "nelli", "next": address})

    assert address.encode() not in page.content
    assert landed["Location"] == reverse("worklist")


def test_a_name_that_nobody_has_is_refused_in_words(visitor: Client) -> None:
    refused = visitor.post("/fi/demo/session/", {"member": "nobody"})

    assert refused.status_code == 400
    assert "ei ole sen nimistä" in refused.content.decode()
    assert visitor.get("/fi/demo/session/")["Location"] == "/fi/demo/"


def test_signing_in_needs_the_form_s_own_token() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/fi/demo/session/", {"member": "nelli"}).status_code == 403


def test_a_demonstration_in_which_nothing_happens_grows_stale() -> None:
    standing = prepare.standing()

    assert standing is not None
    assert not standing.is_stale(standing.newest + timedelta(hours=30))
    assert standing.is_stale(standing.newest + timedelta(days=3))


def test_a_second_one_does_not_touch_the_first(filled: prepare.DemonstrationMade) -> None:
    with pytest.raises(prepare.Refused, match="it stands"):
        prepare.fill(count=150, seed=1, at=AT, progress=prepare.Progress(is_quiet=True))
    standing = prepare.standing()

    assert standing is not None
    assert standing.residents == filled.residents


def test_production_has_no_guide() -> None:
    """The address itself is missing there, not only closed."""
    keys = {f"LUOTSI_{name}_KEY": "ab" * 32 for name in ("SECRET", "IDENTITY", "PSEUDONYM", "SEAL")}
    asked = (
        "import django; django.setup(); from django.urls import reverse, NoReverseMatch\n"
        "try: reverse('demo')\nexcept NoReverseMatch: print('missing')"
    )
    environment = {"LUOTSI_MODE": "production", "LUOTSI_HOSTS": "luotsi.example.org", **keys}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "luotsi.config.settings",
        "DATABASE_URL": "postgresql://nobody@localhost/x",
    }
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, timeout=60)

    assert done.stdout.strip() == "missing", done.stderr
