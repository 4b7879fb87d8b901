"""What residents read of guides; and that the one on violence leaves as little trace as a page can."""

import re

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.models import Search, Service
from luotsi.domain.events.models import Use
from tests.factories import as_who, resident
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
TELLING = re.compile(r"väkival|satutta|lyö|våld|skadar|violen|hurt|abuse", re.I)


@pytest.fixture(autouse=True)
def shelf(db: None) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    guides.load_guides(by=SYSTEM, at=now())


def shown(path: str, client: Client | None = None, **more: str) -> str:
    answer = (client or Client()).get(path, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def title(body: str) -> str:
    found = re.search(r"<title>(.*?)</title>", body, re.S)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Kun vanhempi on uupunut"), ("sv", "När en förälder är utmattad"), ("en", "When a parent is exhausted")],
)
def test_the_front_page_leads_to_guides_in_each_language(language: str, words: str) -> None:
    assert f'href="/{language}/guides/"' in shown(f"/{language}/")
    assert words in shown(f"/{language}/guides/")
    assert words in shown(f"/{language}/guides/family-centre/")
    page = shown(f"/{language}/guides/when-a-parent-is-exhausted/")
    assert f'href="/{language}/services/home-help-for-families/"' in page
    assert words in title(page)


def test_the_guide_on_violence_tells_nothing_in_title_and_address_and_is_kept_by_no_browser() -> None:
    for language in ("fi", "sv", "en"):
        path = f"/{language}/guides/support/"
        answer = Client().get(path)
        body = answer.content.decode()
        assert not TELLING.search(title(body))
        assert not TELLING.search(path)
        assert TELLING.search(body)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert 'data-leave hx-history="false"' in body
        assert 'href="tel:112"' in body
        assert 'href="tel:080005005"' in body


def test_another_guide_has_no_way_out_and_says_what_it_is() -> None:
    body = shown("/fi/guides/expecting-a-baby/")
    assert "data-leave" not in body
    assert "Kun odotat vauvaa" in title(body)


def test_whoever_reads_it_signed_in_leaves_no_row_in_any_log() -> None:
    client = signed_in(as_who(resident()))
    before = Use.objects.count()
    shown("/fi/guides/support/", client)
    assert Use.objects.count() == before


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "mieheni lyö minua"), ("sv", "min man slår mig"), ("en", "my husband hits me")]
)
def test_words_on_violence_are_kept_nowhere(language: str, words: str) -> None:
    answer = Client().get(f"/{language}/", {"q": words})
    assert not Search.objects.exists()
    assert words not in title(answer.content.decode())
    assert answer["HX-Push-Url"] == "false"
    assert answer["Cache-Control"] == "no-store"


def test_other_words_are_kept_as_before() -> None:
    answer = Client().get("/fi/", {"q": "hammas lohkesi"})
    assert Search.objects.count() == 1
    assert "hammas lohkesi" in title(answer.content.decode())
    assert "HX-Push-Url" not in answer


def test_a_service_that_is_gone_is_not_linked() -> None:
    Service.objects.filter(key="home-help-for-families").update(unpublished_at=now())
    assert "/services/home-help-for-families/" not in shown("/fi/guides/when-a-parent-is-exhausted/")


def test_a_service_written_in_finnish_alone_says_so_on_a_swedish_page() -> None:
    Service.objects.filter(key="mental-health").update(name={"fi": "Mieli"}, summary={"fi": "Apua mieleen."})
    assert re.search(
        r'<li lang="fi"><a href="/sv/services/mental-health/">Mieli', shown("/sv/guides/when-a-parent-is-exhausted/")
    )


def test_a_guide_that_is_not_there_is_missing() -> None:
    for path in ("/fi/guides/no-such/", "/fi/guides/..%2f/"):
        assert Client().get(path).status_code == 404
