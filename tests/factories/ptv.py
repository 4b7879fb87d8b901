"""Entities as PTV's open API v11 writes them: camelCase, its own words, nulls for empty lists."""

from typing import Any
from uuid import UUID, uuid5

CODES = "http://uri.suomi.fi/codelist/ptv"
SPACE = UUID("6f0c4b1e-7d55-4a5e-9a0b-0c6f5d3b2a11")


def number(name: str) -> str:
    return str(uuid5(SPACE, name))


def said(kind: str = "Name", **words: str) -> list[dict[str, str]]:
    return [{"language": language, "value": value, "type": kind} for language, value in words.items()]


def service(name: str, *channels: str, **more: Any) -> dict[str, Any]:
    """A service of Kajaani and Sotkamo that is reached by these channels."""
    return {
        "id": number(name),
        "sourceId": None,
        "type": "Service",
        "serviceNames": said(fi=name),
        "serviceDescriptions": said("Summary", fi=f"{name} auttaa.") + said("Description", fi=f"{name}: kuvaus."),
        "serviceChargeType": "FreeOfCharge",
        "areaType": "LimitedType",
        "areas": [area("205"), area("765")],
        "serviceClasses": [{"uri": f"{CODES}/ptvserclass2/code/P5.7", "name": said(fi="Päihde")}],
        "ontologyTerms": [{"uri": "http://www.yso.fi/onto/koko/p1", "name": said(fi="masennus", sv="depression")}],
        "targetGroups": [{"code": "KR1.2"}],
        "lifeEvents": None,
        "serviceChannels": [{"serviceChannel": {"id": number(one), "name": one}} for one in channels],
        "organizations": [],
        "mainOrganization": {"id": number("Kainuun hyvinvointialue")},
        "publishingStatus": "Published",
        "modified": "2026-10-01T08:00:00Z",
    } | more


def channel(name: str, kind: str = "Phone", **more: Any) -> dict[str, Any]:
    return {
        "id": number(name),
        "serviceChannelType": kind,
        "serviceChannelNames": said(fi=name),
        "serviceChannelDescriptions": said("Summary", fi=f"{name} lyhyesti."),
        "areaType": "Nationwide",
        "phoneNumbers": [phone("8 1234 567")] if kind == "Phone" else [],
        "webPages": None,
        "addresses": None,
        "serviceHours": [week("Monday", "Friday", "08:00:00", "16:00:00")],
        "publishingStatus": "Published",
        "modified": "2026-10-01T08:00:00Z",
    } | more


def phone(digits: str, **more: Any) -> dict[str, Any]:
    return {"prefixNumber": "+358", "number": digits, "language": "fi", "serviceChargeType": "Chargeable"} | more


def area(code: str, kind: str = "Municipality") -> dict[str, Any]:
    return {"type": kind, "code": code, "name": said(fi=code)}


def week(first: str, last: str, opens: str, closes: str, **more: Any) -> dict[str, Any]:
    opening = {"dayFrom": first, "dayTo": last, "from": opens, "to": closes}
    return {
        "serviceHourType": "DaysOfTheWeek", "validFrom": None, "validTo": None, "isClosed": False,
        "validForNow": True, "isAlwaysOpen": False, "isReservation": False, "openingHour": [opening],
    } | more  # fmt: skip


def street(northing: str = "7125000.5", easting: str = "536000.1", **more: Any) -> dict[str, Any]:
    told = {
        "street": [{"language": "fi", "value": "Sairaalatie"}],
        "streetNumber": "1",
        "postalCode": "87140",
        "postOffice": [{"language": "fi", "value": "KAJAANI"}],
        "municipality": {"code": "205", "name": said(fi="Kajaani")},
        "latitude": northing,
        "longitude": easting,
        "coordinateState": "Ok",
    } | more
    return {"type": "Location", "subType": "Single", "streetAddress": told}


def organization(name: str) -> dict[str, Any]:
    return {"id": number(name), "organizationNames": said(fi=name, sv=f"{name} på svenska")}


def general(name: str, **words: str) -> dict[str, Any]:
    return {"id": number(name), "names": said(fi=name), "descriptions": said("Description", **words)}


def collection(name: str, *services: str) -> dict[str, Any]:
    named = [{"language": "fi", "value": name}]
    return {"id": number(name), "serviceCollectionNames": named, "services": [{"id": number(one)} for one in services]}


def page(items: list[dict[str, Any]], *, of: int = 1, at: int = 1) -> dict[str, Any]:
    return {"pageNumber": at, "pageSize": 1000, "pageCount": of, "itemList": items}
