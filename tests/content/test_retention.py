"""Each rule on how long data are kept does what its examples say, and counts the same in Python and in queries."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luotsi.domain.people import rules
from luotsi.domain.people.definitions import Period, retention_rules

RULES = retention_rules()
EXAMPLES = [(key, example) for key, rule in RULES.items() for example in rule.examples]
DAYS = some.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(("key", "example"), EXAMPLES, ids=[f"{key} {example.known}" for key, example in EXAMPLES])
def test_a_rule_does_what_its_example_says(key: str, example: object) -> None:
    assert rules.gone_on(RULES[key].until, example.known) == example.gone_on  # type: ignore[attr-defined]


def test_an_example_can_be_wrong() -> None:
    """The same check, with a rule that is a year too short."""
    rule, example = RULES["patient-documents"], RULES["patient-documents"].examples[0]
    shorter = [Period(after="death", years=11)]

    assert rules.gone_on(shorter, example.known) != example.gone_on == rules.gone_on(rule.until, example.known)


@pytest.mark.parametrize("key", RULES)
def test_a_rule_is_told_in_three_languages_and_names_its_act(key: str) -> None:
    rule = RULES[key]

    assert rule.name.is_complete
    assert rule.explains.is_complete
    assert rule.law.act
    assert rule.law.source
    assert len(rule.examples) >= len(rule.until), "an example for each of its periods"


@given(years=some.integers(1, 120), days=some.integers(0, 400), moment=DAYS, on=DAYS)
def test_a_query_by_its_earliest_kept_day_agrees_with_the_rule(years: int, days: int, moment: date, on: date) -> None:
    """`gone_on` says for one moment what `kept_from` says for all."""
    for period in (Period(after="entry", years=years), Period(after="entry", days=days)):
        gone = rules.gone_on([period], {"entry": moment})
        assert gone is not None
        assert (gone <= on) == (moment < rules.kept_from(period, on))


def test_a_moment_that_is_not_known_passes_the_turn_on() -> None:
    born, died = date(1900, 1, 1), date(1990, 1, 1)
    until = [Period(after="death", years=12), Period(after="birth", years=120)]

    assert rules.gone_on(until, {"birth": born, "death": died}) == date(2002, 1, 2)
    assert rules.gone_on(until, {"birth": born}) == date(2020, 1, 2)
    assert rules.gone_on(until, {"end": died}) is None
    assert rules.kept_from(until[0], died) - timedelta(days=1) < rules.kept_from(until[0], died)
