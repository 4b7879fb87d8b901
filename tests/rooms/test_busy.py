"""Somebody else holds the time that one wants: after a moment the page says so, and the same form goes again."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.config.postgres import LOCK_TIMEOUT_SECONDS, databases
from luotsi.domain.bookings.models import Slot
from luotsi.domain.catalogue import actions as catalogue
from luotsi.rooms import busy
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import free_time
from tests.rooms.resident.people import text_of

PICKER = "/fi/services/nurse-reception/times/"


@pytest.fixture
def _hasty(transactional_db: None) -> Iterator[None]:
    """As the pages' own lines to the database, but sooner."""
    with connection.cursor() as sql:
        sql.execute("SET lock_timeout = '200ms'")
    yield
    with connection.cursor() as sql:
        sql.execute("RESET lock_timeout")


@pytest.mark.usefixtures("_hasty")
@pytest.mark.django_db(transaction=True)
def test_a_time_that_somebody_holds_is_told_politely_and_the_same_form_goes_again() -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    slot, browser = free_time(worker()), signed_in(as_who(resident()))
    form = {"offering": "nurse-phone", "slot": str(slot), "key": str(uuid4())}
    held, over = Event(), Event()
    holder = Thread(target=_hold, args=(slot, held, over))
    holder.start()
    held.wait(10)
    answer = browser.post(PICKER, form)
    over.set()
    holder.join()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    shown = text_of(answer)
    assert "Joku muu muuttaa samaa asiaa juuri nyt" in shown
    for value in form.values():
        assert value in shown
    assert Slot.objects.get(id=slot).taken == 0
    assert browser.post(PICKER, form).status_code == 302
    assert Slot.objects.get(id=slot).taken == 1


def _hold(slot: object, held: Event, over: Event) -> None:
    with transaction.atomic():
        list(Slot.objects.select_for_update().filter(id=slot))
        held.set()
        over.wait(10)
    connection.close()


def test_another_fault_of_the_database_is_no_queue() -> None:
    assert not busy.is_wait_over(OperationalError("the server is gone"))


def test_pages_wait_three_seconds_and_the_worker_as_long_as_it_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://luotsi@127.0.0.1/county")
    told = {}
    for who in ("web", "worker", "owner"):
        monkeypatch.setenv("LUOTSI_AS", who)
        options = databases(tmp_path, "demo")["default"]["OPTIONS"]["options"]
        told[who] = f"lock_timeout={LOCK_TIMEOUT_SECONDS}s" in options
    assert told == {"web": True, "worker": False, "owner": False}
