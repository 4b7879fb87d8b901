"""A time as a file for the resident's own calendar (iCalendar, RFC 5545).

A calendar is shared and copied where nobody sees it. So the file says when, and where to read more: never the service,
the unit, the place or with whom. A protection order then has nothing left to hide.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

LONGEST_LINE = 75  # octets, without the line break


def calendar_file(
    *, booking: UUID, starts_at: datetime, ends_at: datetime, title: str, says: str, url: str, at: datetime
) -> bytes:  # fmt: skip
    """One event. Moments stand in UTC, so that no clock change moves them."""
    host = urlsplit(url).hostname or "luotsi"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luotsi//Times//FI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{booking}@{host}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(says)}",
        f"URL:{url}",
        "CLASS:PRIVATE",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of type TEXT: what has a meaning in the format is escaped."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on in the next one, which begins with a space; no character is cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
