"""An indicator's page: what it says now, how it has moved, how the units stand, and how it is counted."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from luotsi.domain.indicators import definitions
from tests.factories import worker
from tests.factories.clients import signed_in
from tests.rooms.steering.reading import tile, tree, words

pytestmark = pytest.mark.django_db
PAGE = "/fi/boards/indicators/care_within_7_days/"


def units(page: Any) -> list[list[str]]:
    """The table unit by unit, the head first: the one whose headings sort."""
    found = next(one for one in tree(page).find_class("table") if one.find_class("table-sort"))
    return [[words(cell) for cell in row.iter("th", "td")] for row in found.iter("tr")]


def test_it_says_the_figure_of_how_many_and_what_it_means(manager: Client) -> None:
    page = manager.get(PAGE)
    assert "70,8 %" in tile(page, "Hoitoon seitsemässä päivässä")
    told = words(page)
    assert "Kuinka suuri osa kiireettömistä ensikäynneistä pidettiin" in told
    assert "Osoittaja 97 Nimittäjä 137" in told
    assert "Kattavuus 81,1 % Kiireettömät ensikäynnit, joilla on kirjattu hoidon tarpeen arviointi" in told


def test_it_says_how_it_is_counted_and_who_answers_for_it(manager: Client) -> None:
    told = words(manager.get(PAGE))
    assert "enintään 7 kalenteripäivää arviointipäivän jälkeen" in told
    assert "Vastuualuepäällikkö" in told
    assert "1, voimassa su 22.11.2026 alkaen" in told
    assert "31.12.2025 vähintään 80 % Source document 002" in told


def test_the_law_stands_with_each_of_its_lines(manager: Client) -> None:
    told = words(manager.get("/fi/boards/indicators/oral_wait_days/"))
    assert "1.9.2023 Laki: enintään neljä kuukautta 123 pv 1326/2010, 51 b § (117/2023)" in told
    assert "1.1.2025 Laki: enintään kuusi kuukautta" in told


def test_the_worked_example_shows_its_facts_and_its_table(manager: Client) -> None:
    told = words(manager.get(PAGE))
    assert "vk 11 60,0 3 5 100,0" in told
    assert "Kaikki yhteensä 71,4 5 7 87,5" in told
    example = definitions.indicator("care_within_7_days").example
    assert len(example.cases) == 10
    assert all(case.case in told for case in example.cases)
    assert "7 days kyllä 4.3.2026 hoidon tarve kiireetön 11.3.2026" in told


def test_the_units_are_sorted_by_any_column(manager: Client) -> None:
    def order(sort: str) -> list[str]:
        return [row[0].split()[0] for row in units(manager.get(f"{PAGE}?sort={sort}"))[1:-1]]

    assert order("name") == ["Kajaanin", "Kuhmon", "Paltamon", "Puolangan", "Ristijärven", "Sotkamon"]
    assert order("-name") == list(reversed(order("name")))
    assert order("value")[0] == "Kajaanin"
    for sort in ("coverage", "-coverage"):
        assert set(order(sort)[-2:]) == {"Ristijärven", "Paltamon"}, "what is hidden stands last"


def test_a_hidden_group_is_explained(manager: Client) -> None:
    page = manager.get(PAGE)
    assert next(row for row in units(page) if row[0].startswith("Ristijärven"))[1:4] == ["peitetty"] * 3
    assert "ryhmässä on alle 5 ihmistä" in words(page)


@pytest.mark.parametrize("by, rows", [("unit", 8), ("month", 14)])
def test_a_table_is_a_file(manager: Client, by: str, rows: int) -> None:
    file = manager.get(f"{PAGE}{by}.csv")
    assert file["Content-Disposition"] == f'attachment; filename="care_within_7_days-{by}.csv"'
    found = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(found) == rows
    assert {len(row) for row in found} == {5}


def test_a_units_own_months_stand_beside_those_of_all(own: Client) -> None:
    said = tree(own.get(PAGE)).find_class("chart-frame")[0].get("aria-label").replace("\u00a0", " ")
    assert "Sotkamon terveysasema: 100,0 % (10/2025) → 100,0 % (3/2026)." in said
    assert "Kaikki yksiköt: " in said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("key", sorted(definitions.indicators()))
def test_every_indicator_opens_in_each_language(manager: Client, language: str, key: str) -> None:
    assert manager.get(f"/{language}/boards/indicators/{key}/?weeks=13").status_code == 200


@pytest.mark.parametrize("address", ["nothing/", "nothing/unit.csv", "care_within_7_days/nothing.csv"])
def test_what_does_not_exist_is_not_found(manager: Client, address: str) -> None:
    assert manager.get(f"/fi/boards/indicators/{address}").status_code == 404


def test_what_cannot_be_used_is_left_out_and_said(manager: Client) -> None:
    page = manager.get(f"{PAGE}?weeks=1000000000000000000000&unit=%F0%9F%98%80")
    assert page.status_code == 200
    assert "jätettiin pois: jakso, yksikkö." in words(page)


def test_before_there_are_facts_it_says_how_it_will_be_counted(manager: Client, nowhere: None) -> None:
    page = words(manager.get(PAGE))
    assert "Lukuja ei ole vielä" in page
    assert "enintään 7 kalenteripäivää arviointipäivän jälkeen" in page
    assert manager.get(f"{PAGE}unit.csv").status_code == 404


def test_who_may(client: Client, db: None) -> None:
    nurse, coordinator = signed_in(worker()), signed_in(worker(role="programme-coordinator", unit="kehittaminen"))
    for address in (PAGE, f"{PAGE}unit.csv"):
        assert client.get(address).status_code == 302
        assert nurse.get(address).status_code == 403
        assert coordinator.get(address).status_code == 200


def test_it_asks_the_database_only_who_is_looking(manager: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(7):  # the session and the role; who looks, told to the database and taken back
        manager.get(PAGE)
