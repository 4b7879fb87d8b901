"""The look that every page of every journey passes sees what is wrong: its negative control."""

import pytest
from playwright.sync_api import Page

from tests.journeys.walk import then_page_is_accessible

pytestmark = pytest.mark.journey
_PAGE = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{}</main></html>"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p style='color: #ccc; background: #fff'>hardly to be seen</p>", "color-contrast"),
        ("<form><input name=q></form>", "label"),
        ("<p style='width: 500px'>wide</p>", "px wider than the window"),
    ],
)
def test_a_fault_of_a_page_is_told(phone: Page, wrong: str, told: str) -> None:
    phone.set_content(_PAGE.format(wrong))

    with pytest.raises(AssertionError, match=told):
        then_page_is_accessible(phone)


def test_a_page_without_fault_passes(phone: Page) -> None:
    phone.set_content(_PAGE.format("<p>Nothing is wrong here.</p>"))

    then_page_is_accessible(phone)
