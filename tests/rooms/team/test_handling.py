"""How child welfare's figures are told to a manager who may not open the matters: nothing from one to four."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries.handling import HandlingView
from luotsi.domain.cases.rules.handling import Handling, Share
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.handlingtable import FEWEST, rows, sees_few, tiles
from tests.factories import worker
from tests.factories.clients import signed_in
from tests.factories.notifying import EASTER, child, guard, notification
from tests.rooms.team.test_worklist import text

HIDDEN = "not told"


def month(met: int = 0, late: int = 0, waiting: int = 0, in_days: int = 0, in_law: int = 0, over: int = 0) -> Handling:
    """Notifications decided in law, late and not yet; assessments in 90 days, in the law's time, past both."""
    whole = max(in_days, in_law) + over
    return Handling(
        notifications=met + late + waiting, decided=met + late, mean_days=4.0 if met + late else None,
        decided_in_law=Share(met, met + late), ready_in_days=Share(in_days, whole), ready_in_law=Share(in_law, whole),
    )  # fmt: skip


def view(*months: Handling, **now: int) -> HandlingView:
    def added(name: str) -> Share:
        return Share(sum(getattr(m, name).part for m in months), sum(getattr(m, name).whole for m in months))

    total = Handling(
        notifications=sum(m.notifications for m in months), decided=sum(m.decided for m in months),
        mean_days=4.0, decided_in_law=added("decided_in_law"), ready_in_days=added("ready_in_days"),
        ready_in_law=added("ready_in_law"),
    )  # fmt: skip
    first = [date(2026, 12 - number, 1) for number in range(len(months))]
    standing = {"open": 0, "late": 0, "undecided": 0, "overdue": 0, "emergencies": 0} | now
    return HandlingView(months=tuple(zip(first, months, strict=True)), total=total, **standing)


def told(found: HandlingView, least: int = FEWEST) -> list[list[Any]]:
    with translation.override("en"):
        return rows(found, least=least)


def test_a_small_month_is_not_told_and_neither_is_the_one_that_would_tell_it() -> None:
    three, six, nine = told(view(month(3), month(6), month(9)))[:3]
    assert (three[1], six[1], nine[1]) == (HIDDEN, HIDDEN, 9)
    assert told(view(month(3), month(6), month(9)))[-1][1] == 18


def test_whoever_may_open_the_matters_reads_every_number() -> None:
    shown = told(view(month(3, 1, 1, 2, 2, 1), month(6)), least=1)
    assert shown[0][1:] == [5, "4.00", "75.0 (3/4)", "66.7 (2/3)", "66.7 (2/3)"]


def test_few_that_are_late_are_told_as_a_bound() -> None:
    shown = told(view(month(30, 2, in_days=20, in_law=20), month(40, in_days=20, in_law=20)))
    assert shown[0][3] == "at least 85"  # 28 of 32 is 87.5
    assert shown[-1][3] == "at least 90"  # 68 of 72 is 94.4
    assert shown[-1][5] == "100.0 (40/40)"


def test_ninety_days_and_three_months_do_not_tell_those_between() -> None:
    assert told(view(month(in_days=30, in_law=32, met=20)))[0][4:] == ["at least 85", "100.0 (32/32)"]


def test_those_decided_in_a_month_of_many_are_not_told_by_their_mean() -> None:
    assert told(view(month(met=3, waiting=20), month(40)))[0][2] == HIDDEN


def test_so_few_in_all_that_nothing_is_told_by_month() -> None:
    assert told(view(month(1), month(2))) == []


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ({"undecided": 3}, {"undecided": "fewer than 5", "overdue": 0}),
        ({"undecided": 12, "overdue": 2}, {"undecided": "5 or more", "overdue": "fewer than 5"}),
        ({"undecided": 12, "overdue": 10}, {"undecided": 12, "overdue": "5 or more"}),
        ({"undecided": 12}, {"undecided": 12, "overdue": 0}),
        ({"open": 16, "late": 1}, {"open": 16, "late": "fewer than 5"}),
        ({"emergencies": 1}, {"emergencies": "fewer than 5"}),
        ({"emergencies": 5}, {"emergencies": 5}),
    ],
)
def test_the_numbers_of_now_are_told_in_words_where_they_are_few(now: dict[str, int], shown: dict[str, Any]) -> None:
    with translation.override("en"):
        assert {key: tiles(view(month(20), **now), least=FEWEST)[key] for key in shown} == shown


counts = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 40])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(month, counts, counts, counts, counts, counts, counts), min_size=1, max_size=6))
def test_no_count_of_one_to_four_is_told_nor_had_from_the_total(months: list[Handling]) -> None:
    shown = told(view(*months))
    for place, groups in ((1, 1), (3, 2), (4, 2), (5, 2)):
        columns = [[_counts(row[place], groups) for row in shown]]
        for column in columns:
            for group in range(groups):
                numbers = [cell[group] if cell else None for cell in column]
                assert not [one for one in numbers if one and one < FEWEST]
                *parts, total = numbers or [None]
                if total is not None and parts.count(None) == 1:
                    assert not 0 < total - sum(one for one in parts if one is not None) < FEWEST


def test_the_attack_finds_small_numbers_where_nothing_is_hidden() -> None:
    assert _counts(told(view(month(30, 2)), least=1)[0][3], 2) == (30, 2)


def _counts(cell: object, groups: int) -> tuple[int, ...] | None:
    """The number of a cell, or of a share the counted and the rest; "–" is of none."""
    if cell == "–":
        return (0,) * groups
    if isinstance(cell, int):
        return (cell,)
    found = re.search(r"\((\d+)/(\d+)\)", str(cell))
    return (int(found[1]), int(found[2]) - int(found[1])) if found else None


@pytest.mark.django_db
def test_a_county_wide_manager_reads_no_number_under_five() -> None:
    lotta = guard()
    with time_machine.travel(EASTER + timedelta(days=20)):
        for _ in range(6):
            case = notification(child(), lotta)
            for outcome, day in (("not_urgent", 0), ("started", 4)):
                cases.assess(
                    case=case.id, outcome=outcome, key=uuid4(), by=lotta, at=EASTER + timedelta(days=day, hours=1)
                )
        for _ in range(2):
            notification(child(), lotta, at=EASTER + timedelta(days=19))
        answer = signed_in(worker("service-manager", unit="kehittaminen")).get("/fi/team/child-welfare/")
    assert answer.context["tiles"]["undecided"] == "alle 5"
    assert "alle 5" in text(answer)
    assert "ei kerrota" in text(answer)
    numbers = [cell for row in answer.context["rows"] for cell in row[1:]]
    assert not {1, 2, 3, 4} & set(numbers)


def test_a_role_without_grounds_does_not_see_few_and_the_worker_of_the_matters_does() -> None:
    def who(role: str) -> Who:
        return replace(Who(kind="staff", role=role), units=frozenset({"lastensuojelu"}))

    assert organisation.roles()["child-welfare-worker"].grounds
    assert [role for role in organisation.roles() if sees_few(who(role))] == ["child-welfare-worker"]
