"""Other machines are called only by the one fetcher, which looks where a name leads before it calls."""

import ast
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, dotted, findings, python

DOOR = f"{HOUSE}/gateways/outbound/"
_CALLERS = {
    "requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "telnetlib", "xmlrpc",
    "socket.socket", "socket.create_connection", "asyncio.open_connection", "jwt.PyJWKClient", "smtplib",
    "saml2.httpbase",
}  # fmt: skip
# Who may, and why.
EXCEPT = {
    ("luotsi/cli/serve.py", "socket.socket"): "looks whether its own port is free; calls nobody",
    ("luotsi/gateways/delivery/client.py", "smtplib"): "mail goes to the one server that LUOTSI_MAIL names",
    ("luotsi/gateways/delivery/timed.py", "smtplib"): "the same mail server, with a limit to asking where it is",
    ("luotsi/gateways/delivery/timed.py", "socket.socket"): "names the type of what smtplib hands over",
}


def callers(source: Source) -> Iterator[tuple[str, str]]:
    """Each library or function that opens a connection, as (where, what)."""
    names = source.names
    for node in source.nodes:
        said = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            said = [f"{node.module}.{one.name}" for one in node.names]
        if isinstance(node, ast.Attribute):
            said = [dotted(node, names)]
        for one in said:
            if found := next((c for c in _CALLERS if one == c or one.startswith(f"{c}.")), ""):
                yield f"{source.path}:{getattr(node, 'lineno', 0)}", found


def calls_past_the_door(source: Source) -> Iterator[str]:
    if source.path.startswith(DOOR):
        return
    for where, what in callers(source):
        if (source.path, what) not in EXCEPT:
            yield f"{where}: {what}; call through luotsi.gateways.outbound.client"


def test_nothing_else_calls_another_machine() -> None:
    assert findings(calls_past_the_door, python(HOUSE)) == []


def test_the_exceptions_are_still_needed() -> None:
    found = {(source.path, what) for source in python(HOUSE) for _, what in callers(source)}
    assert set(EXCEPT) - found == set()


@pytest.mark.parametrize(
    "code",
    [
        "import requests",
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request\nrequest.urlopen('x')",
        "import http.client",
        "from http import client\nclient.HTTPSConnection('x')",
        "import httpx as h",
        "import socket\nsocket.create_connection(('x', 1))",
        "from socket import create_connection",
        "from jwt import PyJWKClient",
        "def f():\n    import urllib3",
    ],
)
def test_a_call_past_the_door_is_noticed(code: str) -> None:
    assert list(calls_past_the_door(Source("luotsi/gateways/ptv/client.py", code)))


def test_reading_an_address_is_left_alone() -> None:
    calm = "from urllib.parse import urlsplit\nimport socket\nfrom luotsi.gateways.outbound.client import fetch"
    assert list(calls_past_the_door(Source("luotsi/gateways/ptv/client.py", calm))) == []
