"""Who may do what, where a role fits, and when a role may be given. No database."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.organisation import definitions, rules
from luotsi.domain.organisation.rules import Facts, NotPossible, Wish

TODAY = date(2026, 3, 2)
A, B, C = uuid4(), uuid4(), uuid4()
WISH = Wish(role="nurse", unit="kuhmo", valid_from=TODAY, valid_to=TODAY + timedelta(days=365), reason="Sijaisuus")


def why(wish: Wish, standing: list[tuple[date, date | None]] | None = None) -> str:
    try:
        rules.check_wish(wish, on=TODAY, standing=standing or [])
    except NotPossible as refusal:
        return refusal.why
    return ""


def facts(**changes: object) -> Facts:
    proposed = {"staff": C, "valid_from": TODAY, "valid_to": TODAY + timedelta(days=30), "proposed_by": A}
    return Facts(**({"is_confirmed": False, "is_ended": False} | proposed | changes))  # type: ignore[arg-type]


def test_nobody_may_what_no_role_lists() -> None:
    assert not rules.may(Who(kind="staff", role="astrologer"), "case.read")
    assert not rules.may(rules.VISITOR, "case.read")
    assert rules.may(Who(kind="staff", role="nurse"), "case.read")


@pytest.mark.parametrize(
    ("role", "unit", "is_so"),
    [
        ("nurse", "sotkamo", True),
        ("nurse", "aikuissosiaalityo", False),
        ("nurse", "tietosuoja", False),
        ("social-worker", "perhekeskus", True),
        ("social-worker", "sotkamo", False),
        ("unit-manager", "sotkamo", True),
        ("unit-manager", "aikuissosiaalityo", True),
        ("privacy-officer", "tietosuoja", True),
        ("privacy-officer", "sotkamo", False),
        ("county-administrator", "sotkamo", False),
        ("resident", "tietosuoja", False),
        ("visitor", "tietosuoja", False),
        ("astrologer", "sotkamo", False),
        ("nurse", "moon", False),
    ],
)
def test_a_role_is_given_only_where_its_register_is_kept(role: str, unit: str, is_so: bool) -> None:
    assert rules.fits(role, unit) is is_so


def test_every_staff_role_fits_somewhere_and_a_role_without_registers_never_where_one_is_kept() -> None:
    registers = {unit.key: unit.register for unit in definitions.county().units}
    for key, role in definitions.staff_roles().items():
        places = {unit for unit in registers if rules.fits(key, unit)}
        assert places, key
        assert role.registers or {registers[unit] for unit in places} == {"none"}


def test_a_team_is_not_reached_by_working_in_its_unit() -> None:
    nurse = Who(kind="staff", role="nurse", units=frozenset({"kajaani-hva"}))
    assert definitions.units()["kajaani-virtuaalitiimi"].parent == "kajaani-hva"
    assert rules.sees_unit(nurse, "kajaani-hva")
    assert not rules.sees_unit(nurse, "kajaani-virtuaalitiimi")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"role": "resident"}, "unknown_role"),
        ({"unit": "moon"}, "unknown_unit"),
        ({"unit": "aikuissosiaalityo"}, "register"),
        ({"reason": "  "}, "no_reason"),
        ({"valid_from": TODAY - timedelta(days=1)}, "past"),
        ({"valid_to": TODAY - timedelta(days=1)}, "backwards"),
        ({"valid_to": TODAY}, ""),
        ({"valid_to": TODAY + timedelta(days=730)}, ""),
        ({"valid_to": TODAY + timedelta(days=731)}, "too_long"),
        ({"valid_to": date.max}, "too_long"),
        ({"valid_from": date.max, "valid_to": date.max}, "too_far"),
    ],
)
def test_what_may_be_proposed(changes: dict[str, object], said: str) -> None:
    assert why(Wish(**(WISH.__dict__ | changes))) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(-30, -1, ""), (-30, 0, "overlaps"), (-30, None, "overlaps"), (365, 400, "overlaps"), (366, 400, "")],
)
def test_a_role_is_not_given_twice_for_the_same_days(first: int, last: int | None, said: str) -> None:
    end = None if last is None else TODAY + timedelta(days=last)
    assert why(WISH, [(TODAY + timedelta(days=first), end)]) == said


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "waiting"),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2026, 3, 1)}, "lapsed"),
        ({"is_confirmed": True}, "in_force"),
        ({"is_confirmed": True, "valid_to": None}, "in_force"),
        ({"is_confirmed": True, "valid_from": date(2026, 3, 3)}, "planned"),
        ({"is_confirmed": True, "valid_from": date(2026, 1, 1), "valid_to": TODAY}, "in_force"),
        ({"is_confirmed": True, "valid_from": date(2026, 1, 1), "valid_to": date(2026, 3, 1)}, "over"),
        ({"is_confirmed": True, "is_ended": True, "ended_by": B}, "ended"),
        ({"is_ended": True, "ended_by": B}, "declined"),
        ({"is_ended": True, "ended_by": A}, "withdrawn"),
    ],
)
def test_the_state_follows_from_what_happened(changes: dict[str, object], state: str) -> None:
    assert rules.state_of(facts(**changes), on=TODAY) == state
    assert rules.can_end(facts(**changes), on=TODAY) is (state in {"waiting", "planned", "in_force"})


def test_a_second_person_confirms() -> None:
    assert rules.why_not_confirm(facts(), by=A, on=TODAY) == "own_proposal"
    assert rules.why_not_confirm(facts(), by=C, on=TODAY) == "for_oneself"
    assert rules.why_not_confirm(facts(), by=None, on=TODAY) == "own_proposal"
    assert rules.why_not_confirm(facts(), by=B, on=TODAY) is None
    assert rules.why_not_confirm(facts(is_confirmed=True), by=B, on=TODAY) == "answered"
    assert rules.why_not_confirm(facts(valid_to=TODAY - timedelta(days=1)), by=B, on=TODAY) == "over"


def test_a_night_shift_keeps_its_role_over_midnight() -> None:
    assert rules.last_day_of_session(datetime(2026, 3, 2, 7, 0, tzinfo=HELSINKI)) == TODAY
    assert rules.last_day_of_session(datetime(2026, 3, 2, 21, 0, tzinfo=HELSINKI)) == TODAY + timedelta(days=1)


def test_every_refusal_is_a_sentence() -> None:
    for key in rules._SENTENCES:
        assert str(NotPossible(key))
