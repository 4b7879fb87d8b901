"""A text in another language than the page's says so, to the ear and to the eye."""

import re

import pytest
from django.test import Client

from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.models import Service
from tests.factories import MORNING

pytestmark = pytest.mark.django_db
FINNISH = "Vain suomeksi kirjoitettu"
FIELDS = ("name", "summary", "description", "user_instruction", "next_steps", "cost")
OPENING = re.compile(r"<(/?)(\w+)([^>]*)>")
EMPTY = {"br", "hr", "img", "input", "link", "meta", "use", "path", "circle", "rect"}


@pytest.fixture(autouse=True)
def service() -> None:
    catalogue.load_shelf(by=SYSTEM, at=MORNING)
    Service.objects.filter(key="urgent-dental-care").update(**{field: {"fi": FINNISH} for field in FIELDS})


def unspoken(html: str) -> list[str]:
    """Where the Finnish words stand inside nothing that is said to be Finnish; titles and crumbs are the name alone."""
    body = re.sub(r"<script.*?</script>|<svg.*?</svg>|<nav.*?</nav>", "", html.partition("<body")[2], flags=re.DOTALL)
    found, open_, at = [], [], 0
    for tag in OPENING.finditer(body):
        said = body[at : tag.start()]
        if FINNISH in said and next((one for one in reversed(open_) if one), "sv") != "fi":
            found.append(said.strip()[:80])
        at, (closes, name, rest) = tag.end(), tag.groups()
        if closes:
            open_.pop() if open_ else None
        elif name not in EMPTY and not rest.endswith("/"):
            spoken = re.search(r'\blang="(\w+)"', rest)
            open_.append(spoken[1] if spoken else "")
    return found


def test_the_check_itself_speaks_where_nothing_is_said() -> None:
    assert unspoken(f"<body><p>{FINNISH}</p></body>") == [FINNISH]
    assert unspoken(f'<body><div lang="fi"><p>x</p><p>{FINNISH}</p></div></body>') == []


def test_a_service_page_says_that_its_texts_are_finnish() -> None:
    html = Client().get("/sv/services/urgent-dental-care/").content.decode()
    assert FINNISH in html
    assert unspoken(html) == []
    assert "Den här tjänsten är beskriven bara på finska." in html
    assert (
        "Den här tjänsten är beskriven bara på finska."
        not in Client().get("/sv/services/dental-care/").content.decode()
    )


def test_a_search_marks_what_it_found_in_finnish() -> None:
    html = Client().get("/sv/", {"q": "tandvärk"}).content.decode()
    assert FINNISH in html
    assert unspoken(html) == []
