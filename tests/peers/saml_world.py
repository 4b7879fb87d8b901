"""Luotsi and an identification service that know each other, and a person's browser between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from luotsi.base.text import Text
from luotsi.gateways.identity.saml import connected
from luotsi.gateways.identity.saml.client import SuomiFi
from luotsi.gateways.identity.saml.connection import Connection
from luotsi.rooms import session
from luotsi.rooms.resident.pages import strong
from tests.peers.saml_idp import Idp
from tests.peers.saml_sealing import Pair, make_pair

NAME = Text(fi="Kainuun hyvinvointialue", sv="Kajanalands välfärdsområde", en="Wellbeing services county of Kainuu")


@dataclass(frozen=True)
class World:
    """`stranger` is a provider of the same name with another key."""

    idp: Idp
    suomifi: SuomiFi
    stranger: Idp
    folder: Path


def build(folder: Path, *, luotsi: str = "http://testserver/", idp: str = "https://idp.example") -> World:
    ours, theirs, others = make_pair(folder, "sp"), make_pair(folder, "idp"), make_pair(folder, "stranger")
    told = Idp(idp, theirs).metadata()
    suomifi = SuomiFi(connection(luotsi, ours), lambda: told)
    description = suomifi.description().decode()
    return World(Idp(idp, theirs, description), suomifi, Idp(idp, others, description), folder)


def connection(luotsi: str, keys: Pair, metadata: str = "idp.xml") -> Connection:
    contact = ("Tiina", "Tekninen", "tekninen@example.org")
    return Connection(
        metadata=metadata, key=keys.key, certificate=keys.certificate, url=luotsi, name=NAME, contact=contact
    )


@contextmanager
def pages_with(identification: Any) -> Iterator[None]:
    """The pages of strong identification, where it is connected."""
    way = session.Way(strong.LABEL, strong.to_question, for_whom="resident")
    connected.connect(lambda: identification)
    session.WAYS.append(way)
    try:
        with override_settings(ROOT_URLCONF="tests.peers.strong_urls"):
            yield
    finally:
        session.WAYS.remove(way)
        connected.connect(None)


@dataclass
class Browser:
    """A person's browser: it brings our cookie to our own steps, and none with a POST that comes from another site."""

    world: World
    client: Client = field(default_factory=Client)
    relay: str = ""

    def asks(self, *, onward: str = "/fi/accessibility/", language: str = "fi") -> Any:
        """Press the link on the sign-in page. Answers the question as the service reads it."""
        response = self.client.get("/saml/question/", {"next": onward, "language": language})
        assert response.status_code == 302, response.status_code
        query = urlsplit(response["Location"]).query
        self.relay = parse_qs(query)["RelayState"][0]
        return self.world.idp.question(query)

    def brings(self, posted: str, *, relay: str | None = None) -> HttpResponse:
        """Come back from the service with its answer: the POST, then the step of our own if there is one."""
        told = {"SAMLResponse": posted, "RelayState": self.relay if relay is None else relay}
        response = Client().post("/saml/answer/", told)
        return self.client.get(response["Location"]) if response.status_code == 303 else response

    @property
    def signed(self) -> Any:
        """Who is signed in, or None."""
        return self.client.session.signed if self.client.cookies else None


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(tmp_path_factory.mktemp("saml"))


@pytest.fixture
def browser_of(world: World, db: None) -> Iterator[type]:
    with pages_with(world.suomifi):
        yield lambda: Browser(world)  # type: ignore[misc]
