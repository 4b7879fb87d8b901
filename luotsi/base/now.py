"""The only reader of the wall clock. Everything else is told what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """The present moment, aware, in Europe/Helsinki."""
    return datetime.now(HELSINKI)


def today() -> date:
    """Today's date in Finland."""
    return now().date()


def local_day(moment: datetime) -> date:
    """The Finnish calendar day of a moment: a contact at 23.30 UTC in summer belongs to the next day."""
    return moment.astimezone(HELSINKI).date()


def in_helsinki(moment: datetime) -> datetime:
    """The moment as Finnish local time; a naive one is taken to be local already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=HELSINKI)
    return moment.astimezone(HELSINKI)
