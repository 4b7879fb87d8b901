"""The national Service Catalogue of the demonstration: invented services in its form, taken in like real ones."""

from datetime import datetime

from luotsi.base import shelf
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from luotsi.gateways import ptv


def take_in(*, at: datetime) -> None:
    """Needs the county's own services, which come first. Content of one's own may lack the folder."""
    folder = shelf.ROOT / "national_catalogue"
    if folder.exists():
        catalogue.take_in(ptv.read_folder(folder), by=SYSTEM, at=at)
