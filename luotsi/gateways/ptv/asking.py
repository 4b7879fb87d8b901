"""Asking PTV in the version of its open API that stands at the address: …/api/v11, or …/api/v12 with a key."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from luotsi.base.now import today
from luotsi.domain.catalogue.ports import Tell
from luotsi.gateways.ptv import fetching, newer
from luotsi.gateways.ptv.line import NotFetched, Wait

PUBLIC = "https://api.palvelutietovaranto.suomi.fi/api/v11"


def fetch_county(
    address: str, folder: Path, *, municipalities: Sequence[str], tell: Tell, wait: Wait | None = None
) -> None:
    """Everything that is offered in these municipalities, and their organisations. Raises NotFetched."""
    if tells_changes(address):
        fetching.fetch_county(address, folder, municipalities=municipalities, tell=tell, wait=wait)
        return
    if not settings.PTV_KEY:
        raise NotFetched("v12 of the Service Catalogue's open API asks for a key; set LUOTSI_PTV_KEY")
    newer.fetch_county(address, folder, municipalities=municipalities, tell=tell, wait=wait, key=settings.PTV_KEY)


def fetch_changes(address: str, folder: Path, *, since: datetime, tell: Tell, wait: Wait | None = None) -> None:
    """The services and channels that changed since then, and what they name; v11 only. Raises NotFetched."""
    fetching.fetch_changes(address, folder, since=since, tell=tell, wait=wait)


def tells_changes(address: str) -> bool:
    """Whether it can be asked what changed. Of v12 no such question is known, so everything is asked."""
    return not address.rstrip("/").endswith("/v12")


def folder_of_today() -> Path:
    """Where the answers of a day stand: a fetch that is begun again on the same day goes on."""
    return Path(settings.DATA) / "ptv" / today().isoformat()
