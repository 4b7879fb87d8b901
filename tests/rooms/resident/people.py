"""Residents and those who act for them, for the tests of the resident's own pages."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Mandate, Resident
from tests.factories import MORNING, as_who, resident, worker
from tests.factories.clients import signed_in

EVERYTHING = ("health", "social", "none")


def family() -> tuple[Resident, Resident]:
    """A mother and her child of nine, for whom she may act."""
    mother = resident(first_name="Maija", last_name="Esimerkki", mail="maija@example.org")
    child = resident(date(2017, 5, 5), first_name="Lauri", last_name="Esimerkki")
    let_act(mother, child, kind="guardian", source="population_register")
    return mother, child


def let_act(
    agent: Resident, principal: Resident, *, kind: str = "mandate", source: str = "visit",
    registers: Collection[str] = EVERYTHING, **when: Any,
) -> Mandate:  # fmt: skip
    """A right to act for another, written down by the system."""
    return people.give_mandate(
        principal=principal.id, agent=agent.id, kind=kind, registers=registers, source=source, by=_clerk(), at=MORNING,
        **{"valid_from": date(2026, 1, 1)} | when,
    )  # fmt: skip


def acting(agent: Resident, principal: Resident) -> Client:
    """The agent's browser after choosing for whom they act."""
    browser = signed_in(as_who(agent))
    answer = browser.post("/fi/acting/", {"resident": str(principal.id)})
    assert answer.status_code == 302, answer.status_code
    return browser


def looked(case: Case, by: Who) -> None:
    """A worker opens the case."""
    assert signed_in(by).get(f"/fi/team/cases/{case.id}/").status_code == 200


def text_of(answer: Any) -> str:
    """What the page says in its main part; of a file all of it."""
    whole: str = answer.content.decode()
    return whole[max(0, whole.find("<main")) :]


def _clerk() -> Who:
    """A worker who may write a mandate down."""
    return worker("service-adviser")
