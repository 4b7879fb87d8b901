"""How child welfare's figures are told: in full to whoever may open the matters; to others so that no group of one to
four children is told, also not by taking one number from another. What is late counts as a group too.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luotsi.analytics.disclosure import hide
from luotsi.base.who import Who
from luotsi.domain.cases.queries.handling import KIND, HandlingView
from luotsi.domain.cases.rules.handling import Handling, Share
from luotsi.domain.organisation.rules import works_in
from luotsi.domain.people.access import hides_names
from luotsi.ui.words import number

FEWEST = 5  # a smaller group is not told of
STEP = 5  # a share that may not be told exactly is told as "at least", in steps of so many per cent
Table = Sequence[Sequence[int]]  # a row for each month, a column for each group
Mask = list[list[bool]]  # the first row is of all months together


def sees_few(viewer: Who) -> bool:
    """Whether small numbers are no secret: the viewer's role has grounds to open these matters."""
    return not hides_names(viewer) and works_in(viewer.role, KIND)


def tiles(found: HandlingView, *, least: int) -> dict[str, Any]:
    """The numbers of now, in words where they are few."""
    return {
        "undecided": _bound(found.undecided, least) if 0 < found.overdue < least else _few(found.undecided, least),
        "overdue": _part(found.overdue, found.undecided, least),
        "open": _few(found.open, least),
        "late": _part(found.late, found.open, least),
        "emergencies": _few(found.emergencies, least),
    }


def rows(found: HandlingView, *, least: int) -> list[list[Any]]:
    """A row for each month, the newest first, and one of all. Nothing when all together are too few to tell."""
    if 0 < found.total.notifications < least:
        return []
    months = [one for _first, one in found.months]
    columns = [
        [date_format(first, "F Y") for first, _one in found.months],
        *(column[1:] + column[:1] for column in _columns(months, found.total, least)),
    ]
    columns[0].append(_("All"))
    return [list(row) for row in zip(*columns, strict=True)]


def _columns(months: list[Handling], total: Handling, least: int) -> list[list[Any]]:
    """Each column with the figure of all months first."""
    every = [total, *months]
    judged = [(one.decided_in_law.part, _rest(one.decided_in_law), _waiting(one)) for one in months]
    ready = [(one.ready_in_law.part, _rest(one.ready_in_law)) for one in months]
    in_days = [(one.ready_in_days.part, _rest(one.ready_in_days)) for one in months]
    between = _hidden([[abs(a[0] - b[0])] for a, b in zip(ready, in_days, strict=True)], least)
    counted, decided = _sums_hidden(judged, least), _hidden([[one.decided] for one in months], least)
    return [
        [_told(one.notifications, no) for one, no in zip(every, counted, strict=True)],
        [_mean(one, no or few[0], least) for one, no, few in zip(every, counted, decided, strict=True)],
        _shares([one.decided_in_law for one in every], _hidden(judged, least), None, least),
        _shares([one.ready_in_days for one in every], _hidden(in_days, least), between, least),
        _shares([one.ready_in_law for one in every], _hidden(ready, least), None, least),
    ]


def _rest(share: Share) -> int:
    return share.whole - share.part


def _waiting(one: Handling) -> int:
    """Notifications that are neither decided nor late."""
    return one.notifications - one.decided_in_law.whole


def _hidden(table: Table, least: int) -> Mask:
    """Which cells are hidden, and which of the columns' sums."""
    if not table:
        return [[True] * 3]
    counts = np.array(table, dtype=np.int64)
    keys = [(month, group) for month in range(len(table)) for group in range(counts.shape[1])]
    cells = hide(counts.reshape(-1, 1), keys, [int(counts.sum())], least).cells.reshape(counts.shape)
    return [_column_hidden(counts.sum(axis=0).tolist(), least), *cells.tolist()]


def _sums_hidden(table: Table, least: int) -> list[bool]:
    """Whether each row's sum is hidden; that of all rows is not, since so few would have no table at all."""
    return [False, *_column_hidden([sum(row) for row in table], least)]


def _column_hidden(sums: list[int], least: int) -> list[bool]:
    counts = np.array([[one] for one in sums], dtype=np.int64)
    found: list[bool] = hide(counts, [(place,) for place in range(len(sums))], [sum(sums)], least).cells.tolist()
    return found


def _shares(shares: list[Share], hidden: Mask, blurred: Mask | None, least: int) -> list[str]:
    vague = blurred or [[False]] * len(shares)
    return [
        _share(share, part=no[0], rest=no[1] or few[0], least=least)
        for share, no, few in zip(shares, hidden, vague, strict=True)
    ]


def _share(share: Share, *, part: bool, rest: bool, least: int) -> str:
    """ "88.6 (698/788)" in the reader's own way of writing it; "at least 85" where those outside may not be counted."""
    if share.percent is None:
        return "–"
    if not (part or rest) and share.whole >= least:
        return f"{number(share.percent, 1)} ({number(share.part)}/{number(share.whole)})"
    sure = int(min(share.percent, 100 * (share.whole - least + 1) / share.whole) // STEP) * STEP
    return _("at least %(share)s") % {"share": number(sure)} if sure > 0 and share.part >= least else _("not told")


def _mean(one: Handling, is_hidden: bool, least: int) -> str:
    if one.mean_days is None:
        return "–"
    return _("not told") if is_hidden or one.decided < least else number(one.mean_days, 2)


def _told(count: int, is_hidden: bool) -> int | str:
    return _("not told") if is_hidden else count


def _part(count: int, whole: int, least: int) -> int | str:
    """A part that is not small may tell that the rest is: then only its bound is told."""
    return _bound(count, least) if 0 < whole - count < least else _few(count, least)


def _bound(count: int, least: int) -> int | str:
    """For a number that would tell another one: those in time are the table's to tell, the late ones nobody's."""
    return _few(count, least) if count < least else _("%(least)d or more") % {"least": least}


def _few(count: int, least: int) -> int | str:
    return _("fewer than %(least)d") % {"least": least} if 0 < count < least else count
