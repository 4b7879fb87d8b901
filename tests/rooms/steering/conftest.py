"""Half a year of health stations, small enough to know by heart; the engine behind the pages is the real one.

Ten visits a week in each station until Tuesday 31.3.2026. Sotkamo and Kuhmo see people within the week, Kajaani in
three weeks. Puolanka writes down one assessment in five, so its coverage is 20 %. Ristijärvi has had three
visits and Paltamo six: the three are too few to tell, and the six are hidden so that nobody can work the three out.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from luotsi.analytics.engine import DuckFigures
from luotsi.base.who import Who
from luotsi.domain.indicators import ports
from luotsi.domain.indicators.definitions import CaseFact, ContactFact
from tests.analytics.tables import figures_of
from tests.factories import worker
from tests.factories.clients import signed_in

TODAY = date(2026, 3, 31)
WAITS = {"sotkamo": 2, "kuhmo": 5, "kajaani-hva": 20, "puolanka": 2}


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> DuckFigures:
    folder = tmp_path_factory.mktemp("figures")
    return figures_of(folder, cases=[*cases(), *few()], contacts=list(contacts()), as_of=TODAY)


@pytest.fixture(autouse=True)
def in_finnish() -> Iterator[None]:
    """Pages leave their language behind; every test begins in Finnish."""
    with override("fi"):
        yield


@pytest.fixture(autouse=True)
def figures(engine: DuckFigures) -> Iterator[None]:
    """Behind the port; what was there comes back afterwards."""
    before = list(ports._connected)
    ports.connect(engine)
    yield
    ports._connected[:] = before


def cases() -> Iterator[CaseFact]:
    for unit, wait in WAITS.items():
        for number in range(260):
            yield visit(unit, number, wait, TODAY - timedelta(days=number * 7 // 10))


def few() -> Iterator[CaseFact]:
    for unit, count in (("ristijarvi", 3), ("paltamo", 6)):
        for number in range(count):
            yield visit(unit, number, 1, TODAY - timedelta(days=3))


def visit(unit: str, number: int, wait: int, held: date) -> CaseFact:
    """A first visit after so many days; in Puolanka four of five were never assessed."""
    if unit == "puolanka" and number % 5:
        return CaseFact(case=f"{unit}{number}", unit=unit, kind="health_need", first_visit_day=held)
    assessed = held - timedelta(days=wait)
    return CaseFact(
        case=f"{unit}{number}", unit=unit, kind="health_need", line="primary_care", outcome="care_needed",
        urgency="non_urgent", has_assessment=True, assessed_day=assessed, first_visit_day=held, settled_as="met",
        settled_day=held, due_day=assessed + timedelta(days=90),
    )  # fmt: skip


def contacts() -> Iterator[ContactFact]:
    for number in range(200):
        channel = "form" if number % 4 == 0 else "phone"
        received = TODAY - timedelta(days=number)
        yield ContactFact(contact=str(number), unit="sotkamo", channel=channel, received_day=received)


@pytest.fixture
def nowhere(tmp_path: Path) -> None:
    """No facts have been gathered yet."""
    ports.connect(DuckFigures(tmp_path / "nowhere"))


@pytest.fixture
def sotkamos_manager(db: None) -> Who:
    return worker(role="unit-manager", unit="sotkamo", name="Esa Esihenkilö")


@pytest.fixture
def manager(db: None) -> Client:
    """Looks at the whole county."""
    return signed_in(worker(role="service-manager", unit="kehittaminen"))


@pytest.fixture
def own(sotkamos_manager: Who) -> Client:
    """Sotkamo's manager."""
    return signed_in(sotkamos_manager)
