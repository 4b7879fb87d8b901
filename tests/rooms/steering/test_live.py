"""Open boards hear when the facts have moved, and only then: an event that is not yet counted is no news to them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from luotsi.analytics import facts
from luotsi.rooms import live
from tests.factories import MORNING, contact
from tests.factories.loops import finished


def heard(monkeypatch: pytest.MonkeyPatch, *hints: str) -> bytes:
    """What a page of Sotkamo's manager is told after these hints."""
    hub = live.Hub()
    monkeypatch.setattr(live, "HUB", hub)
    monkeypatch.setattr(live, "SETTLE", 0.0)
    monkeypatch.setattr(live, "BEAT", 0.05)
    monkeypatch.setattr(hub, "_listen", lambda: asyncio.sleep(1))
    return finished(_first(live._stream(frozenset({"sotkamo"}), boards=True), hub, hints))


async def _first(stream: AsyncIterator[bytes], hub: live.Hub, hints: tuple[str, ...]) -> bytes:
    assert (await anext(stream)).startswith(b"retry")
    asyncio.get_running_loop().call_later(0.01, lambda: [hub._tell(hint) for hint in hints])
    return await anext(stream)


def test_a_board_hears_of_new_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"event: board" in heard(monkeypatch, live.FIGURES)


def test_an_event_alone_moves_the_list_and_not_the_board(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"event: worklist" in heard(monkeypatch, "sotkamo")
    assert b"still here" in heard(monkeypatch, "kuhmo")


@pytest.mark.django_db(transaction=True)
def test_new_facts_are_told_once_and_the_same_facts_never(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    contact()
    with psycopg.connect(**live._address(), autocommit=True) as line:
        line.execute("LISTEN luotsi_figures")
        first = facts.refresh(at=MORNING)
        facts.refresh(at=MORNING + timedelta(minutes=1))
        contact()
        second = facts.refresh(at=MORNING + timedelta(minutes=2))
        told = [note.payload for note in line.notifies(timeout=1, stop_after=3)]
    assert first.id != second.id
    assert told == [first.id, second.id]
