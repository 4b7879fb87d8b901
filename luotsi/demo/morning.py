"""The morning of a team: whose matters are whose, who is away, who was rung in vain, and what child welfare must judge.

Made by the same actions as a real worker's, in the last days.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from luotsi.base.dates import add_working_days, is_working_day, start_of
from luotsi.base.now import local_day
from luotsi.demo import cast
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries.contacts import contacts_of, to_join
from luotsi.domain.cases.rules.contact import Said
from luotsi.domain.organisation.actions import absences

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000003")
NELLI, NOORA, ESA, LILJA = (cast.MEMBERS[key].as_who() for key in ("nelli", "noora", "esa", "lilja"))
_AWAY_DAYS = 2


Free = Callable[[UUID], bool]


def begin(new: list[UUID], assessed: list[UUID], child: Callable[[Free], UUID], *, at: datetime) -> None:
    """`new`: matters on Sotkamo's list that nobody has judged, `assessed` those judged; `child` finds one who is free
    of such a matter.
    """
    _whose(assessed, at)
    _noora_is_away(at)
    _rung_in_vain(new, at)
    _reasons(new, at)
    _of_child_welfare(child(_has_no_matter), child(_has_no_matter), at)


def _whose(assessed: list[UUID], at: datetime) -> None:
    """Noora had three matters, Nelli one; Noora gave Nelli one of hers before she went."""
    yesterday = at - timedelta(hours=20)
    soon, late, over, seen = assessed
    for case in (soon, late, over):
        cases.hand_over(case=case, to=NOORA.id, seen=None, by=NOORA, at=yesterday)
    cases.hand_over(case=seen, to=NELLI.id, seen=None, by=NELLI, at=yesterday)
    note = "Aika on tarjottu liian myöhään, etsitkö aiemman."
    cases.hand_over(case=late, to=NELLI.id, seen=NOORA.id, by=NOORA, at=at - timedelta(hours=19), note=note)


def _noora_is_away(at: datetime) -> None:
    today = local_day(at)
    absences.mark_absence(
        key=uuid5(_SPACE, "noora"), staff=NOORA.id, begins_on=today, ends_on=add_working_days(today, _AWAY_DAYS),
        substitute=NELLI.id, by=ESA, at=at - timedelta(minutes=50),
    )  # fmt: skip


def _rung_in_vain(new: list[UUID], at: datetime) -> None:
    """The oldest of the list were rung and did not answer, one of them twice."""
    tries = ((new[-1], "no_answer", 150), (new[-1], "message_left", 40), (new[-2], "busy", 35))
    for number, (case, outcome, minutes) in enumerate(tries):
        cases.record_call(
            case=case, contact=_contact_of(case), outcome=outcome, key=uuid5(_SPACE, f"call {number}"), by=NELLI,
            at=at - timedelta(minutes=minutes),
        )  # fmt: skip


def _reasons(new: list[UUID], at: datetime) -> None:
    for case, demand in ((new[3], "V3"), (new[7], "V1"), (new[8], "F5")):
        cases.class_demand(
            case=case, contact=_contact_of(case), demand=demand, by=NELLI, at=at - timedelta(minutes=5)
        )  # fmt: skip


def _of_child_welfare(first: UUID, second: UUID, at: datetime) -> None:
    """One came this morning and waits for its urgency; of the other the start must be decided, and it came again."""
    _notified(
        first, "Oppilas kertoi aamulla, ettei uskalla mennä koulusta kotiin.", "school", at - timedelta(minutes=18)
    )
    came = start_of(_working_days_before(local_day(at), 5)) + timedelta(hours=13.4)
    case = _notified(second, "Lapsi on haettu päiväkodista kahdesti päihtyneenä.", "professional", came)
    note = "Lapsi on isovanhempien luona, ei välitöntä vaaraa."
    judged = {"note": note, "by": LILJA}
    cases.assess(case=case, outcome="not_urgent", key=uuid5(_SPACE, "urgency"), at=came + timedelta(hours=1), **judged)
    cases.hand_over(case=case, to=LILJA.id, seen=None, by=LILJA, at=came + timedelta(hours=1.1))
    _notified(second, "Poliisi kävi kotihälytyksellä, lapset olivat paikalla.", "authority", at - timedelta(hours=2))


def _has_no_matter(child: UUID) -> bool:
    """A notice about a child whose matter is open joins that one, which may have been judged long ago."""
    return not to_join(child, viewer=LILJA, kind="child_welfare")


def _notified(child: UUID, told: str, sender: str, at: datetime) -> UUID:
    named = {"school": "Esimerkkikoulu", "authority": "Poliisi", "professional": "Päiväkoti"}[sender]
    said = Said(channel="notification", told=told, received_at=at, sender=sender, sender_name=named)
    case = cases.write_down(
        resident=child, kind="child_welfare", service="child-welfare", unit="lastensuojelu", said=said,
        key=uuid5(_SPACE, told), by=LILJA, at=at + timedelta(minutes=6),
    )  # fmt: skip
    return case.id


def _working_days_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def _contact_of(case: UUID) -> UUID:
    return contacts_of(case, viewer=NELLI)[0].id
