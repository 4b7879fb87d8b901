"""The story's referrals: something to read in every station's book, and rows that the rules would have left."""

from collections import Counter

import numpy as np
import pytest

from luotsi.demo import demands, prepare, referred, story
from luotsi.demo.days import DAY, NEVER
from luotsi.demo.outcomes import Story
from luotsi.demo.referred import SENDER, Sent
from luotsi.domain.cases.definitions import referral_routes
from luotsi.domain.cases.models import Referral, ReferralEntry
from luotsi.domain.cases.rules import referral as rules
from luotsi.domain.clocks.queries import clocks_of
from luotsi.domain.events.models import Event


@pytest.fixture(scope="module")
def threads(told: Story) -> list[Sent]:
    return referred.tell(np.random.default_rng(3), told)


def station(told: Story, one: Sent) -> str:
    return story.UNITS[told.matters.unit[one.case]].unit


def test_every_station_has_sent_answered_returned_and_sent_again(told: Story, threads: list[Sent]) -> None:
    for unit in referred.STATIONS:
        of_unit = [one for one in threads if station(told, one) == unit]
        steps = Counter(entry.step for one in of_unit for entry in one.entries)
        assert steps["accepted"] >= 5, unit
        assert steps["answered"] >= 3, unit
    assert sum(one.follows is not None for one in threads) >= 5
    reasons = {entry.reason for one in threads for entry in one.entries if entry.step == "returned"}
    assert len(reasons) >= 3


def test_steps_follow_the_rules_and_nothing_lies_ahead(told: Story, threads: list[Sent]) -> None:
    for one in threads:
        route, state = referral_routes()[one.way.route], "sent"
        moments = [one.at, *(entry.at for entry in one.entries)]
        assert moments == sorted(moments)
        assert moments[-1] < told.days.now
        assert told.matters.assessed[one.case] < one.at
        for entry in one.entries:
            side = "sender" if entry.by == SENDER else "receiver"
            rules.check_can(entry.step, rules.Standing(route.type, state), side)  # type: ignore[arg-type]
            assert entry.reason in {"", *(choice.key for choice in route.return_reasons)}
            state = rules.referral_state([state, entry.step])


def test_a_repeated_thread_follows_one_of_the_same_matter_that_came_back(threads: list[Sent]) -> None:
    for one in (one for one in threads if one.follows is not None):
        before = threads[one.follows]  # type: ignore[index]
        assert (before.case, before.way) == (one.case, one.way)
        assert before.entries[-1].step == "returned"
        assert before.ended < one.at


def test_the_receiver_s_matter_opens_when_it_is_accepted(threads: list[Sent]) -> None:
    for one in threads:
        accepted = next((entry.at for entry in one.entries if entry.step == "accepted"), None)
        assert (one.opened is not None) == (accepted is not None)
        if one.opened:
            assert one.opened.came[0].at == accepted
            assert (one.opened.closed < NEVER) == any(entry.step == "done" for entry in one.entries) or (
                one.opened.closed < NEVER
            )


def test_failure_demand_of_staged_contacts_has_its_season(told: Story) -> None:
    """July and January above April, of many drawn alike."""
    days, share = told.days, {}
    for month in (1, 4, 7):
        day = next(n for n, date in enumerate(days.dates) if date.month == month and n >= days.start)
        drawn = demands.of_season(np.random.default_rng(5), days, np.full(4_000, day * DAY), 0.08)
        share[month] = sum(one.startswith("F") for one in drawn) / sum(bool(one) for one in drawn)
        assert 0.05 < drawn.count("") / len(drawn) < 0.11
    assert share[7] > share[4] + 0.08
    assert share[1] > share[4] + 0.05


def test_rows_clocks_and_events_say_the_same(county: prepare.DemonstrationMade) -> None:
    rows = {row.id: row for row in Referral.objects.filter(sent_by__name__regex=r"\d$")}
    assert rows
    entries = Counter(ReferralEntry.objects.filter(referral__in=rows).values_list("referral_id", flat=True))
    moved = Counter(
        Event.objects.filter(kind__in=("referral.moved", "referral.withdrawn"), subject__in=rows).values_list(
            "subject", flat=True
        )
    )
    assert entries == moved
    assert set(Event.objects.filter(kind="referral.sent", subject__in=rows).values_list("subject", flat=True)) == set(
        rows
    )
    chips = clocks_of([*rows])
    assert set(chips) == set(rows)
    for row in rows.values():
        assert (row.ended_at is not None) <= all(not chip.is_running for chip in chips[row.id])
        if row.opened is not None:
            assert (row.opened.unit_id, row.opened.resident_id) == (row.to_unit_id, row.resident_id)
