"""What the privacy officer reads tells who, what and whose in the third person, and leaves no gap."""

import pytest

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.definitions import log_words, tried_words
from tests.factories import contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.oversight.giving import text

pytestmark = pytest.mark.django_db
LOG, UNUSUAL = "/fi/oversight/log/", "/fi/oversight/unusual/"


@pytest.fixture
def officer() -> Who:
    return worker("privacy-officer", "tietosuoja", "Tiina Turvaniitty")


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def test_a_refused_look_is_told_as_tried_and_a_shown_one_as_done(officer: Who, nurse: Who) -> None:
    ours, theirs = contact(resident()), contact(resident(), unit="kuhmo")
    for case in (ours, theirs):
        signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    rows = signed_in(officer).get(LOG).context["rows"]

    assert sorted((row["is_refused"], row["action"]) for row in rows if row["who"] == nurse.name) == [
        (False, "avasi asian"),
        (True, "yritti avata asian"),
    ]


def test_every_language_tells_what_was_tried_also_of_an_action_without_words_of_its_own() -> None:
    known = log_words()["actions"]
    assert tried_words("no.such") == known.other.tried
    assert [key for key, word in known.words.items() if word.tried and word.tried == word.officer] == []
    assert tried_words("case.read").en == "tried to open a matter"


@pytest.mark.parametrize(("language", "said", "never"), [
    ("fi", "Suostumus", "Suostumuksesi"), ("sv", "Samtycke", "Ditt samtycke"), ("en", "Consent", "Your consent"),
])  # fmt: skip
def test_a_ground_is_said_to_the_officer_in_the_third_person(
    officer: Who, nurse: Who, language: str, said: str, never: str
) -> None:
    events.saw(nurse, residents=[resident().id], what="case", ground="consent")
    page = text(signed_in(officer).get(LOG.replace("/fi/", f"/{language}/")))

    assert said in page
    assert never not in page


def test_workers_of_one_name_are_told_apart_by_role_and_unit(officer: Who) -> None:
    for unit in ("sotkamo", "kuhmo"):
        worker(unit=unit, name="Anna Sama")
    form = signed_in(officer).get(LOG).context["form"]
    named = [label for _, label in form.fields["actor"].choices if label.startswith("Anna Sama")]

    assert len(set(named)) == 2
    assert all("Sairaanhoitaja, " in label for label in named)


def test_the_log_explains_its_network_addresses(officer: Who, nurse: Who) -> None:
    signed_in(nurse).get(f"/fi/team/cases/{contact(resident()).id}/")
    page = text(signed_in(officer).get(LOG))

    assert "Verkko-osoite kertoo, miltä koneelta" in page
    assert "Mistä" not in page


def test_a_finding_about_a_worker_alone_has_no_empty_cells(officer: Who, nurse: Who) -> None:
    for person in (resident(), resident(), resident()):
        signed_in(nurse).get(f"/fi/team/cases/{contact(person, unit='kuhmo').id}/")
    page = text(signed_in(officer).get(UNUSUAL))
    table = page[page.index("<table") : page.index("</table>")]

    assert "Monta estettyä yritystä" in page
    assert "Kuinka monen tietoja" in table
    assert "Sairaanhoitaja, Sotkamon" in table
    assert ">–<" not in table


def test_a_finding_of_refusals_leads_to_the_refused_rows(officer: Who, nurse: Who) -> None:
    for person in (resident(), resident(), resident()):
        signed_in(nurse).get(f"/fi/team/cases/{contact(person, unit='kuhmo').id}/")
    signed_in(nurse).get(f"/fi/team/cases/{contact(resident()).id}/")
    sent = {"actor": str(nurse.id), "resident": "", "outcome": "refused"}
    rows = signed_in(officer).post(UNUSUAL, sent, follow=True).context["rows"]

    assert [row["is_refused"] for row in rows] == [True, True, True]
