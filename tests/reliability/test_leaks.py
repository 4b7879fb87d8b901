"""R30: identity codes that are sent in by every way come out nowhere: no log, mail, error, header, address, title."""

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as ours
from django.core.management import call_command
from django.db import DataError, connection
from django.test import Client

from luotsi.base.who import SYSTEM
from luotsi.config import ceilings, redaction
from luotsi.config.ceilings import Ceiling
from luotsi.config.checks import calm_embedded
from luotsi.config.rounds import once
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.people import actions as people
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.reliability.leaks import Search, addresses, codes, log_lines, look_at_mail, plain_records, vehicles

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("nurse", "service-adviser", "privacy-officer", "county-administrator")


@pytest.fixture(autouse=True, scope="module")
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        catalogue.load_shelf(by=SYSTEM, at=MORNING)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def known() -> dict[str, str]:
    """A matter with a time, of a resident whose own code is one of the planted: what addresses can name."""
    person = people.register(
        identity_code=codes()[0], by=SYSTEM, at=MORNING, first_name="Testi", last_name="Asukas", municipality="765",
        mail="testi@example.org",
    )  # fmt: skip
    nurse = worker()
    case = assessed(contact(person), nurse)
    booking = offered(case, nurse, starts_at=MORNING + timedelta(days=7))
    other = worker("unit-manager")
    named = {"case_id": case.id, "booking_id": booking, "resident_id": person.id, "staff_id": other.id}
    return {"resident": str(person.id), **{name: str(id) for name, id in named.items()}, "key": "nurse-reception"}


def browsers(known: dict[str, str]) -> dict[str, Client]:
    owner = as_who(resident())
    own = type(owner)(kind="resident", role="resident", id=known["resident"], name="Testi Asukas")  # type: ignore[arg-type]
    made = {"visitor": Client(), "resident": signed_in(own)} | {role: signed_in(worker(role)) for role in ROLES}
    for browser in made.values():
        browser.raise_request_exception = False
    return made


def walk(search: Search, known: dict[str, str], only: str = "") -> None:
    """Every code by every vehicle to every address, as everybody."""
    turn = 0
    for name, browser in browsers(known).items():
        for address in addresses(known):
            if only and not address.startswith(only):
                continue
            turn += 1
            for way, send in vehicles(browser, address, search.planted[turn % len(search.planted)]):
                search.look_at(f"{name} {way} {address}", send())


@pytest.fixture
def high(monkeypatch: pytest.MonkeyPatch) -> None:
    """No ceiling stops the walk; those that are met have a test of their own."""
    for name, one in ceilings.BY_ACTION.items():
        monkeypatch.setitem(ceilings.BY_ACTION, name, Ceiling(one.name, 10**6, 60, one.open))
    monkeypatch.setattr(ceilings, "VISITORS", Ceiling("visitor", 10**6, 60, open=True))


@pytest.mark.unwatched
@pytest.mark.usefixtures("high")
def test_no_code_comes_out_of_any_address(known: dict[str, str], figures: Callable[[str], None]) -> None:
    search = Search(codes())
    with log_lines() as lines:
        walk(search, known)
        once()
    search.look("log", lines.getvalue())
    look_at_mail(search)
    figures(f"R30: {len(search.planted)} identity codes in {search.asked} requests: {len(search.found)} come out again")
    assert search.asked > 2_000
    assert len(lines.getvalue()) > 10_000, "nothing was logged, so nothing was tried"
    assert search.found == []


@pytest.mark.unwatched
@pytest.mark.usefixtures("high")
def test_without_the_guards_the_codes_come_out(known: dict[str, str], settings: Any) -> None:
    """The negative control: records as logging makes them, addresses as they come."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("readable_address")]
    logging.setLogRecordFactory(plain_records)
    search = Search(codes())
    try:
        with log_lines() as lines:
            walk(search, known, only="/fi/matters/")
        search.look("log", lines.getvalue())
    finally:
        logging.setLogRecordFactory(redaction.record)
    places = {line.split(": ")[0].rsplit(" ", 1)[-1] for line in search.found}
    assert {"log", "headers", "links"} <= places, "codes in the log, in redirects and in the languages' links"


def broken(error: type[Exception], code: str) -> Callable[..., None]:
    def view(*_: object, **__: object) -> None:
        raise error(f"invalid input for {code}: Key (code)=({code})")

    return view


@pytest.mark.parametrize("error", [RuntimeError, DataError, ValueError, UnicodeError, RecursionError])
def test_what_breaks_inside_is_logged_without_the_code(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(codes())
    with log_lines() as lines:
        for code in search.planted:
            monkeypatch.setattr("luotsi.rooms.resident.pages.front.catalogue.life_themes", broken(error, code))
            answer = Client(raise_request_exception=False).get("/fi/")
            assert answer.status_code == 500
            search.look_at("broken page", answer)
    search.look("log", lines.getvalue())
    assert search.found == []
    assert lines.getvalue().count("[identity code]") >= 20
    assert error.__name__ in lines.getvalue(), "the trace itself is kept"


def test_ceilings_and_sizes_do_not_tell_either(known: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceilings, "VISITORS", Ceiling("visitor", 0, 60, open=True))
    search = Search(codes())
    with log_lines() as lines:
        for code in search.planted:
            browser = Client(enforce_csrf_checks=True)
            answers = [Client().post("/fi/session/closure/", {"what": code})]
            browser.cookies["csrftoken"] = "x" * 32
            answers.append(browser.post("/fi/session/closure/", {"what": code * 30_000}))
            answers.append(browser.post("/fi/session/closure/", {"what": code}))
            assert [one.status_code for one in answers] == [429, 413, 403]
            for one in answers:
                search.look_at("refused", one)
    search.look("log", lines.getvalue())
    assert search.found == []


def test_what_any_library_logs_is_redacted_however_it_says_it() -> None:
    code = codes()[0]
    log = logging.getLogger("some.library")
    with log_lines() as lines:
        log.warning("seen %s", code)
        log.warning("seen %(code)s", {"code": code})
        log.warning(f"seen {code}")
        log.warning("seen %r", {"identity": [code]})
        log.warning(ValueError(code))
        log.warning("took %d ms, %.1f", 3, 1.5)
        try:
            raise ValueError(code) from KeyError(code)
        except ValueError:
            log.exception("failed")
    assert code not in lines.getvalue()
    assert lines.getvalue().count("[identity code]") >= 7
    assert "took 3 ms, 1.5" in lines.getvalue()


def test_nobody_who_dies_says_a_code() -> None:
    """What Python itself prints of an error that nobody caught, in the program and in a thread."""
    code = codes()[3]
    program = (
        "import os, django; django.setup(); import threading\n"
        f"def die(): raise ValueError('{code}')\n"
        "thread = threading.Thread(target=die); thread.start(); thread.join(); die()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "luotsi.config.settings"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("ValueError: [identity code]") == 2
    assert code not in done.stderr


def serve(folder: Path, module: str) -> tuple[int, str]:
    """A real server that is sent the codes by hand; how many requests, and all that it printed."""
    place = connection.settings_dict
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"postgresql://{place['USER']}@/{place['NAME']}?host={quote(place['HOST'], safe='')}"
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": module, "LUOTSI_LOG": "DEBUG"}
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "luotsi.config.asgi:application", "--port", str(port), "--no-server-header"],
        env={**environment, "PYTHONPATH": str(folder)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        answers = _send_all(port)
    finally:
        server.terminate()
    said = server.communicate(timeout=20)[0]
    assert all(b"server:" not in answer.lower().split(b"\r\n\r\n")[0] for answer in answers)
    assert not [code for code in codes() if any(code.encode() in answer for answer in answers)] or module == "loud"
    return len(answers), said


def _send_all(port: int) -> list[bytes]:
    answers = []
    for code in codes():
        body = f"q={code}".encode()
        for head in (
            f"GET /fi/?q={code} HTTP/1.1", f"GET /fi/{quote(code)}/ HTTP/1.1", f"GET /{code} HTTP/1.1",
            f"POST /fi/session/closure/ HTTP/1.1\r\nContent-Length: {len(body)}", f"{code} /fi/ HTTP/1.1",
            f"GET /fi/ HTTP/1.1\r\nBad Header {code}: x", f"GET /fi/?q=%ff{code} HTTP/1.1",
        ):  # fmt: skip
            answers.append(_send(port, head.encode() + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body))
    return answers


def _send(port: int, request: bytes) -> bytes:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(request)
                return b"".join(iter(lambda: line.recv(65_536), b""))
        except ConnectionRefusedError:
            time.sleep(0.1)
        except ConnectionResetError:
            return b""
    raise AssertionError("the server did not start")


@pytest.mark.parametrize("module", ["luotsi.config.settings", "loud"])
def test_a_real_server_prints_no_code(module: str, tmp_path: Path) -> None:
    """`loud` is the negative control: logging as Django and uvicorn set it up by themselves."""
    plain = "{'version': 1, 'disable_existing_loggers': False, 'root': {'level': 'INFO'}}"
    loud = f"from luotsi.config.settings import *\nLOGGING_CONFIG = 'logging.config.dictConfig'\nLOGGING = {plain}\n"
    (tmp_path / "loud.py").write_text(loud)
    asked, said = serve(tmp_path, module)
    found = [code for code in codes() if code.upper() in said.upper()]
    assert asked == 140
    assert bool(found) == (module == "loud"), said[-2_000:]


def test_postgresqls_own_log_keeps_no_code() -> None:
    place = connection.settings_dict
    log = Path(ours.DATA) / "postgres" / "log"
    code = codes()[5]

    def fail() -> None:
        with pytest.raises(psycopg.Error):
            line.execute(f"SELECT '{code}'::int")

    usual = {"log_min_messages": "warning", "log_min_error_statement": "error", "log_error_verbosity": "default"}
    with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"], autocommit=True) as line:
        before = len(log.read_text(errors="replace"))
        for name, value in usual.items():
            line.execute(f"SET {name} = '{value}'")
        fail()
        assert code in log.read_text(errors="replace")[before:], "the control: so PostgreSQL is by itself"
        before = len(log.read_text(errors="replace"))
        for name in usual:
            line.execute(f"RESET {name}")
        assert calm_embedded(line.cursor()) == ""
        time.sleep(0.5)  # until the server has read its settings anew
        fail()
        assert code not in log.read_text(errors="replace")[before:]
