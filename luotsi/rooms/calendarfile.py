"""Times as a file for another calendar (iCalendar, RFC 5545).

A calendar is shared and copied where nobody sees it. So the file says when, and where to read more: never the service,
the unit, the place or who it is about. A protection order then has nothing left to hide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from icalendar import Calendar, Event, vDuration

MEDIA_TYPE = "text/calendar; charset=utf-8"
AGAIN_AFTER = timedelta(hours=1)  # how soon a program that follows the file reads it again


@dataclass(frozen=True)
class Entry:
    """One time of the file. `id` stays the same when the time changes, so that a calendar renews it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime


def calendar_file(entries: Iterable[Entry], *, title: str, says: str, url: str, at: datetime, name: str = "") -> bytes:
    """A file of these times, each called `title`. Moments stand in UTC, so that no clock change moves them.

    `name` is that of the whole calendar, where a program follows it.
    """
    found = Calendar()
    found.add("prodid", "-//Luotsi//Times//FI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    if name:
        found.add("x-wr-calname", name)
        found.add("refresh-interval", AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        found.add("x-published-ttl", vDuration(AGAIN_AFTER).to_ical().decode())
    host = urlsplit(url).hostname or "luotsi"
    for one in entries:
        found.add_component(_event(one, title=title, says=says, url=url, host=host, at=at))
    return bytes(found.to_ical())


def _event(one: Entry, *, title: str, says: str, url: str, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@{host}")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("description", says)
    event.add("url", url)
    event.add("class", "PRIVATE")
    return event
