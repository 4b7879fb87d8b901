"""`luotsi facts`, and a worker that is killed in the middle of its work, for real."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from django.conf import settings as django_settings
from django.db import connection

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.facts import manifest
from luotsi.analytics.facts.record import key_fingerprint
from luotsi.cli import main
from luotsi.domain.indicators import definitions, ports
from tests.analytics.stories import Matter, day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("place")]


def asked(capsys: Any, what: str, code: int = 0) -> Any:
    assert main(["facts", what, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_facts_are_refreshed_proved_and_asked_how_they_stand(capsys: Any, place: Path) -> None:
    Matter().opens(day(0))

    assert asked(capsys, "refresh")["events"] == 2
    assert asked(capsys, "verify")["holds"] is True
    status = asked(capsys, "status")
    assert (status["events"], status["cases"], status["contacts"], status["behind"]) == (2, 1, 1, 0)
    assert asked(capsys, "rebuild")["cases"] == 1


def test_facts_that_differ_from_the_record_are_named_with_exit_code_one(capsys: Any, place: Path) -> None:
    Matter().opens(day(0))
    Matter().opens(day(0))
    made = facts.refresh()
    part = place / made.of("contact_facts")[0].file
    table = pq.read_table(part)
    pq.write_table(table.slice(0, 1), part)

    assert main(["facts", "verify"]) == 1
    assert (
        "The facts differ from the record in contact_facts 2026-03. Run `luotsi facts rebuild`"
        in capsys.readouterr().out
    )
    difference = asked(capsys, "verify", code=1)["differences"][0]
    assert (difference["facts"]["rows"], difference["record"]["rows"]) == (1, 2)


def test_a_lost_file_is_named_and_the_next_refresh_makes_everything_anew(capsys: Any, place: Path) -> None:
    Matter().opens(day(0))
    made = facts.refresh()
    (place / made.of("contact_facts")[0].file).unlink()
    figures = DuckFigures(place)
    question = ports.Ask(definitions.indicator("contacts"))

    with pytest.raises(ports.NoFacts, match=r"lost the file contact_facts-2026-03.*luotsi facts rebuild"):
        figures.measure(question)
    assert main(["facts", "verify"]) == 1
    facts.refresh()

    assert figures.measure(question).cells
    assert facts.verify().holds


def test_without_facts_it_says_what_to_run(capsys: Any) -> None:
    assert main(["facts", "status"]) == 1
    assert "Run `luotsi demo`" in capsys.readouterr().err


WORKER = """
import django; django.setup()
from luotsi.analytics import facts
print("ready", flush=True)
while True:
    facts.refresh()
"""


def a_worker(place: Path) -> "subprocess.Popen[str]":
    """A process of its own that refreshes without a pause, on this test's database and folder."""
    it = connection.settings_dict
    who, where = f"{quote(it['USER'])}:{quote(it['PASSWORD'])}", f"host={it['HOST']}&port={it['PORT'] or 5432}"
    address = f"postgresql://{who}@/{it['NAME']}?{where}"
    given = {
        "DJANGO_SETTINGS_MODULE": "luotsi.config.settings", "DATABASE_URL": address, "LUOTSI_DATA": str(place.parent),
        "LUOTSI_PSEUDONYM_KEY": django_settings.PSEUDONYM_KEY,
    }  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], env={**os.environ, **given}, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


@pytest.mark.slow
def test_a_worker_killed_at_any_moment_loses_nothing_and_takes_nothing_twice(place: Path) -> None:
    chance, killed = random.Random(1), 0
    for number in range(6):
        worker = a_worker(place)
        for step in range(4):
            Matter().opens(day(number * 4 + step))
            time.sleep(chance.random() / 4)
        while number == 0 and manifest.read(place) is None:
            time.sleep(0.05)  # on a busy machine the first facts take a while
        worker.kill()
        killed += worker.wait() == -9
    published = manifest.read(place)
    assert published
    assert published.key == key_fingerprint()
    assert killed == 6

    after = facts.refresh()

    assert (after.events, after.rows("case_facts"), after.rows("contact_facts")) == (48, 24, 24)
    assert facts.verify().holds
    print(f"6 workers killed; {published.events} of 48 events were in when the last one died, {after.events} after")
