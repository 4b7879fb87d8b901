"""Nobody waits for long to hear where a name leads: neither who signs in through a directory nor who sends mail."""

import socket
import threading
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import pytest

from luotsi.domain.messaging.ports import CannotSend
from luotsi.gateways.delivery.client import DjangoMailer
from luotsi.gateways.delivery.timed import TimedBackend
from luotsi.gateways.outbound import lookup
from luotsi.gateways.outbound.client import OutboundError, fetch

BACKEND = f"{TimedBackend.__module__}.{TimedBackend.__qualname__}"


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A resolver that answers nobody, as when the network is cut."""
    over = threading.Event()

    def wait(*_: Any, **__: Any) -> list[Any]:
        over.wait(30)
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    monkeypatch.setattr(lookup, "LOOKUP_SECONDS", 0.2)
    yield
    over.set()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[list[bytes]]:
    """A neighbour that takes one mail, behind a name that leads here."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_take_one, args=(listener, heard), daemon=True).start()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = BACKEND, "localhost"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = listener.getsockname()[1], 5
        yield heard


def _take_one(listener: socket.socket, heard: list[bytes]) -> None:
    line, _ = listener.accept()
    with line, line.makefile("rb") as told:
        line.sendall(b"220 here\r\n")
        for said in told:
            heard.append(said.strip())
            said = said.upper()
            if said.startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")
            elif said.strip() == b"." or said[:4] in {b"EHLO", b"MAIL", b"RCPT"}:
                line.sendall(b"250 ok\r\n")
            elif said.startswith(b"QUIT"):
                line.sendall(b"221 bye\r\n")
                return


def test_a_name_leads_to_its_addresses_each_once() -> None:
    assert lookup.addresses("127.0.0.1", 80) == ["127.0.0.1"]
    assert lookup.addresses("[::1]", 80) == ["::1"]


def test_a_name_that_leads_nowhere_is_told_as_the_resolver_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with pytest.raises(socket.gaierror, match="no such name"):
        lookup.addresses("nowhere.example", 80)


@pytest.mark.usefixtures("silence")
def test_a_directory_whose_name_nobody_answers_for_is_given_up_in_time(settings: Any) -> None:
    settings.OUTBOUND = ["directory.example"]
    began = perf_counter()
    with pytest.raises(OutboundError, match=r"directory\.example did not answer"):
        fetch("https://directory.example/", purpose="a test")
    assert perf_counter() - began < 5


@pytest.mark.usefixtures("silence")
def test_a_mail_server_whose_name_nobody_answers_for_is_given_up_in_time(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = BACKEND, "mail.example", 25
    began = perf_counter()
    with pytest.raises(CannotSend, match=r"mail\.example:25"):
        DjangoMailer().send(to="a@example.org", subject="x", body="y", key="k")
    assert perf_counter() - began < 5


@pytest.mark.usefixtures("silence")
def test_many_who_wait_are_not_joined_by_more(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    askers = [threading.Thread(target=_ask_in_vain) for _ in range(3 * lookup.AT_ONCE)]
    for one in askers:
        one.start()
    for one in askers:
        one.join(20)
    assert threading.active_count() - before <= lookup.AT_ONCE


def _ask_in_vain() -> None:
    with pytest.raises(TimeoutError):
        lookup.addresses("nobody.example", 80)


def test_mail_still_arrives(mail_server: list[bytes]) -> None:
    DjangoMailer().send(to="a@example.org", subject="Viesti", body="Teksti", key="k")
    assert b"rcpt TO:<a@example.org>" in mail_server
    assert b"Teksti" in mail_server


@pytest.mark.parametrize(("use_ssl", "secure"), [(False, False), (True, True)])
def test_tls_is_asked_for_as_the_settings_say(use_ssl: bool, secure: bool) -> None:
    assert ("Secure" in TimedBackend(use_ssl=use_ssl, use_tls=False).connection_class.__name__) is secure
