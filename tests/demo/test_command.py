"""`luotsi demo`: what it says when it cannot, and its progress bar."""

import argparse
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from django.core.management import call_command

from luotsi.base.bulk import Stream
from luotsi.cli import demo as command
from luotsi.demo import prepare
from luotsi.demo.progress import Progress
from luotsi.domain.people import queries as persons
from tests.demo.conftest import AT
from tests.factories import resident

ROOT = Path(__file__).parents[2]


def luotsi(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("LUOTSI_MODE", "DATABASE"))}
    run = [sys.executable, "-m", "luotsi.cli", "demo", *arguments]
    return subprocess.run(run, env=known | environment, capture_output=True, text=True, timeout=120)


def test_a_wrong_port_is_said_in_a_sentence() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = luotsi(DATABASE_URL=f"postgresql://somebody:secret@127.0.0.1:{port}/luotsi")

    assert done.returncode == 1
    assert f"127.0.0.1:{port} does not answer" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_production_is_refused_before_anything_is_opened() -> None:
    done = luotsi(LUOTSI_MODE="production", DATABASE_URL="postgresql://nobody@127.0.0.1:1/x")

    assert done.returncode == 1
    assert "never written among real ones" in done.stderr


@pytest.mark.parametrize("arguments", [("--residents", "many"), ("--residents", "-5"), ("--scale", "national")])
def test_a_wrong_wish_is_said_in_a_sentence(arguments: tuple[str, ...]) -> None:
    done = luotsi(*arguments)

    assert done.returncode == 2
    assert arguments[1] in done.stderr


@pytest.mark.parametrize(("port", "shown"), [(None, "8000"), ("9000", "9000")])
def test_the_address_to_open_is_that_of_the_port_one_asked_for(
    port: str | None, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LUOTSI_PORT", raising=False)
    if port:
        monkeypatch.setenv("LUOTSI_PORT", port)
    assert f"http://localhost:{shown}/fi/demo/" in command._next()


def test_make_tells_the_commands_its_port() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "-f", "Makefile", "-f", "-", "port", "PORT=9000"],
        input="port:\n\t@echo $$LUOTSI_PORT\n", capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert told.stdout.strip() == "9000"


@pytest.mark.django_db
def test_too_few_residents_are_refused_before_anything_is_thrown_away() -> None:
    with pytest.raises(prepare.Refused, match="at least 150"):
        prepare.fill(count=149, seed=1, at=AT, progress=Progress(is_quiet=True), fresh=True)


@pytest.mark.django_db
def test_other_people_s_data_is_left_alone() -> None:
    call_command("flush", interactive=False, verbosity=0)
    person = resident()
    with pytest.raises(prepare.Refused, match="left alone"):
        prepare.fill(count=150, seed=1, at=AT, progress=Progress(is_quiet=True), fresh=True)

    assert persons.person(person.id).name == f"{person.first_name} {person.last_name}"


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_a_second_run_says_what_stands(capsys: pytest.CaptureFixture[str]) -> None:
    standing = prepare.standing()
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)

    assert command._say_it_stands(parser.parse_args([]), standing) == 0
    said = capsys.readouterr().out
    assert "stands already (made 18.11.2026 11.00, 200 residents)" in said
    assert "--fresh" in said
    assert command._say_it_stands(parser.parse_args(["--json"]), standing) == 0
    assert json.loads(capsys.readouterr().out)["made"] is False


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_shows_percent_words_and_seconds_and_moves_within_a_step() -> None:
    screen = Screen()
    progress = Progress(out=screen)
    with progress.step("first things", 40):
        list(progress.within(Stream(("a",), [b"1", b"2"]), rows=4, each=2).pieces)
    with progress.step("second things", 60):
        pass
    took = progress.close()

    frames = screen.getvalue().split("\r\033[K")
    assert any("  0 %  first things  0 s" in frame for frame in frames)
    assert any(" 20 %  first things" in frame for frame in frames)
    assert any("100 %  second things" in frame for frame in frames)
    assert frames[-1] == ""
    assert set(progress.seconds) == {"first things", "second things"}
    assert 0 <= took < perf_counter()


def test_nothing_is_drawn_where_nobody_looks() -> None:
    quiet, file = Screen(), io.StringIO()
    for progress in (Progress(is_quiet=True, out=quiet), Progress(out=file)):
        with progress.step("things", 100):
            pass
        progress.close()

    assert quiet.getvalue() == file.getvalue() == ""
