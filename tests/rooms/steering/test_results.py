"""What answers say together: nothing small, also not by subtraction of one view from another, nor of two days."""

import random
import re
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import time_machine

from luotsi.analytics.disclosure import Hidden
from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.questionnaires import actions
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.queries import counting
from luotsi.domain.questionnaires.queries.counting import Counted, Gathered, Given
from luotsi.domain.questionnaires.rules.published import FEWEST, counted_until
from luotsi.rooms.steering import results as page
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.steering.answers import RECEPTION, answered, opened

UNITS = ("sotkamo", "kuhmo", "kajaani-hva", "puolanka")
MONTH = date(2026, 3, 1)


def gathered(numbers: dict[str, list[int]]) -> Gathered:
    """Answers to the first statement of the feedback by unit: how many gave 0, 1, 2, 3, 4, none, and no answer."""
    values = ("0", "1", "2", "3", "4", "none")
    counted = tuple(Counted(unit, None, MONTH, sum(row), sum(row), 0.0) for unit, row in numbers.items())
    given = tuple(
        Given(unit, None, "heard", value, count)
        for unit, row in numbers.items()
        for value, count in zip(values, row, strict=False)
        if count
    )
    return Gathered(questionnaires()[RECEPTION], counted, given, (), False)


def recovered(found: Gathered, numbers: dict[str, list[int]]) -> list[str]:
    """What an attacker works out of every view that can be opened: each shown number is an equation over the cells."""
    units, width = list(numbers), 7
    cells = {(unit, place): number for number, (unit, place) in enumerate((u, p) for u in units for p in range(width))}
    equations: list[np.ndarray[Any, Any]] = []

    def shown(count: int | None, of: list[tuple[str, int]]) -> None:
        if count is not None:
            row = np.zeros(len(cells))
            row[[cells[one] for one in of]] = 1
            equations.append(row)

    for unit in (None, *units):
        seen = page.results(found, unit=unit)
        over = units if unit is None else [unit]
        question = next(one for one in seen.questions if one.key == "heard")
        shown(seen.answers, [(u, p) for u in over for p in range(width)])
        for place, share in enumerate(question.shares):
            shown(share.answers, [(u, place) for u in over])
        shown(question.no_answer, [(u, width - 1) for u in over])
        for name, count, _mean in seen.units:
            shown(count, [(name, p) for p in range(width)])
    truth = np.array([numbers[unit][place] for unit, place in cells])
    return [
        f"{unit} {place}: {truth[number]}"
        for (unit, place), number in cells.items()
        if 0 < truth[number] < FEWEST and _is_determined(equations, number, len(cells))
    ]


def _is_determined(equations: list[Any], number: int, size: int) -> bool:
    """Whether every solution of the equations gives the cell the same value."""
    if not equations:
        return False
    _u, values, rows = np.linalg.svd(np.array(equations))
    rank = int((values > 1e-9).sum())
    return bool(np.abs(rows[rank:][:, number]).max(initial=0) < 1e-9) and size >= rank


def _counties() -> list[dict[str, list[int]]]:
    chance = random.Random(7)
    return [{unit: [chance.choice((0, 0, 1, 2, 3, 6, 9, 20)) for _ in range(7)] for unit in UNITS} for _ in range(60)]


def test_a_differencing_attack_over_every_view_recovers_nothing() -> None:
    small = found = 0
    for numbers in _counties():
        small += sum(0 < one < FEWEST for row in numbers.values() for one in row)
        found += len(recovered(gathered(numbers), numbers))
    print(f"R33: {small} small cells in 60 counties, {found} recovered")
    assert small > 300
    assert found == 0


def test_without_complementary_suppression_the_attack_recovers_small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: hiding only the small cells themselves is not enough."""

    def only_small(counts: Any, keys: Any, total: Any, minimum: int, **_more: Any) -> Hidden:
        return Hidden(((counts > 0) & (counts < minimum)).any(axis=1), any(0 < one < minimum for one in total))

    monkeypatch.setattr(page, "hide", only_small)
    assert sum(len(recovered(gathered(numbers), numbers)) for numbers in _counties()) > 50


def test_of_a_unit_with_four_answers_nothing_is_told() -> None:
    seen = page.results(gathered({"sotkamo": [4, 0, 0, 0, 0, 0, 0], "kuhmo": [9, 9, 9, 9, 9, 9, 9]}), unit="sotkamo")
    assert seen.answers is None
    assert all(share.answers is None for share in seen.questions[1].shares)


def test_two_days_differ_by_five_answers_at_least() -> None:
    chance, today = random.Random(3), date(2026, 3, 1)
    days: dict[date, int] = {}
    before = 0
    for _ in range(200):
        until = counted_until(days, today)
        counted = sum(count for day, count in days.items() if until and day < until)
        assert counted == before or counted - before >= FEWEST
        before = counted
        days[today] = chance.choice((0, 1, 1, 2, 3, 6))
        today += timedelta(days=1)
    assert before > 100


@pytest.mark.django_db
def test_feedback_is_counted_as_it_comes_and_a_round_when_it_has_closed() -> None:
    with time_machine.travel(MORNING, tick=False):
        manager = worker("unit-manager", unit="sotkamo")
        kiosk = opened(manager)
        for number in range(6):
            answered(kiosk, recommend=number, heard="3")
        assert _answers(RECEPTION, manager) == 6
        pulse = opened(manager, questionnaire="staff_pulse", mode="link")
        link = dict.fromkeys(("doable", "supported", "say", "sense", "recover"), "3")
        for _ in range(6):
            answered(pulse, **link)
        assert _answers("staff_pulse", manager) == 0
    with time_machine.travel(MORNING + timedelta(days=1), tick=False):
        assert _answers("staff_pulse", manager) == 6
        actions.close_collection(collection=pulse.id, by=manager, at=now())


@pytest.mark.django_db
def test_rounds_stand_in_the_order_of_time() -> None:
    manager = None
    names = []
    for weeks in (6, 4, 2):
        with time_machine.travel(MORNING - timedelta(weeks=weeks), tick=False):
            manager = manager or worker("unit-manager", unit="sotkamo")
            round_ = opened(manager, questionnaire="staff_pulse", mode="invited")
            day = (now().date(), dict.fromkeys(("doable", "supported", "say", "sense", "recover"), "3"))
            actions.load_anonymous(collection=round_.id, given=[day] * 6)
            actions.close_collection(collection=round_.id, by=manager, at=now() + timedelta(days=7))
            names.append(round_.id)
    assert manager is not None
    with time_machine.travel(MORNING, tick=False):
        found = counting.gathered("staff_pulse", viewer=manager, at=now())
    assert [one.name for one in page.results(found).moments] == names


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_the_page_shows_how_each_question_was_answered_and_hides_small_groups() -> None:
    manager = worker("unit-manager", unit="sotkamo")
    kiosk = opened(manager)
    for number in range(12):
        answered(
            kiosk, recommend=9, heard="4" if number else "0", good="Ystävällinen vastaanotto" if number == 5 else ""
        )
    body = signed_in(manager).get(f"/fi/boards/questionnaires/{RECEPTION}/?place=sotkamo").content.decode()
    assert "Ystävällinen vastaanotto" in body
    lines = re.findall(r'class="distribution-line".*?</li>', body, re.S)
    nine = next(line for line in lines if ">9</span>" in line)
    assert 'distribution-fill" width="100.00%"' in nine
    assert "100\u00a0%" in nine
    assert ">12</span>" in nine
    hidden = [line for line in lines if "peitetty" in line]
    assert hidden
    assert all("distribution-fill" not in line for line in hidden)
    assert signed_in(manager).get(f"/fi/boards/questionnaires/{RECEPTION}/").status_code == 200


@pytest.mark.django_db
@time_machine.travel(MORNING, tick=False)
def test_a_worker_without_the_right_does_not_read_figures() -> None:
    assert signed_in(worker()).get(f"/fi/boards/questionnaires/{RECEPTION}/").status_code == 403


def _answers(key: str, viewer: Who) -> int:
    return sum(one.answers for one in counting.gathered(key, viewer=viewer, at=now()).counted)
