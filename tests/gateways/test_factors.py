"""The command for a lost phone, and which identification services the environment names."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM
from luotsi.cli import main
from luotsi.config.identity import oidc_services
from luotsi.config.secrets import MissingKey
from luotsi.domain.organisation import actions as organisation


@pytest.fixture
def nurse(db: None) -> UUID:
    """A worker with a code app."""
    organisation.load_units()
    id = uuid4()
    organisation.employ(id=id, name="Hilla Hoitaja", unit="sotkamo", role="nurse", since=today(), by=SYSTEM, at=now())
    account = get_user_model()(id=id)
    account.save()
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    return id


def test_the_command_lists_and_takes_away(nurse: UUID, capsys: Any) -> None:
    assert main(["factors", str(nurse)]) == 0
    assert "code app" in capsys.readouterr().out
    assert main(["factors", str(nurse), "--forget", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert (told["taken_away"], told["factors"]) == (1, [])
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who, code", [("nobody", 2), ("0d3c0000-0000-4000-8000-00000000ffff", 1)])
def test_an_unknown_worker_is_said_in_a_sentence(who: str, code: int, capsys: Any) -> None:
    assert main(["factors", who, "--forget"]) == code
    assert capsys.readouterr().err.startswith("luotsi: ")


STAFF = {
    "LUOTSI_OIDC_STAFF": "https://id.example.fi",
    "LUOTSI_OIDC_STAFF_ID": "luotsi",
    "LUOTSI_OIDC_STAFF_SECRET": "s",
}


def test_a_service_named_whole_is_connected_and_its_claims_can_be_named() -> None:
    found = oidc_services({**STAFF, "LUOTSI_OIDC_STAFF_GROUPS": "roles"}, production=True)

    assert list(found) == ["staff"]
    assert found["staff"]["claims"] == {"groups": "roles"}
    assert found["staff"]["scope"] == ["openid", "profile", "email"]
    assert oidc_services({}, production=True) == {}


def test_the_brokers_claims_can_be_named() -> None:
    named = {name.replace("STAFF", "RESIDENTS"): value for name, value in STAFF.items()}
    found = oidc_services({**named, "LUOTSI_OIDC_RESIDENTS_CODE": "urn:oid:1.2.246.21"}, production=True)

    assert found["residents"]["claims"]["code"] == "urn:oid:1.2.246.21"


@pytest.mark.parametrize(
    "wrong",
    [
        {"LUOTSI_OIDC_STAFF_ID": ""},
        {"LUOTSI_OIDC_STAFF_SECRET": ""},
        {"LUOTSI_OIDC_STAFF": "id.example.fi"},
        {"LUOTSI_OIDC_STAFF": "http://id.example.fi"},
    ],
)
def test_a_half_named_or_open_service_stops_production(wrong: dict[str, str]) -> None:
    with pytest.raises(MissingKey, match="LUOTSI_OIDC_STAFF"):
        oidc_services({**STAFF, **wrong}, production=True)


def test_without_tls_only_the_demonstration_may_be_connected() -> None:
    assert oidc_services({**STAFF, "LUOTSI_OIDC_STAFF": "http://localhost:9000"}, production=False)["staff"]
