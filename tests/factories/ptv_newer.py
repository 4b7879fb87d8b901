"""Entities as PTV's open API v12 writes them: texts by language, bare codes, connections apart."""

from typing import Any

from tests.factories.ptv import number


def versions(**words: Any) -> dict[str, Any]:
    """By language a name, or all that there is in it."""
    return {code: {"name": one} if isinstance(one, str) else one for code, one in words.items()}


def service(name: str, **more: Any) -> dict[str, Any]:
    """A service of Kajaani and Sotkamo."""
    texts = {"name": name, "summary": f"{name} auttaa.", "description": f"{name}: kuvaus.", "alternativeName": None}
    return {
        "contentId": number(name),
        "sourceId": None,
        "serviceType": "Service",
        "chargeType": "Free",
        "languageVersions": versions(fi=texts, sv=None),
        "area": {"type": "LimitedArea", "municipalities": ["205", "765"]},
        "serviceClasses": ["P5.7"],
        "targetGroups": ["KR1.2"],
        "lifeEvents": None,
        "ontologyTerms": ["http://www.yso.fi/onto/koko/p1"],
        "organizationContentId": number("Kainuun hyvinvointialue"),
        "publishingStatus": "Published",
        "modifiedAt": "2026-10-01T08:00:00.123+00:00",
    } | more


def channel(name: str, kind: str = "TelephoneService", **more: Any) -> dict[str, Any]:
    texts = {"name": name, "summary": f"{name} lyhyesti.", "phoneNumbers": [phone("8 1234 567")]}
    return {
        "contentId": number(name),
        "serviceChannelType": kind,
        "languageVersions": versions(fi=texts),
        "area": None,
        "serviceHours": hours(weekly(monday=("08:00", "16:00"))),
        "publishingStatus": "Published",
        "modifiedAt": "2026-10-01T08:00:00Z",
    } | more


def phone(digits: str, **more: Any) -> dict[str, Any]:
    return {"number": digits, "dialCode": "+358", "chargeType": "Charged", "additionalInformation": None} | more


def connection(service_name: str, channel_name: str) -> dict[str, Any]:
    return {"serviceContentId": number(service_name), "serviceChannelContentId": number(channel_name)}


def street(northing: float | None = 7125000.5, easting: float = 536000.1) -> dict[str, Any]:
    metres = [] if northing is None else [{"system": "EPSG:3067", "northing": northing, "easting": easting}]
    return {
        "streetName": {"fi": "Sairaalatie", "sv": "Sjukhusvägen", "en": None}, "addressDetail": "1",
        "postalCode": "87140", "municipalityCode": "205", "coordinates": metres,
    }  # fmt: skip


def named(name: str, **more: Any) -> dict[str, Any]:
    """An organisation, a general description or a collection."""
    return {"contentId": number(name), "languageVersions": versions(fi=name, sv=f"{name} på svenska")} | more


def hours(*lines: dict[str, Any], **holidays: list[tuple[str, str]]) -> dict[str, Any]:
    named_ = [{"holidayName": name, "hours": [span(*one) for one in spans]} for name, spans in holidays.items()]
    return {"hours": list(lines), "holidayServiceHours": {"holidays": named_} if named_ else None}


def weekly(kind: str = "WeeklyUntilFurtherNotice", first: str = "", last: str = "", **days: Any) -> dict[str, Any]:
    week = {day: {"hours": [span(*spans)]} for day, spans in days.items()}
    dates = {"fromDate": first or None, "toDate": last or None}
    return {"type": f"{kind}ServiceHour", "weeklyHours": week, "heading": None} | dates


def span(start: str, end: str, status: str = "Open") -> dict[str, Any]:
    return {"start": start, "end": end, "openingStatus": status, "additionalInformation": None}


def page(items: list[dict[str, Any]], *, of: int = 1, at: int = 1) -> dict[str, Any]:
    return {"page": at, "pageSize": 100, "totalItems": len(items), "totalPages": of, "items": items}
