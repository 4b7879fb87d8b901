"""The national Service Catalogue (Suomi.fi Palvelutietovaranto, PTV): its open API v11 from files and over HTTP."""

from luotsi.gateways.ptv.fetching import PUBLIC, NotFetched, fetch_changes, fetch_county, folder_of_today
from luotsi.gateways.ptv.reading import read_folder

__all__ = ["PUBLIC", "NotFetched", "fetch_changes", "fetch_county", "folder_of_today", "read_folder"]
