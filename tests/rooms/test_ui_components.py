"""What the components say: clock chips, tables, forms, slots, paging and figures."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.html import strip_tags
from django.utils.translation import override

from luotsi.base.now import HELSINKI
from luotsi.ui.forms import Choices, DayInput

TODAY = date(2026, 4, 10)


def drawn(source: str, *, language: str = "fi", path: str = "/fi/x/", **values: Any) -> str:
    with override(language):
        return engines["django"].from_string(source).render(values, RequestFactory().get(path))


def said(source: str, **values: Any) -> str:
    """What a reader reads, without markup and double spaces."""
    return " ".join(strip_tags(drawn(source, **values)).split())


CHIP = "{% clock_chip state=state due=due stopped=stopped today=today %}"


@pytest.mark.parametrize(
    ("state", "due", "stopped", "words", "tone"),
    [
        ("running", TODAY + timedelta(4), None, "4 pv jäljellä ti 14.4.2026", "calm"),
        ("running", TODAY + timedelta(3), None, "3 pv jäljellä ma 13.4.2026", "soon"),
        ("running", TODAY, None, "Viimeinen päivä tänään pe 10.4.2026", "soon"),
        ("running", TODAY - timedelta(1), None, "1 pv myöhässä to 9.4.2026", "overdue"),
        ("running", None, None, "Määräpäivä ei ole vielä tiedossa", "calm"),
        ("met", TODAY, TODAY, "Toteutui ajallaan", "met"),
        ("late", TODAY - timedelta(2), TODAY, "Toteutui 2 pv myöhässä", "late"),
        ("late", TODAY - timedelta(2), None, "Toteutui myöhässä", "late"),
        ("paused", TODAY, None, "Tauolla pe 10.4.2026", "paused"),
        ("ended", TODAY, None, "Ei enää voimassa", "ended"),
    ],
)
def test_a_clock_chip_says_how_the_promise_stands(
    state: str, due: date | None, stopped: date | None, words: str, tone: str
) -> None:
    values = {"state": state, "due": due, "stopped": stopped, "today": TODAY}

    assert said(CHIP, **values) == words
    assert f"clock-chip-{tone}" in drawn(CHIP, **values)


def test_a_limit_in_hours_counts_the_finnish_day() -> None:
    """23.30 in Helsinki is still the same day, though it is 20.30 in UTC and the next day in Tokyo."""
    late_evening = datetime(2026, 4, 10, 23, 30, tzinfo=HELSINKI)

    assert said(CHIP, state="running", due=late_evening, stopped=None, today=TODAY) == (
        "Viimeinen päivä tänään pe 10.4.2026 klo 23.30"
    )


def test_a_rule_nobody_checked_says_so_on_the_chip() -> None:
    source = '{% clock_chip state="running" due=due today=due verified=False %}'

    assert "regeln har ännu inte jämförts med lagen" in said(source, language="sv", due=TODAY)


TABLE = """{% table caption="Cases" sort=sort %}{% column label="Name" sort="name" %}{% column label="Due" sort="due" %}
{% column label="Count" numeric=True %}{% row %}{% cell heading=True %}A & B{% endcell %}{% cell %}{{ x }}{% endcell %}
{% cell %}3{% endcell %}{% endrow %}{% endtable %}"""


def test_a_cell_names_its_column_and_numbers_stand_right() -> None:
    shown = drawn(TABLE, sort="due", x="<b>")

    assert '<td data-label="Due"><div class="table-value">&lt;b&gt;</div></td>' in shown
    assert '<td class="numeric" data-label="Count">' in shown
    assert '<th scope="row">A & B</th>' in shown


def test_a_heading_leads_to_the_other_order_and_keeps_the_filters() -> None:
    shown = drawn(TABLE, sort="due", x="", path="/fi/x/?unit=kuhmo&sort=due&page=3")

    assert 'aria-sort="ascending"' in shown
    assert 'href="?unit=kuhmo&amp;sort=-due"' in shown
    assert 'href="?unit=kuhmo&amp;sort=name"' in shown
    assert shown.count("aria-sort") == 1


def test_every_row_of_a_table_begins_at_the_first_column() -> None:
    rows = "{% for n in numbers %}{% row %}{% cell %}{{ n }}{% endcell %}{% endrow %}{% endfor %}"
    shown = drawn('{% table caption="C" %}{% column label="N" %}' + rows + "{% endtable %}", numbers=[1, 2, 3])

    assert shown.count('data-label="N"') == 3


def test_a_hundred_pages_are_not_all_listed_and_the_query_stays() -> None:
    page = Paginator(range(1000), 10).page(50)
    shown = drawn("{% pagination page=page %}", page=page, path="/fi/x/?q=a%26b&page=50")

    assert re.findall(r"page=(\d+)", shown) == ["49", "1", "49", "51", "100", "51"]
    assert 'href="?q=a%26b&amp;page=51" rel="next"' in shown


def test_a_list_of_one_page_has_no_paging() -> None:
    assert drawn("{% pagination page=page %}", page=Paginator([], 10).page(1)).strip() == ""


class Contact(forms.Form):
    phone = forms.CharField(label="Phone", help_text="<i>By text</i>", error_messages={"required": "Give a number."})
    since = forms.DateField(label="Since", widget=DayInput, required=False)
    way = forms.ChoiceField(label="Way", widget=Choices, choices=[("a", "A"), ("b", "B")])


def test_a_field_ties_label_hint_and_error_to_its_input() -> None:
    shown = drawn("{{ form.phone.as_field_group }}", form=Contact(data={}))

    assert '<label class="field-label" for="id_phone">Phone</label>' in shown
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in shown
    assert 'id="id_phone_helptext">&lt;i&gt;By text&lt;/i&gt;</p>' in shown
    assert 'id="id_phone_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_a_field_one_may_leave_empty_says_so_and_keeps_an_iso_date() -> None:
    shown = drawn("{{ form.since.as_field_group }}", form=Contact(initial={"since": TODAY}))

    assert "(valinnainen)" in shown
    assert 'type="date" name="since" value="2026-04-10"' in shown


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    shown = drawn("{{ form.way.as_field_group }}", form=Contact(data={"phone": "1"}))

    assert '<fieldset class="field" aria-describedby="id_way_error">' in shown
    assert "<legend>Way</legend>" in shown
    assert shown.count('class="field-choice"') == 2


def test_the_error_summary_leads_to_the_fields() -> None:
    shown = drawn("{% error_summary form=form %}", form=Contact(data={}))

    assert '<a href="#id_phone">Give a number.</a>' in shown
    assert '<a href="#id_way_0">' in shown
    assert "autofocus" in shown


@pytest.mark.parametrize("form", [Contact(), Contact(data={"phone": "1", "way": "a"})])
def test_a_fresh_or_right_form_has_no_error_summary(form: forms.Form) -> None:
    assert drawn("{% error_summary form=form %}", form=form).strip() == ""


def test_an_error_of_the_whole_form_is_in_the_summary_without_a_link() -> None:
    form = Contact(data={"phone": "1", "way": "a"})
    form.add_error(None, "Somebody was faster.")

    assert "<li>Somebody was faster.</li>" in drawn("{% error_summary form=form %}", form=form)


def test_a_slot_tells_its_day_to_a_screen_reader_and_a_taken_one_cannot_be_chosen() -> None:
    at = datetime(2026, 4, 7, 9, 0, tzinfo=HELSINKI)
    days = [{"day": at.date(), "slots": [{"value": 5, "starts_at": at}, {"value": 6, "starts_at": at, "full": True}]}]
    shown = drawn('{% slot_grid days=days name="slot" legend="L" selected=5 %}', days=days)

    assert 'aria-label="ti 7.4. klo 9.00" checked required' in shown
    assert 'aria-label="ti 7.4. klo 9.00, varattu" disabled required' in shown


@pytest.mark.parametrize(
    ("value", "lower", "words", "width"),
    [
        (93, False, "Tavoitteessa · Tavoite ≥ 90", "93.00"),
        (89.9, False, "Ei vielä tavoitteessa · Tavoite ≥ 90", "89.90"),
        (93, True, "Ei vielä tavoitteessa · Tavoite ≤ 90", "93.00"),
        (250, False, "Tavoitteessa · Tavoite ≥ 90", "100.00"),
        (None, False, "Lukua ei vielä ole · Tavoite ≥ 90", None),
    ],
)
def test_a_goal_bar_says_whether_the_goal_is_met(value: Any, lower: bool, words: str, width: str | None) -> None:
    source = '{% goal_bar label="G" value=value target=90 maximum=100 lower_is_better=lower %}'

    assert said(source, value=value, lower=lower).endswith(words)
    assert re.findall(r'goal-bar-fill" x="0" y="2" width="([\d.]+)%"', drawn(source, value=value, lower=lower)) == (
        [width] if width else []
    )


@pytest.mark.parametrize("values", [[], [None, None], [5], [5, 5, 5], [0, None, 0.1]])
def test_a_sparkline_draws_whatever_is_known(values: list[float | None]) -> None:
    shown = drawn('{% sparkline values=values label="S" %}', values=values)

    assert "nan" not in shown
    assert ("<circle" in shown) == any(value is not None for value in values)


def test_a_sparkline_leaves_a_gap_where_nothing_is_known() -> None:
    assert drawn('{% sparkline values=values label="S" %}', values=[1, 2, None, 2, 1]).count("<polyline") == 2


def test_an_unknown_figure_is_a_dash_not_a_zero() -> None:
    assert said('{% tile label="Wait" value=None unit="pv" %}{% endtile %}') == "Wait –"
