"""The one fetcher: it calls whom it may, where it looked, and never further; each refusal is one sentence."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from luotsi.gateways.outbound import client
from luotsi.gateways.outbound.client import OutboundError, fetch, session
from tests.gateways.neighbour import Neighbour, neighbour, own_certificate

OUTSIDE = "93.184.215.14"


@pytest.fixture
def server(settings: Any) -> Iterator[Neighbour]:
    """A neighbour on this machine that is listed with its port."""
    with neighbour() as one:
        settings.OUTBOUND, settings.OUTBOUND_INTERNAL, settings.OUTBOUND_CA = [], [one.at], ""
        yield one


def refused(url: str, **options: Any) -> str:
    with pytest.raises(OutboundError) as found:
        fetch(url, purpose="a test", **options)
    sentence = str(found.value)
    assert sentence.startswith("a test: ")
    return sentence


def names_lead_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Each asking for a name gets the next answer; the addresses that are then called are kept, and not called."""
    left, called = list(answers), []

    def lookup(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in left.pop(0)]

    def connect(place: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        called.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(client.socket, "getaddrinfo", lookup)
    monkeypatch.setattr(client, "create_connection", connect)
    return called


def test_a_listed_neighbour_is_fetched(server: Neighbour) -> None:
    assert fetch(f"http://{server.at}/hello", purpose="a test") == b"hello"
    assert session().get(f"http://{server.at}/hello?b=1").text == "hello"
    assert server.asked == ["/hello", "/hello?b=1"]


@pytest.mark.parametrize(
    "listing",
    [[], ["127.0.0.1"], ["127.0.0.1:1"], ["localhost"]],
    ids=["none", "no port", "another port", "another name"],
)
def test_a_neighbour_that_is_not_listed_is_not_asked(server: Neighbour, settings: Any, listing: list[str]) -> None:
    settings.OUTBOUND_INTERNAL = listing
    assert "https://" in refused(f"http://{server.at}/hello")
    assert server.asked == []


def test_production_never_calls_without_tls(server: Neighbour, settings: Any) -> None:
    settings.MODE = "production"
    assert "does not begin with https://" in refused(f"http://{server.at}/hello")
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://listed.example@evil.example/",
        "https://listed.example.evil.example/",
        "https://listed.example:8443/",
        "https://evil.example/#listed.example",
        "https://evil.example\\@listed.example/",
        "http://listed.example/",
        "file:///etc/hostname",
        "ftp://listed.example/",
        "gopher://listed.example/",
        "https://",
        "https:///x",
        "listed.example",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://listed.example:99999/",
        "https://a" + "é" * 80 + ".example/",
    ],
)
def test_an_address_beside_the_list_is_not_even_looked_up(
    url: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = ["listed.example"], []
    called = names_lead_to(monkeypatch)
    refused(url)
    assert called == []


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "fe80::1%eth0", "fd00::7", "ff02::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::", "64:ff9b::10.0.0.1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_listed_name_that_leads_inside_is_not_called(
    address: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = ["listed.example"], []
    called = names_lead_to(monkeypatch, [address], [OUTSIDE, address])
    assert "may not be called" in refused("https://listed.example/")
    assert "may not be called" in refused("https://listed.example/"), "one good address does not wash the other"
    assert called == []


def test_the_same_name_that_leads_outside_is_called(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what is refused above is refused for its address."""
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = ["Listed.Example"], []
    called = names_lead_to(monkeypatch, [OUTSIDE], ["64:ff9b::5db8:d70e"])
    assert "did not answer" in refused("https://listed.example/")
    assert "did not answer" in refused("https://LISTED.example./")
    assert called == [OUTSIDE, "64:ff9b::5db8:d70e"]


@pytest.mark.parametrize("address, is_called", [("10.1.2.3", True), ("169.254.169.254", False), ("224.0.0.1", False)])
def test_the_own_network_is_called_when_it_is_listed_with_its_port(
    address: str, is_called: bool, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = [], ["login.county.example:8443"]
    called = names_lead_to(monkeypatch, [address])
    refused("https://login.county.example:8443/")
    assert bool(called) == is_called


def test_a_name_that_changes_its_mind_is_called_where_it_was_checked(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = ["listed.example"], []
    called = names_lead_to(monkeypatch, [OUTSIDE], ["127.0.0.1"])
    refused("https://listed.example/")
    assert called == [OUTSIDE]


def test_nobody_is_led_on(server: Neighbour) -> None:
    assert "points elsewhere" in refused(f"http://{server.at}/away")
    with pytest.raises(OutboundError):
        session().get(f"http://{server.at}/away", allow_redirects=True)
    line = session()
    with pytest.raises(OutboundError):
        line.send(line.prepare_request(requests.Request("GET", f"http://{server.at}/away")))
    assert "/secret" not in server.asked


@pytest.mark.parametrize("path", ["long", "bomb"])
def test_too_much_is_cut_off_also_when_it_is_packed(server: Neighbour, path: str) -> None:
    assert "more than 1000000 bytes" in refused(f"http://{server.at}/{path}", limit_bytes=1_000_000)
    assert fetch(f"http://{server.at}/long", purpose="a test", limit_bytes=3_000_000), "the control"


def test_what_drips_or_stays_mute_is_hung_up_on(server: Neighbour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "WHOLE_SECONDS", 0.4)
    monkeypatch.setattr(client, "READ_SECONDS", 2.0)
    assert "takes longer" in refused(f"http://{server.at}/drip")
    assert "did not answer" in refused(f"http://{server.at}/mute")


def test_another_status_or_content_is_told(server: Neighbour) -> None:
    assert "answered 404" in refused(f"http://{server.at}/missing")
    assert "sent text/plain, not application/json" in refused(
        f"http://{server.at}/hello", content_types=["application/json"]
    )
    assert fetch(f"http://{server.at}/hello", purpose="a test", content_types=["text/plain"])


def test_a_certificate_is_checked_whatever_a_library_asks_for(settings: Any, tmp_path: Path) -> None:
    certificate = own_certificate(tmp_path)
    with neighbour(certificate) as server:
        settings.OUTBOUND, settings.OUTBOUND_INTERNAL, settings.OUTBOUND_CA = [], [server.at], ""
        assert "SSLError" in refused(f"https://{server.at}/hello")
        with pytest.raises(OutboundError, match="SSLError"):
            session().get(f"https://{server.at}/hello", verify=False)
        settings.OUTBOUND_CA = str(certificate[0])
        settings.MODE = "production"
        assert fetch(f"https://{server.at}/hello", purpose="a test") == b"hello"


def test_the_machines_proxy_is_not_used(server: Neighbour, monkeypatch: pytest.MonkeyPatch) -> None:
    with neighbour() as trap:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setitem(os.environ, name, f"http://{trap.at}")
        assert fetch(f"http://{server.at}/hello", purpose="a test") == b"hello"
        session().get(f"http://{server.at}/hello", proxies={"http": f"http://{trap.at}"})
        assert (len(server.asked), trap.asked) == (2, [])


def test_a_sentence_tells_whom_and_never_what_was_asked(server: Neighbour, settings: Any) -> None:
    for path in ("missing", "away", "hello"):
        settings.OUTBOUND_INTERNAL = [server.at] if path != "hello" else []
        told = refused(f"http://user:password@{server.at}/{path}?code=s3cret")
        assert "127.0.0.1" in told
        assert not {"s3cret", "password", path} & set(told.replace("?", " ").replace("/", " ").split())
