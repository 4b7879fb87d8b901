"""What is in the facts of people: keyed hashes, codes and days. No name, no text, no field that nobody named."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings as django_settings
from django.db import connection

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.facts import manifest
from luotsi.domain.indicators.ports import NoFacts
from tests.analytics.stories import NOON, Matter, a_whole_matter, day
from tests.analytics.tables import published_rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("place")]


def test_people_are_keyed_hashes_and_nothing_else(place: Path) -> None:
    matter = a_whole_matter()
    facts.refresh(at=NOON)

    digest = hmac.new(django_settings.PSEUDONYM_KEY.encode(), str(matter.resident).encode(), hashlib.sha256)
    assert published_rows(place, "case_facts", "resident_key") == [(digest.hexdigest()[:32],)]
    held = b"".join(path.read_bytes() for path in place.glob("*"))
    assert str(matter.case).encode() in held
    assert str(matter.resident).encode() not in held


@dataclass(frozen=True)
class Talkative:
    """A body with what must never leave the record."""

    kind: ClassVar[str] = "case.closed"
    reason: str
    by: str = "Virtanen"
    note: str = "soitettu-aidille"
    mode: str = "x" * 41


def test_no_text_and_no_unknown_field_gets_into_the_facts(place: Path) -> None:
    matter = Matter()
    matter.opens(day(0))
    matter.tells(Talkative("Hän kertoi kaiken"), day(1))
    facts.refresh(at=NOON)

    assert published_rows(place, "case_facts", "close_reason, mode") == [("", "")]
    assert published_rows(place, "event_facts", "reason, cancelled_by, mode", "kind = 'case.closed'") == [("", "", "")]
    held = b"".join(path.read_bytes() for path in place.glob("*.parquet"))
    assert not any(word in held for word in (b"kertoi", b"Virtanen", b"soitettu"))
    assert b"case.closed" in held


def test_a_booked_time_after_midnight_in_finland_is_of_the_next_day(place: Path) -> None:
    matter = Matter()
    matter.opens(day(0))
    matter.books(day(0), datetime(2026, 6, 30, 21, 30, tzinfo=UTC))
    facts.refresh(at=NOON)

    assert [str(promised) for (promised,) in published_rows(place, "case_facts", "promised_day")] == ["2026-07-01"]


def test_facts_of_a_record_that_was_here_before_are_made_anew(place: Path) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    with connection.cursor() as sql:
        sql.execute("TRUNCATE events_event")
    assert not facts.status().usable
    matter = a_whole_matter()

    made = facts.refresh(at=NOON)

    assert made.events == 9
    assert published_rows(place, "case_facts", '"case"') == [(str(matter.case),)]
    assert facts.verify().holds


def test_facts_of_another_version_are_made_anew_and_until_then_not_read(place: Path) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    file = place / "manifest.json"
    file.write_text(file.read_text().replace(f'"format": {manifest.FORMAT}', '"format": 1, "since_gone": true'))

    with pytest.raises(NoFacts, match="another version"):
        DuckFigures(place).state()
    facts.refresh(at=NOON)

    assert DuckFigures(place).state().events == 9


def test_another_pseudonym_key_makes_everything_anew(place: Path, settings: Any) -> None:
    a_whole_matter()
    facts.refresh(at=NOON)
    before = published_rows(place, "case_facts", "resident_key")

    settings.PSEUDONYM_KEY = "another"
    assert not facts.status().usable
    facts.refresh(at=NOON)

    assert facts.status().usable
    assert before != published_rows(place, "case_facts", "resident_key")
