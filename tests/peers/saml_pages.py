"""The identity provider as a process of its own, with plain pages: pick a made-up person, press Cancel, sign out.

    python -m tests.peers.saml_pages FOLDER PORT

FOLDER holds idp.key and idp.pem; sp.xml, the metadata of the service, is read when it is first needed.
"""

import html
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from tests.peers.saml_idp import PEOPLE, Idp
from tests.peers.saml_sealing import Pair

# Another site than 127.0.0.1, where Luotsi stands in tests: a browser brings no cookie along between the two.
HOST = "localhost"
_ROOT = Path(__file__).parents[2]
_WORDS = {
    "fi": ("Valitse, kuka olet", "Keskeytä", "Kirjaudu ulos kaikista palveluista", "Olet kirjautunut ulos"),
    "sv": ("Välj vem du är", "Avbryt", "Logga ut från alla tjänster", "Du är utloggad"),
    "en": ("Choose who you are", "Cancel", "Sign out of all services", "You are signed out"),
}


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    """The provider, until the block ends. Its address."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.peers.saml_pages", str(folder), str(port)]
    process = subprocess.Popen(command, cwd=_ROOT)
    address = f"http://{HOST}:{port}"
    try:
        _wait_for(f"{address}/metadata", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the identity provider did not start in 60 s")


class Pages(BaseHTTPRequestHandler):
    """GET /metadata, /sso, /slo, /elsewhere (somebody signs out in another service); POST /choice, /confirmed."""

    folder: Path
    known: dict[str, Any] = {}
    idps: list[Idp] = []

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        getattr(self, f"_{address.path.strip('/')}", self._missing)(address.query)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name: values[0] for name, values in parse_qs(body).items()}
        {"/choice": self._choice, "/confirmed": self._confirmed}[self.path](told)

    @property
    def idp(self) -> Idp:
        if not self.idps:
            self.idps.append(self._new((self.folder / "sp.xml").read_text()))
        return self.idps[0]

    def _new(self, sp: str) -> Idp:
        port = self.server.server_address[1]
        return Idp(f"http://{HOST}:{port}", Pair(self.folder / "idp.key", self.folder / "idp.pem"), sp)

    def _metadata(self, _: str) -> None:
        self._send(self._new("").metadata(), kind="application/samlmetadata+xml")

    def _sso(self, query: str) -> None:
        """A signed question: who are you?"""
        question = self.idp.question(query)
        self.known[question.id] = question
        language = _language_of(str(question))
        people = "".join(
            f'<p><button name="person" value="{key}">{html.escape(names[0])} {names[2]}</button></p>'
            for key, names in PEOPLE.items()
        )
        fields = _hidden("question", question.id) + _hidden("relay", parse_qs(query).get("RelayState", [""])[0])
        cancel = f'<p><button name="person" value="">{_WORDS[language][1]}</button></p>'
        self._page(language, 0, f'<form method="post" action="/choice">{fields}{people}{cancel}</form>')

    def _choice(self, told: dict[str, str]) -> None:
        question = self.known[told["question"]]
        person = told.get("person", "")
        posted = self.idp.answer(question, person) if person else self.idp.refusal(question)
        fields = _hidden("SAMLResponse", posted) + _hidden("RelayState", told["relay"])
        address = html.escape(question.assertion_consumer_service_url)
        body = f'<form method="post" action="{address}">{fields}<button>OK</button></form>'
        self._page("en", 0, body, attribute=' onload="document.forms[0].submit()"')

    def _slo(self, query: str) -> None:
        """A signed request to end: first a summary, then the person confirms. Or a service's answer to ours."""
        if "SAMLResponse=" in query:
            self._page("fi", 3, "<p>OK</p>")
            return
        request, back = self.idp.ending(query)
        self.known[request.id] = back
        form = f'<form method="post" action="/confirmed">{_hidden("request", request.id)}<button>OK</button></form>'
        self._page("fi", 2, f"<p>{html.escape(request.name_id.text)}</p>{form}")

    def _confirmed(self, told: dict[str, str]) -> None:
        self._redirect(self.known.pop(told["request"]))

    def _elsewhere(self, _: str) -> None:
        audience = next(iter(self.idp.server.metadata.with_descriptor("spsso")))
        self._redirect(self.idp.end(audience, *self.idp.latest, relay="elsewhere"))

    def _missing(self, _: str) -> None:
        self.send_error(404)

    def _page(self, language: str, words: int, body: str, attribute: str = "") -> None:
        heading = _WORDS[language][words]
        self._send(
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{heading}</title>'
            f"<body{attribute}><main><h1>{heading}</h1>{body}</main></body></html>"
        )

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def _send(self, text: str, *, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Quiet: the test speaks."""


def _language_of(question: str) -> str:
    """Suomi.fi's own extension: <vetuma><LG>sv</LG></vetuma>."""
    return question.partition("LG>")[2][:2] or "fi"


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{html.escape(value)}">'


if __name__ == "__main__":
    Pages.folder = Path(sys.argv[1])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Pages).serve_forever()
