"""Tables as a browser lays them out."""

from typing import Any

import pytest

from tests.rooms.test_ui_gallery import opened

FIRST_COLUMN = """() => [...document.querySelectorAll("table:has(.table-row-danger, .table-row-warning)")].map((one) =>
    [...one.querySelectorAll(":is(th, td):first-child")].map((cell) =>
        cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingInlineStart)))"""


@pytest.mark.journey
def test_a_row_that_is_marked_moves_its_first_cell_no_further_than_the_others(browser: Any) -> None:
    page, _ = opened(browser, "/fi/ui/", viewport={"width": 1280, "height": 900})
    tables = page.evaluate(FIRST_COLUMN)
    assert any(len(one) > 2 for one in tables), "where has the example gone?"
    assert [one for one in tables if len(set(one)) > 1] == []
