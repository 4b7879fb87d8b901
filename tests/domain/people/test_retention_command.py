"""`luotsi retention` and the nightly run: counted, once a day, by whichever login; the log and figures stay whole."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import connection, transaction

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.cli import main
from luotsi.config import retention
from luotsi.domain.cases.models import Case
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.models import Event, Use
from luotsi.domain.indicators import definitions
from luotsi.domain.people.models import Resident
from tests.analytics.stories import NOON, a_whole_matter
from tests.analytics.tables import ask, openly
from tests.domain.people.retained import PAST, all_about, dead, hold, matter, noon, run

pytestmark = pytest.mark.django_db(transaction=True)


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Its exit code and what it said, on the day that `PAST` is."""
    capsys.readouterr()
    with time_machine.travel(noon(PAST), tick=False):
        code = main(["retention", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_dry_run_counts_what_the_real_one_erases_and_erases_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for person in (dead(), dead()):
        matter(person)
        all_about(person)
    hold(dead())
    events_before = Event.objects.count()

    _, dry, _ = command(capsys, "--dry-run", "--json")
    assert Event.objects.count() == events_before
    assert Resident.objects.exclude(erased_at=None).count() == 0
    assert Case.objects.count() == 2
    _, real, _ = command(capsys, "--json")

    counted, done = json.loads(dry), json.loads(real)
    assert (counted.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert (counted | {"seconds": 0}) == (done | {"seconds": 0})
    assert done["residents"] == {
        "past_their_time": 3, "erased": 2, "kept_by_a_hold": 1, "kept_for_their_documents": 0
    }  # fmt: skip
    assert done["rows"]["resident-record"]["people_resident"] == 2
    assert done["rows"]["patient-documents"]["cases_case"] == 2
    assert Resident.objects.exclude(erased_at=None).count() == 2


def test_the_reason_stands_beside_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    matter(dead())

    code, said, _ = command(capsys, "--dry-run")

    assert code == 0
    assert "Patient documents (patient-documents; Client Data Act 703/2023)" in said
    assert "With its matter; the event keeps only the decision" in said
    assert "1 residents past their time, 1 would be erased" in said


@pytest.mark.parametrize(("day", "told"), [("2126-01-01", "has not come"), ("tomorrow", "is not a day")])
def test_a_day_that_cannot_be_is_refused_and_nothing_goes(
    day: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    dead()

    code, _, complained = command(capsys, "--on", day)

    assert (code, told in complained) == (2, True)
    assert not Resident.objects.exclude(erased_at=None).exists()
    if day[0] == "2":
        assert "would be erased" in command(capsys, "--on", day, "--dry-run")[1]


def test_the_worker_runs_it_once_a_day_and_again_after_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_log_rows", _breaks)
    with pytest.raises(RuntimeError):
        retention.nightly(at=noon(PAST))
    monkeypatch.undo()

    assert retention.nightly(at=noon(PAST)) is not None
    assert retention.nightly(at=noon(PAST) + timedelta(hours=6)) is None
    assert retention.nightly(at=noon(PAST) + timedelta(days=1)) is not None
    assert Event.objects.filter(kind="retention.ran").count() == 2


def test_of_several_workers_one_runs_it() -> None:
    dead()
    with _another_worker() as other:
        other.execute(f"SELECT pg_advisory_lock({retention._LOCK})")
        assert retention.nightly(at=noon(PAST)) is None
        with pytest.raises(retention.UnderWay):
            run(PAST)
    assert not Resident.objects.exclude(erased_at=None).exists()
    outcome = retention.nightly(at=noon(PAST))
    assert outcome is not None
    assert outcome.erased == 1


def test_the_login_that_serves_and_an_owner_who_is_no_superuser_erase_the_same() -> None:
    """Row-level security holds both back until they say that they are the system."""
    for role in ("luotsi_app", "retention_owner"):
        person = dead()
        matter(person)
        all_about(person)
        with _as_role(role), connection.cursor() as sql:
            sql.execute("SELECT count(*) FROM people_resident")
            assert sql.fetchone()[0] == 0, "the wall stands"
            assert run(PAST).erased == 1
        assert not Case.objects.exists()


def test_the_log_and_the_figures_of_the_past_are_what_they_were(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    matters = [a_whole_matter(number) for number in range(6)]
    facts.refresh(at=NOON)
    measure = openly(definitions.indicator("care_within_7_days"))
    before, told = ask(DuckFigures(tmp_path / "facts"), measure), list(_told())
    person = dead()
    case = matter(person)
    _look(person)
    events.seal(at=now())

    assert run(PAST).erased == 1

    assert list(_told())[: len(told)] == told
    assert Event.objects.filter(subject=case.id).exists()
    facts.refresh(at=NOON)
    assert facts.verify().holds
    assert ask(DuckFigures(tmp_path / "facts"), measure).cells == before.cells
    verdict = event_queries.verify()
    assert (verdict.holds, Use.objects.filter(resident=person.id).count()) == (True, 1)
    assert len(matters) == 6


def test_log_rows_go_after_twelve_years_but_for_those_of_somebody_under_a_hold(figures: Callable[[str], None]) -> None:
    held, free = dead(None), dead(None)
    at = now()
    old = at.replace(year=at.year - 13, day=1)
    for number, person in enumerate((free, held, free)):
        _look(person, old + timedelta(days=number))
        events.seal(at=old + timedelta(days=number))
    hold(held)

    first = retention.run(on=at.date(), at=at, dry_run=True)
    assert (first.gone["log-rows", "events_use"], Use.objects.count()) == (1, 3)
    retention.run(on=at.date(), at=at)

    assert Use.objects.count() == 2, "from the first row of the held resident on the log is kept"
    assert event_queries.verify().holds
    figures(f"retention: {3 - Use.objects.count()} of 3 old log rows erased, those from a held resident's on are kept")


def test_a_log_that_was_tampered_with_is_kept_and_the_rest_goes() -> None:
    at = now()
    old = at.replace(year=at.year - 13, day=1)
    person = dead()
    _look(person, old)
    events.seal(at=old)
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("UPDATE events_use SET what = 'list'")

    outcome = retention.run(on=at.date(), at=at)

    assert "seal 1" in outcome.log_kept
    assert (outcome.erased, Use.objects.count()) == (1, 1)


def _breaks(*_: object) -> None:
    raise RuntimeError("the power went")


def _told() -> Iterator[tuple[Any, ...]]:
    yield from Event.objects.order_by("id").values_list("id", "uid", "kind", "subject", "resident", "body")


def _look(person: Resident, at: datetime | None = None) -> None:
    nurse = Who("staff", "nurse", person.id)
    events.saw(nurse, residents=[person.id], what="case", ground="team")
    if at is not None:
        with transaction.atomic(), connection.cursor() as sql:
            sql.execute("SET LOCAL session_replication_role = replica")
            sql.execute("UPDATE events_use SET at = %s WHERE id = (SELECT max(id) FROM events_use)", [at])


@contextmanager
def _as_role(role: str) -> Iterator[None]:
    """As a role that passes no row-level security, and that has not said that it is the system."""
    with connection.cursor() as sql:
        if role != "luotsi_app":
            sql.execute(f"DROP ROLE IF EXISTS {role}")
            sql.execute(f"CREATE ROLE {role} NOSUPERUSER NOBYPASSRLS IN ROLE luotsi_app")
            sql.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'")
            owners = dict(sql.fetchall())
            for table in owners:
                sql.execute(f'ALTER TABLE "{table}" OWNER TO {role}')
        else:
            owners = {}
        sql.execute(f"SELECT set_config('role', '{role}', false), set_config('luotsi.kind', '', false)")
        try:
            yield
        finally:
            sql.execute("SELECT set_config('role', 'none', false), set_config('luotsi.kind', 'system', false)")
            for table, owner in owners.items():
                sql.execute(f'ALTER TABLE "{table}" OWNER TO "{owner}"')
            if owners:
                sql.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@contextmanager
def _another_worker() -> Iterator[psycopg.Connection[Any]]:
    known = connection.settings_dict
    address = psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], host=known["HOST"], port=known["PORT"] or "5432"
    )
    with psycopg.connect(address) as other:
        yield other
