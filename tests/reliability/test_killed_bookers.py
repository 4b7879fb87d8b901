"""Histories of one time are linearizable also when those who book are killed (kill -9) in the middle of it (R3).

Whoever is killed between taking a place and writing who has it has done neither. Beside it the same with the two
written apart: a place is lost, and the checker finds the history that no time could have given.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from luotsi.domain.bookings.models import Slot
from tests.factories import resident, worker
from tests.factories.times import free_time
from tests.reliability.linearizable import Operation, is_linearizable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLED = int(os.environ.get("LUOTSI_KILLED_BOOKERS", "60"))
PLAYERS, PLACES, KILLS_OF_ONE = 4, 2, 20  # of one history
_numbers = count()


def history(home: Path, how: str, seed: int, kills: int) -> list[Operation]:
    """What so many players saw, one of whom is killed again and again and begins anew."""
    people = [resident().id for _ in range(PLAYERS)]
    slot = free_time(worker(), capacity=PLACES)
    players = subprocess.Popen(
        [sys.executable, "-m", WRITER, "play", how], env={**os.environ, "DATABASE_URL": address()}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    chance, seen = Random(seed), []
    with connection.cursor() as line:
        playing = {who: Player(players, who, people[who], slot, home) for who in range(PLAYERS)}
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 0.25))
            who = chance.randrange(PLAYERS)
            seen += playing[who].killed(line)
            playing[who] = Player(players, who, people[who], slot, home)
        time.sleep(1)
        for player in playing.values():
            seen += player.killed(line)
        players.kill()
        players.wait()
        asked = time.monotonic()
        taken = Slot.objects.get(id=slot).taken
    return [*seen, Operation(PLAYERS, "read", asked, time.monotonic(), taken)]


def address() -> str:
    """Of the tests' own database."""
    told = connection.settings_dict
    return f"postgresql://{told['USER']}:@/{told['NAME']}?host={told['HOST']}&port={told['PORT']}"


class Player:
    """One process that books, cancels and looks at the time."""

    def __init__(self, players: "subprocess.Popen[str]", who: int, person: UUID, slot: UUID, home: Path) -> None:
        self.who, self.number = who, next(_numbers)
        self.file = home / f"player-{self.number}"
        assert players.stdin
        assert players.stdout
        players.stdin.write(f"{self.number} {person} {slot} {self.number} {self.file}\n")
        players.stdin.flush()
        self.process = int(players.stdout.readline())

    def killed(self, line: Any) -> list[Operation]:
        """What it saw until now. What it asked last was done, if at all, before its line was gone."""
        os.kill(self.process, signal.SIGKILL)
        gone = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
        line.execute(gone, [f"player-{self.number}"])
        while line.fetchone() != (0,):
            time.sleep(0.005)
            line.execute(gone, [f"player-{self.number}"])
        end = time.monotonic()
        told = self.file.read_text().splitlines() if self.file.exists() else []
        said = [one.split() for one in told]
        asked = [(one[1], float(one[2])) for one in said if len(one) == 3 and one[1].isalpha()]
        heard = [(float(one[1]), int(one[2])) for one in said if len(one) == 3 and not one[1].isalpha()]
        answers = [*heard, *[(end, None)] * (len(asked) - len(heard))]
        return [
            Operation(self.who, kind, when, until, answer)  # type: ignore[arg-type]
            for (kind, when), (until, answer) in zip(asked, answers, strict=True)
        ]


def test_whoever_is_killed_while_booking_has_booked_or_has_not(tmp_path: Path, figures: Callable[[str], None]) -> None:
    told = [history(tmp_path, "whole", seed, KILLS_OF_ONE) for seed in range(-(-KILLED // KILLS_OF_ONE))]
    for one in told:
        assert is_linearizable(one, capacity=PLACES), one
    operations = [operation for one in told for operation in one]
    unheard = [one for one in operations if one.answer is None and one.kind != "read"]
    assert len(unheard) > len(told)
    assert sum(1 for one in operations if one.kind == "book" and one.answer) > len(told) * 5
    figures(
        f"R3, killed in mid-write: {len(told)} histories of {len(operations)} operations, {len(told) * KILLS_OF_ONE} "
        f"kills, {len(unheard)} bookings and cancellations without an answer: all linearizable"
    )


def test_a_place_and_who_has_it_written_apart_give_a_history_that_could_not_have_happened(
    tmp_path: Path, figures: Callable[[str], None]
) -> None:
    unkilled = history(tmp_path, "apart", 0, kills=0)
    assert is_linearizable(unkilled, capacity=PLACES), "it must be the kills that the checker finds"
    found = [not is_linearizable(history(tmp_path, "apart", seed, KILLS_OF_ONE), capacity=PLACES) for seed in range(2)]
    assert any(found)
    figures(f"R3, written apart: {sum(found)} of {len(found)} histories with kills are not linearizable")


WRITER = "tests.reliability.booking_writer"
