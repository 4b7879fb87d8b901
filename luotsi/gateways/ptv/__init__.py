"""The national Service Catalogue (Suomi.fi Palvelutietovaranto, PTV): v11 and v12 of its open API, files and HTTP."""

from luotsi.gateways.ptv.asking import PUBLIC, fetch_changes, fetch_county, folder_of_today, tells_changes
from luotsi.gateways.ptv.line import NotFetched
from luotsi.gateways.ptv.reading import read_folder

__all__ = [
    "PUBLIC",
    "NotFetched",
    "fetch_changes",
    "fetch_county",
    "folder_of_today",
    "read_folder",
    "tells_changes",
]
