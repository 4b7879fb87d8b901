"""When an open clock wakes: never later than its state changes by itself."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import ClockSettings, clock_rules
from luotsi.domain.clocks.rules import Standing, soon_days, state_on, wake_after

DUE = date(2026, 3, 16)
NEAR = st.integers(-12, 6).map(lambda days: DUE + timedelta(days=days))
STANDINGS = st.builds(
    Standing, due=st.just(DUE), promised=st.none() | NEAR, is_paused=st.just(False), soon=st.integers(0, 7)
)


@given(STANDINGS, NEAR, st.integers(0, 20))
@settings(max_examples=1_000)
def test_a_state_never_changes_while_the_clock_sleeps(standing, day, days):
    wake = wake_after(standing, day)
    later = day + timedelta(days=days)
    if wake is None or later < local_day(wake):
        assert state_on(standing, later) == state_on(standing, day)
    else:
        assert local_day(wake) > day


@given(STANDINGS, NEAR)
def test_an_open_clock_is_overdue_exactly_when_its_last_day_has_passed(standing, day):
    assert (state_on(standing, day) == "overdue") == (day > DUE)


def test_how_soon_is_soon_follows_the_unit_of_the_limit():
    settings_of = ClockSettings()
    soon = {key: soon_days(rule, settings_of) for key, rule in clock_rules().items()}
    assert (soon["PHC-3M-2025"], soon["SHC-ASSESS-3W"], soon["PHC-14D-U23"]) == (14, 7, 3)
    assert (soon["CWA-START-7WD"], soon["CONTACT-SAME-DAY"], soon["DISAB-675"]) == (3, 0, 0)
