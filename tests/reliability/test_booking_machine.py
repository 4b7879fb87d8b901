"""Thousands of steps of booking, in any order, on PostgreSQL and in a plain model: both always say the same (R4).

The steps are the real actions: keep one time or two, confirm, move, give up, let go, wait, let lapse, send again. After
every step the database's own counts must hold too: places taken are bookings that hold them, and so are rooms.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from luotsi.base.now import local_day
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, Resource, ResourceUse, Slot
from luotsi.domain.bookings.rules import NotPossible, own
from luotsi.domain.bookings.rules.own import KEPT, Booker, NotBookable
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.times import AT, LATER, free_time
from tests.reliability.booking_model import Calendar, Place, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES, STEPS = int(os.environ.get("LUOTSI_EXAMPLES", "12")), 100  # `make prove` does ten thousand steps
PHONE, ORAL = "nurse-phone", "oral-check"
WHICH = st.integers(0, 1_000)
_done = {"steps": 0, "refused": 0}


@dataclass(frozen=True)
class Ground:
    """Four people, six times to be called at, and two dentists with one room: made once, every run begins with it."""

    people: list[Resident]
    places: dict[UUID, Place]

    @classmethod
    def laid(cls) -> "Ground":
        organisation.load_units()
        places = {}
        for number in range(6):
            starts = LATER + timedelta(minutes=20 * (number // 2))  # two workers at each moment
            capacity = 2 if number == 5 else 1
            slot = free_time(worker(), starts_at=starts, capacity=capacity, mode="phone")
            places[slot] = Place(starts, starts + timedelta(minutes=20), capacity, PHONE)
        Resource.objects.create(unit_id="suun-sotkamo", kind="room", name="1", active_from=local_day(AT))
        for number in range(3):
            starts, dentist = LATER + timedelta(minutes=15 * number), worker("dentist", "suun-sotkamo")
            mine = {"unit": "suun-sotkamo", "profession": "dentist", "mode": "visit", "minutes": 30}
            slot = free_time(dentist, starts_at=starts, **mine)  # type: ignore[arg-type]
            places[slot] = Place(starts, starts + timedelta(minutes=30), 1, ORAL, needs_room=True)
        return cls([resident() for _ in range(4)], places)


class Booked(RuleBasedStateMachine):
    """One run: what is done in it is taken back at its end."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at, self.people = AT, self.ground.people
        self.model = Calendar(dict(self.ground.places), {key: offerings()[key].per_person for key in (PHONE, ORAL)})
        self.last: Callable[[], Any] | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(who=WHICH, which=WHICH, second=st.one_of(st.none(), WHICH))
    def keep(self, who: int, which: int, second: int | None) -> None:
        person, slot = self.people[who % 4], self._slot(which)
        offering = self.model.places[slot].offering
        slots = [slot] if second is None else list(dict.fromkeys([slot, self._slot(second, offering)]))
        key = uuid4()

        def act() -> tuple[Booking, ...]:
            return keeping.keep(
                slots=slots, resident=person.id, offering=offering, key=key, by=as_who(person), at=self.at,
                booker=Booker(),
            )  # fmt: skip

        series = key if len(slots) > 1 else None
        new = list(zip([uuid4() for _ in slots], slots, strict=True))
        said = self._refuses(lambda: self.model.keep(new, person.id, series=series, at=self.at, until=self.at + KEPT))
        rows = self._same(act, said)
        for row, (told, _) in zip(rows, new, strict=False):
            self.model.bookings[row.id] = self.model.bookings.pop(told)
        self.last = (lambda: [row.id for row in act()] == [row.id for row in rows]) if rows else None

    @precondition(lambda self: self.model.bookings)
    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        booking, who = self._booking(which)
        said = self._refuses(lambda: self.model.confirm(booking, at=self.at))
        self._same(lambda: confirming.confirm(booking=booking, by=who, at=self.at), said)

    @precondition(lambda self: self.model.bookings)
    @rule(which=WHICH)
    def give_up(self, which: int) -> None:
        booking, who = self._booking(which)
        said = self._refuses(lambda: self.model.give_up(booking))
        self._same(lambda: [confirming.give_up(booking=booking, by=who, at=self.at)], said)

    @precondition(lambda self: self.model.bookings)
    @rule(which=WHICH, to=WHICH)
    def move(self, which: int, to: int) -> None:
        (booking, who), slot, key, told = self._booking(which), self._slot(to), uuid4(), uuid4()
        said = self._refuses(lambda: self.model.move(booking, slot, told, at=self.at))
        rows = self._same(lambda: [confirming.move(booking=booking, slot=slot, key=key, by=who, at=self.at)], said)
        if rows:
            self.model.bookings[rows[0].id] = self.model.bookings.pop(told)
            self.last = lambda: (
                confirming.move(booking=booking, slot=slot, key=key, by=who, at=self.at).id == rows[0].id
            )

    @precondition(lambda self: self.model.bookings)
    @rule(which=WHICH)
    def let_go(self, which: int) -> None:
        booking, who = self._booking(which)
        self.model.let_go(booking)
        keeping.let_go(booking=booking, by=who, at=self.at)
        _done["steps"] += 1

    @rule(minutes=st.integers(1, 15))
    def wait(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        _done["steps"] += 1

    @rule()
    def let_lapse(self) -> None:
        assert keeping.let_lapse(at=self.at) == self.model.let_lapse(at=self.at)
        _done["steps"] += 1

    @precondition(lambda self: self.last is not None)
    @rule()
    def send_again(self) -> None:
        assert self.last is not None
        assert self.last()
        _done["steps"] += 1

    @invariant()
    def places_are_as_the_model_says(self) -> None:
        taken = dict(Slot.objects.filter(id__in=self.model.places).values_list("id", "taken"))
        assert taken == {place: self.model.taken(place) for place in self.model.places}
        assert not Slot.objects.filter(taken__gt=F("capacity") + F("overbook")).exists()
        held = {one for one, row in self.model.bookings.items() if not row.is_gone}
        rows = Booking.objects.filter(slot__in=self.model.places, cancelled_at=None)
        assert set(rows.values_list("id", flat=True)) == held
        in_rooms = {one for one in held if self.model.places[self.model.bookings[one].place].needs_room}
        assert set(ResourceUse.objects.values_list("booking", flat=True)) == in_rooms

    def _same(self, act: Callable[[], Any], refused: bool) -> Any:
        """Do it on PostgreSQL: it is refused when the model refused it, and else answers."""
        _done["steps"] += 1
        _done["refused"] += refused
        try:
            with transaction.atomic():
                rows = act()
        except (SlotTaken, NotBookable, NotPossible):
            assert refused, "PostgreSQL refused what the model allows"
            return []
        assert not refused, "PostgreSQL did what the model refuses"
        return rows

    @staticmethod
    def _refuses(step: Callable[[], object]) -> bool:
        try:
            step()
        except Refused:
            return True
        return False

    def _slot(self, which: int, offering: str = "") -> UUID:
        fitting = [key for key, one in self.model.places.items() if not offering or one.offering == offering]
        return fitting[which % len(fitting)]

    def _booking(self, which: int) -> tuple[UUID, Any]:
        booking = list(self.model.bookings)[which % len(self.model.bookings)]
        person = self.model.bookings[booking].person
        return booking, as_who(next(one for one in self.people if one.id == person))


def _run(examples: int, phases: tuple[Phase, ...] = (Phase.generate, Phase.shrink)) -> None:
    _done.update(steps=0, refused=0)
    Booked.ground = Ground.laid()
    quiet = settings(
        phases=phases, max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    run_state_machine_as_test(Booked, settings=quiet)


def test_booking_does_what_a_plain_model_does_whatever_the_order(figures: Callable[[str], None]) -> None:
    began = perf_counter()
    _run(EXAMPLES)
    assert _done["refused"] > _done["steps"] / 50
    assert _done["steps"] > EXAMPLES * STEPS / 2
    figures(
        f"R4: {_done['steps']} steps of booking as the model says, {_done['refused']} of them refused by both, "
        f"{perf_counter() - began:.0f} s"
    )


def test_a_machine_that_lets_somebody_be_in_two_places_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "check_apart", lambda *_: None)
    with pytest.raises(BaseException):  # noqa: B017 (an assertion, or the group in which it is told)
        _run(10, phases=(Phase.generate,))
