"""A board: the figures of its units, told with words, charts and tables, and only what may be told."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.indicators import definitions, ports
from tests.analytics.tables import figures_of
from tests.factories import worker
from tests.factories.clients import signed_in
from tests.rooms.steering.conftest import TODAY, cases, contacts, few, visit
from tests.rooms.steering.reading import table, tile, tree, words

pytestmark = pytest.mark.django_db
BOARD = "/fi/boards/reception/"
HTMX = {"HTTP_HX_REQUEST": "true"}
WITHIN_7 = "Hoitoon seitsemässä päivässä"
LINE_7, BARS_7, UNITS_BY_MONTH = "6", "8", "9"  # the places of the panels on the board


def test_the_board_says_for_whom_it_is_and_as_of_when(manager: Client) -> None:
    page = words(manager.get(BOARD))
    assert "Terveysasemien esihenkilöille ja vastuualuepäällikölle" in page
    assert "Tilanne ti 31.3.2026 klo 15.00" in page


def test_a_figure_stands_with_its_target_verdict_and_coverage(manager: Client) -> None:
    """In 28 days 40 visits each: Sotkamo and Kuhmo in time, Kajaani not, of Puolanka 8 are known; 3 and 6 more."""
    shown = tile(manager.get(BOARD), WITHIN_7)
    assert "70,8 %" in shown  # 97 of 137
    assert "Ei vielä tavoitteessa" in shown
    assert "vähintään 80 %" in shown
    assert "kattavuus 81,1 %" in shown  # 137 of 169
    assert "28 päivää" in shown


def test_one_units_figure_stands_beside_that_of_all(manager: Client) -> None:
    shown = tile(manager.get(f"{BOARD}?unit=sotkamo"), WITHIN_7)
    assert "100,0 %" in shown
    assert "Tavoitteessa" in shown
    assert "Kaikki yksiköt: 70,8 %" in shown


def test_a_figure_that_speaks_of_too_few_gets_no_verdict(manager: Client) -> None:
    shown = tile(manager.get(f"{BOARD}?unit=puolanka"), WITHIN_7)
    assert "Kattavuus alle 30 %: kertoo liian harvoista" in shown
    assert "Tavoitteessa" not in shown
    page = manager.get(BOARD)
    assert "(kattavuus 20,0 %)" in words(tree(page).get_element_by_id(f"panel-{BARS_7}"))


def test_a_small_group_is_hidden_everywhere_and_explained(manager: Client) -> None:
    page = manager.get(BOARD)
    units = {row[0]: row[1:] for row in table(page, BARS_7)}
    assert units["Ristijärven terveysasema"][:3] == ["peitetty"] * 3
    assert list(units.values()).count(units["Ristijärven terveysasema"]) >= 2, "one hidden cell alone can be worked out"
    assert "ryhmässä on alle 5 ihmistä" in words(page)
    assert "peitetty" in tile(manager.get(f"{BOARD}?unit=ristijarvi"), WITHIN_7)


def test_choosing_a_unit_tells_no_more_than_its_row(manager: Client) -> None:
    """A unit hidden only so that another cannot be worked out stays hidden when it is asked alone."""
    names = {row[0]: row[1] for row in table(manager.get(BOARD), BARS_7)[1:-1]}
    keys = {"Sotkamon terveysasema": "sotkamo", "Kuhmon terveysasema": "kuhmo", "Puolangan terveysasema": "puolanka",
            "Kajaanin terveysasema": "kajaani-hva", "Paltamon terveysasema": "paltamo",
            "Ristijärven terveysasema": "ristijarvi"}  # fmt: skip
    assert set(names) == set(keys)
    assert list(names.values()).count("peitetty") >= 2
    for name, value in names.items():
        assert value in tile(manager.get(f"{BOARD}?unit={keys[name]}"), WITHIN_7)


def test_every_chart_has_its_table_and_a_sentence(manager: Client) -> None:
    page = tree(manager.get(BOARD))
    charts = page.find_class("chart")
    assert len(charts) == 8
    for chart in charts:
        assert len(list(chart.iter("table"))) == 1
        assert chart.find_class("chart-frame")[0].get("aria-label").endswith("Tilanne ti 31.3.2026 klo 15.00.")
    spoken = words(page.get_element_by_id(f"said-{BARS_7}"))
    assert "Pienin: Kajaanin terveysasema 0,0 %" in spoken
    assert "Tavoite 80 %." in spoken


def test_the_running_week_is_told_apart(manager: Client) -> None:
    page = manager.get(BOARD)
    assert table(page, LINE_7)[1][0] == "vk 14/2026 (kesken)"
    assert table(page, LINE_7)[2][0] == "vk 13/2026"
    assert "Avoin piste on jakso, joka on vielä kesken" in words(page)


def test_a_managers_own_unit_comes_first_and_is_marked(own: Client) -> None:
    page = own.get(BOARD)
    assert "100,0 %" in tile(page, WITHIN_7)
    assert table(page, BARS_7)[1][0] == "Sotkamon terveysasema (oma)"
    assert table(page, UNITS_BY_MONTH)[0][:3] == ["Kuukausi", "Kaikki yksiköt", "Sotkamon terveysasema"]
    assert "70,8 %" in tile(own.get(f"{BOARD}?unit=all"), WITHIN_7)


def test_the_county_is_shown_to_those_who_answer_for_it(manager: Client) -> None:
    assert "(oma)" not in words(manager.get(BOARD))


def test_ones_own_boards_come_first(own: Client) -> None:
    oral = signed_in(worker(role="unit-manager", unit="suun-kajaani"))
    assert [board.key for board, _ in own.get("/fi/boards/").context["boards"]] == ["reception", "county", "oral"]
    assert [board.key for board, _ in oral.get("/fi/boards/").context["boards"]] == ["oral", "county", "reception"]


def test_the_period_moves_every_figure_and_stays_in_every_link(manager: Client) -> None:
    page = manager.get(f"{BOARD}?weeks=4&sort=-value")
    assert len(table(page, LINE_7)) == 5
    assert "4 viikkoa" in tile(page, WITHIN_7)
    links = [link.get("href") for link in tree(page).iter("a") if "/boards/indicators/" in link.get("href", "")]
    assert links
    assert all(link.endswith("?weeks=4&sort=-value") for link in links)
    assert len(table(manager.get(BOARD), LINE_7)) == 27


def test_units_stand_in_the_order_asked(manager: Client) -> None:
    def order(sort: str) -> list[str]:
        return [row[1] for row in table(manager.get(f"{BOARD}?sort={sort}"), BARS_7)[1:-1] if row[1] != "peitetty"]

    assert order("-value") == list(reversed(order("value")))
    assert order("value")[0] == "0,0"


@pytest.mark.parametrize(
    "query, named",
    [
        ("weeks=99", "jakso"),
        ("weeks=%00", "jakso"),
        ("unit=suun-kajaani", "yksikkö"),
        ("unit=%3Cscript%3E", "yksikkö"),
        ("sort=-rm", "järjestys"),
        ("weeks=-4&unit=x&sort=x", "jakso, yksikkö, järjestys"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(manager: Client, query: str, named: str) -> None:
    page = manager.get(f"{BOARD}?{query}")
    assert page.status_code == 200
    assert f"jätettiin pois: {named}." in words(page)
    assert "70,8 %" in tile(page, WITHIN_7)
    assert "jätettiin pois" not in words(manager.get(f"{BOARD}?weeks=4&unit=all&sort=value"))


def test_a_table_is_a_file_with_the_same_numbers(manager: Client) -> None:
    page = manager.get(f"{BOARD}?sort=-value")
    file = manager.get(f"{BOARD}tables/{BARS_7}.csv?sort=-value")
    assert file["Content-Disposition"] == f'attachment; filename="reception-{BARS_7}.csv"'
    text = file.content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == table(page, BARS_7)


def test_the_tables_can_all_be_open_for_printing(manager: Client) -> None:
    def opened(address: str) -> list[bool]:
        return ["open" in one.attrib for one in tree(manager.get(address)).find_class("chart-table")]

    assert not any(opened(BOARD))
    assert all(opened(f"{BOARD}?tables=open"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("key", sorted(definitions.boards()))
def test_every_board_opens_in_each_language(manager: Client, language: str, key: str) -> None:
    assert manager.get(f"/{language}/boards/{key}/").status_code == 200


@pytest.mark.parametrize("address", ["nothing/", "indicators/", "nothing/tables/1.csv", "reception/tables/1.csv",
                                     "reception/tables/99.csv", "reception/tables/x.csv"])  # fmt: skip
def test_what_does_not_exist_is_not_found(manager: Client, address: str) -> None:
    assert manager.get(f"/fi/boards/{address}").status_code == 404


def test_without_facts_the_board_says_what_to_do(manager: Client, nowhere: None) -> None:
    page = manager.get(BOARD)
    assert page.status_code == 200
    assert "Lukuja ei ole vielä" in words(page)
    assert "luotsi facts refresh" in words(page)
    assert manager.get(f"{BOARD}tables/{BARS_7}.csv").status_code == 404


def test_who_may(client: Client, db: None) -> None:
    address = client.get(BOARD)
    assert address.status_code == 302
    assert address["Location"] == "/fi/session/?next=%2Ffi%2Fboards%2Freception%2F"
    nurse = signed_in(worker())
    coordinator = signed_in(worker(role="programme-coordinator", unit="kehittaminen"))
    for path in ("", "reception/", f"reception/tables/{BARS_7}.csv"):
        assert nurse.get(f"/fi/boards/{path}").status_code == 403
        assert coordinator.get(f"/fi/boards/{path}").status_code == 200


def test_a_board_asks_the_database_only_who_is_looking(manager: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(7):  # the session and the role; who looks, told to the database and taken back
        manager.get(BOARD)


class TestAnOpenBoard:
    """What htmx asks for when figures have moved."""

    def seen(self, page: Any) -> str:
        return tree(page).get_element_by_id("board-pulse").get("hx-headers").split('"')[3]

    def test_it_takes_nothing_when_nothing_that_it_shows_has_changed(self, manager: Client) -> None:
        page = manager.get(BOARD)
        assert manager.get(BOARD, **HTMX, HTTP_X_SEEN=self.seen(page)).status_code == 204

    def test_it_takes_in_what_has_changed(self, sotkamos_manager: Who, tmp_path: Path) -> None:
        browser = signed_in(sotkamos_manager)
        seen = self.seen(browser.get(BOARD))
        late = visit("sotkamo", 999, 30, TODAY - timedelta(days=1))
        ports.connect(
            figures_of(tmp_path, cases=[*cases(), *few(), late], contacts=list(contacts()), as_of=TODAY, name="two")
        )
        fresh = browser.get(BOARD, **HTMX, HTTP_X_SEEN=seen)
        assert fresh.status_code == 200
        assert "<h1" not in fresh.content.decode()
        assert "Luvut muuttuivat klo 15.00." in words(fresh)
        assert "97,6 %" in tile(fresh, WITHIN_7)  # 40 of 41
        assert self.seen(fresh) != seen

    def test_everything_it_swaps_has_its_place_on_the_page(self, manager: Client) -> None:
        page, fresh = tree(manager.get(BOARD)), tree(manager.get(BOARD, **HTMX))
        places = [element.get("hx-swap-oob").removeprefix("innerHTML:") for element in fresh.xpath("//*[@hx-swap-oob]")]
        assert len(places) == len(set(places)) == 3 + 1 + 3 * 8
        for place in places:
            id, _, inner = place.removeprefix("#").partition(" .")
            assert len(page.xpath(f"//*[@id='{id}']")) == 1, place
            assert not inner or len(page.get_element_by_id(id).find_class(inner)) == 1, place

    def test_nothing_that_holds_focus_or_an_open_table_is_swapped(self, manager: Client) -> None:
        """What can be pressed and is swapped has an id, by which htmx gives the focus back."""
        fresh = tree(manager.get(BOARD, **HTMX))
        assert not list(fresh.iter("details", "summary", "select", "button"))
        assert all(link.get("id") for link in fresh.iter("a"))
