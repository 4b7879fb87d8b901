"""Granted days of a matter, and of a resident who looks at their own."""

from collections.abc import Sequence
from datetime import date

from luotsi.base.who import Who
from luotsi.domain.bookings.queries import places
from luotsi.domain.bookings.queries.days import GrantView
from luotsi.domain.cases import access
from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.definitions import CaseKind
from luotsi.domain.cases.queries.one import CaseView
from luotsi.domain.events import actions as events


def is_granted(kind: CaseKind, outcomes: Sequence[str]) -> bool:
    """Whether the latest decision of the matter, by what was judged in their order, grants a service."""
    decided = [one for one in outcomes if kind.stage_of(one).event == "decision.made"]
    return bool(decided) and kind.outcome(decided[-1]).effect == "continues"


def may_grant(case: CaseView, viewer: Who) -> bool:
    """The rule that protects the write, asked before the button is shown."""
    ground = case.reason.ground if case.reason else ""
    outcomes = [one.outcome for one in case.judgements]
    return is_granted(case.kind, outcomes) and can_write(viewer, "days.decide", unit=case.unit, ground=ground)


def days_in(case: CaseView, *, viewer: Who, on: date) -> list[GrantView]:
    """What was granted in a matter that the viewer has open."""
    return places.grants_of(viewer=viewer, residents=[case.person.id], on=on, subject=case.id)


def has_days(viewer: Who) -> bool:
    """Whether any decision on days is the resident's to see. One query; nothing of it is shown."""
    return places.has_grants(viewer)


def own_days(*, viewer: Who, on: date) -> list[GrantView]:
    """The granted days of the resident, those in force first. Of a matter kept from whoever acts for them, none.

    The reading is logged.
    """
    found = places.grants_of(viewer=viewer, residents=viewer.own_ids, on=on)
    visible = set(access.visible_to(viewer).filter(id__in=[one.subject for one in found]).values_list("id", flat=True))
    shown = [one for one in found if one.subject in visible]
    for one in shown:
        events.saw(
            viewer, residents=[one.resident], what="booking", register=one.register, ground=viewer.ground or "own"
        )
    return sorted(shown, key=lambda one: (one.is_over, one.valid_to))
