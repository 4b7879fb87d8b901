"""Dates, times and numbers as people write them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Engine
from django.utils.translation import override

from luotsi.base.now import HELSINKI
from luotsi.base.text import Text
from luotsi.ui import words

TUESDAY = date(2026, 3, 31)
QUARTER_PAST_NINE = datetime(2026, 3, 31, 9, 15, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("filter_", "value", "fi", "sv", "en"),
    [
        ("day", TUESDAY, "ti 31.3.2026", "tis 31.3.2026", "Tue 31 March 2026"),
        ("day", datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "ke 1.4.2026", "ons 1.4.2026", "Wed 1 April 2026"),
        ("birth_day", TUESDAY, "31.3.2026", "31.3.2026", "31 March 2026"),
        ("clock_time", QUARTER_PAST_NINE, "klo 9.15", "kl. 9.15", "9:15"),
        ("clock_time", time(14, 5), "klo 14.05", "kl. 14.05", "14:05"),
        ("clock_time", datetime(2026, 1, 1, 7, 0, tzinfo=UTC), "klo 9.00", "kl. 9.00", "9:00"),
        ("moment", QUARTER_PAST_NINE, "ti 31.3.2026 klo 9.15", "tis 31.3.2026 kl. 9.15", "Tue 31 March 2026 at 9:15"),
        ("moment", TUESDAY, "ti 31.3.2026", "tis 31.3.2026", "Tue 31 March 2026"),
        ("number", 1234567, "1\xa0234\xa0567", "1\xa0234\xa0567", "1,234,567"),
        ("number", 88.25, "88,3", "88,3", "88.3"),
        ("number", 98.0, "98", "98", "98"),
        ("number", -2.5, "−2,5", "−2,5", "−2.5"),
        ("number", Decimal("0.04"), "0,0", "0,0", "0.0"),
        ("number:2", 0.125, "0,13", "0,13", "0.13"),
        ("number:0", 2.5, "3", "3", "3"),
        ("euro", 1234.5, "1\xa0235\xa0€", "1\xa0235\xa0€", "€1,235"),
        ("euro:2", -1234.5, "−1\xa0234,50\xa0€", "−1\xa0234,50\xa0€", "−€1,234.50"),
        ("percent", 0.934, "93\xa0%", "93\xa0%", "93%"),
        ("percent:1", 0.934, "93,4\xa0%", "93,4\xa0%", "93.4%"),
        ("in_language", Text(fi="Aika", sv="Tid", en="Time"), "Aika", "Tid", "Time"),
        ("in_language", Text(fi="Aika"), "Aika", "Aika", "Aika"),
    ],
)
def test_a_page_writes_it_in_its_own_language(filter_: str, value: Any, fi: str, sv: str, en: str) -> None:
    template = Engine(builtins=["luotsi.ui.templatetags.ui"]).from_string(f"{{{{ value|{filter_} }}}}")

    for language, expected in (("fi", fi), ("sv", sv), ("en", en)):
        with override(language):
            assert template.render(Context({"value": value})) == expected


@pytest.mark.parametrize("write", [words.day, words.clock_time, words.moment, words.number, words.euro, words.percent])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_known_is_a_dash(write: Any, nothing: Any) -> None:
    assert write(nothing) == "–"


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), "many", True])
def test_what_is_no_number_is_a_dash_not_an_error(odd: Any) -> None:
    assert words.number(odd) == "–"


def test_a_count_below_zero_that_rounds_to_nothing_has_no_sign() -> None:
    assert words.number(-0.04, 1) == words.number(0, 1)
