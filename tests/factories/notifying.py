"""A child-welfare notification as a worker writes it down."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.rules.contact import Said
from luotsi.domain.people.models import Resident
from tests.factories import resident, worker

EASTER = datetime(2026, 3, 31, 9, 10, tzinfo=HELSINKI)  # the Tuesday before Easter


def child(born: date = date(2015, 1, 1), **details: Any) -> Resident:
    return resident(born=born, **details)


def guard(name: str = "Lotta Lastenvalvoja") -> Who:
    """A child-welfare social worker."""
    return worker("child-welfare-worker", unit="lastensuojelu", name=name)


def notification(
    about: Resident, by: Who, *, at: datetime = EASTER, sender: str = "school", name: str = "Rehtori Esimerkki",
    told: str = "Lapsi on ollut usein yksin kotona.",
) -> Case:  # fmt: skip
    """The case that the notification opened, or joined."""
    said = Said(channel="notification", told=told, received_at=at, sender=sender, sender_name=name)
    return cases.write_down(
        resident=about.id, kind="child_welfare", service="child-welfare", unit="lastensuojelu", said=said, key=uuid4(),
        by=by, at=at,
    )  # fmt: skip
