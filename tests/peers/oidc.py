"""The OpenID Connect server of tests/peers/oidc_server.mjs, started for a test, and a screenless browser for it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from django.test import Client

HERE = Path(__file__).parent
SECRET = "only-for-tests-only-for-tests-only-for-tests"
CLIENTS = {"staff": "luotsi-staff", "residents": "luotsi-residents"}


@dataclass(frozen=True)
class Peer:
    """A running server. `settings` is what Luotsi is told of it, as settings.OIDC has it."""

    issuer: str

    @property
    def host(self) -> str:
        return urlsplit(self.issuer).netloc

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        claims = {"code": "national_identification_number", "given_name": "given_name", "family_name": "family_name"}
        known = {"issuer": self.issuer, "secret": SECRET}
        return {
            "staff": {
                **known,
                "client_id": CLIENTS["staff"],
                "scope": ["openid", "profile", "email", "groups"],
                "claims": {"groups": "groups"},
            },
            "residents": {
                **known,
                "client_id": CLIENTS["residents"],
                "scope": ["openid", "profile", "identity"],
                "claims": claims,
            },
        }

    def bend(self, how: str) -> None:
        """Spoil every answer from now on in this way; "" for none."""
        requests.post(f"{self.issuer}/bend", data={"how": how}, timeout=10).raise_for_status()

    def logout_token(self, *, signed_by: str = "us", header: dict[str, Any] | None = None, **claims: Any) -> str:
        told = {"claims": claims, "signed_by": signed_by, "header": header or {}}
        answer = requests.post(f"{self.issuer}/logout-token", data={"told": json.dumps(told)}, timeout=10)
        answer.raise_for_status()
        return answer.text


@contextmanager
def oidc_peer(origin: str, people: dict[str, dict[str, Any]]) -> Iterator[Peer]:
    """Start the server for these people; `origin` is where Luotsi stands."""
    assert shutil.which("node"), "the sign-in tests need Node.js: make peers"
    assert (HERE / "node_modules").exists(), "the sign-in tests need what `make peers` installs"
    clients = [
        {
            "client_id": client_id,
            "client_secret": SECRET,
            "redirect_uris": [f"{origin}/oidc/{way}/answer/"],
            "post_logout_redirect_uris": [f"{origin}/"],
            "backchannel_logout_uri": f"{origin}/oidc/{way}/leavings/",
            "backchannel_logout_session_required": True,
        }
        for way, client_id in CLIENTS.items()
    ]
    told = json.dumps({"clients": clients, "people": people})
    running = subprocess.Popen(
        ["node", "oidc_server.mjs", told], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line, "the OpenID Connect server did not start; try `node tests/peers/oidc_server.mjs`"
        yield Peer(json.loads(line)["issuer"])
    finally:
        running.terminate()
        running.wait(timeout=10)


class Errand:
    """A person's browser: Luotsi's half is Django's test client, the server's half are real requests."""

    def __init__(self, client: Client, peer: Peer) -> None:
        self.client, self.peer, self.line = client, peer, requests.Session()

    def ask(self, way: str, *, onward: str = "", language: str = "fi", **more: str) -> str:
        """Begin at Luotsi. Answers the address at the server to which Luotsi sends."""
        answer = self.client.get(f"/{language}/session/oidc/{way}/", {"next": onward, **more})
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def choose(self, address: str, who: str) -> str:
        """Be this person at the server. Answers the address with which it sends back to Luotsi."""
        answer = self._get(address)
        while not self._is_back(answer):
            if answer.is_redirect:
                answer = self._get(urljoin(answer.url, answer.headers["Location"]))
            else:
                assert answer.ok, f"{answer.status_code} {answer.text}"
                form = re.search(r'action="(/people/[^"]+)"', answer.text)
                assert form, answer.text
                told = {"who": who}
                place = urljoin(answer.url, form[1])
                answer = self.line.post(place, data=told, allow_redirects=False, timeout=10)
        return str(answer.headers["Location"])

    def come_back(self, address: str) -> Any:
        """Bring the server's answer to Luotsi."""
        parts = urlsplit(address)
        return self.client.get(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})

    def sign_in(self, way: str, who: str, **asked: str) -> Any:
        return self.come_back(self.choose(self.ask(way, **asked), who))

    def _get(self, address: str) -> requests.Response:
        return self.line.get(address, allow_redirects=False, timeout=10)

    def _is_back(self, answer: requests.Response) -> bool:
        place = urljoin(answer.url, answer.headers.get("Location", ""))
        return answer.is_redirect and urlsplit(place).netloc != self.peer.host
