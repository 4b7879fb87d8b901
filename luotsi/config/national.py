"""The national Service Catalogue, read every night: what changed, and once a week everything.

Its newer API v12 cannot be asked what changed, so everything is read every night.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from luotsi.base.dates import start_of
from luotsi.base.now import in_helsinki, local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions
from luotsi.domain.catalogue.actions import NotTaken
from luotsi.domain.catalogue.queries import desk
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.gateways import ptv

SOURCE = "ptv"
EARLIEST_HOUR, TRIES, APART, WEEK = 2, 3, timedelta(hours=1), timedelta(days=7)
# What was changed while the last fetch went on is asked for again.
_OVERLAP = timedelta(hours=6)
_LOCK = "hashtextextended('luotsi national catalogue', 0)"
log = logging.getLogger("luotsi.catalogue")


def nightly(*, at: datetime) -> bool:
    """Whether it was read now: once a day from two o'clock, again an hour after it failed, three times at most.

    Not at all without LUOTSI_PTV. One worker at a time: another one passes by.
    """
    if not settings.PTV or not _is_time(at):
        return False
    with connection.cursor() as sql:
        sql.execute(f"SELECT pg_try_advisory_lock({_LOCK})")
        if not sql.fetchone()[0]:
            return False
        try:
            return _is_time(at) and _read(at)
        finally:
            sql.execute(f"SELECT pg_advisory_unlock({_LOCK})")


def _is_time(at: datetime) -> bool:
    if in_helsinki(at).hour < EARLIEST_HOUR:
        return False
    tried = desk.intakes_since(SOURCE, start_of(local_day(at)))
    if any(not one.refused for one in tried) or len(tried) >= TRIES:
        return False
    return not tried or at - tried[0].at >= APART


def _read(at: datetime) -> bool:
    whole, any_of_it = desk.latest_whole(SOURCE), desk.latest(SOURCE)
    is_whole = whole is None or any_of_it is None or at - whole >= WEEK or not ptv.tells_changes(settings.PTV)
    folder = settings.DATA / "ptv" / f"{local_day(at).isoformat()}{'' if is_whole else '-changes'}"
    told = {"tell": lambda *_: None}
    try:
        if is_whole or any_of_it is None:
            ptv.fetch_county(settings.PTV, folder, municipalities=sorted(municipality_names()), **told)
        else:
            ptv.fetch_changes(settings.PTV, folder, since=any_of_it - _OVERLAP, **told)
        actions.take_in(ptv.read_folder(folder, is_whole=is_whole), by=SYSTEM, at=at)
    except ptv.NotFetched as error:
        actions.remember_failure(SOURCE, str(error), at=at)
        log.warning("the national catalogue was not read: %s", error)
    except NotTaken as error:
        log.warning("the national catalogue was not taken in: %s", error)
    return True
