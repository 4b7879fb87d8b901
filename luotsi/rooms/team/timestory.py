"""What a case's story says of times that the resident chose, and of the queue for one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luotsi.domain.cases.queries import CaseView
from luotsi.ui.words import moment

Body = Mapping[str, Any]

_MISSED = {
    "no_word": gettext_noop("sent no word"),
    "ill": gettext_noop("was ill"),
    "forgot": gettext_noop("had forgotten"),
    "no_way_to_come": gettext_noop("had no way to come"),
    "wrong_time": gettext_noop("had understood the time wrongly"),
}


def _of_a_time(words: str) -> Callable[[Body, CaseView], str]:
    def told(body: Body, case: CaseView) -> str:
        text = body.get("starts_at", "")
        return _(words) % {"when": moment(datetime.fromisoformat(text)) if text else ""}

    return told


def _plainly(words: str) -> Callable[[Body, CaseView], str]:
    return lambda body, case: _(words)


def _missed(body: Body, case: CaseView) -> str:
    reason = _MISSED.get(str(body.get("reason", "")))
    return _("The resident did not come: %(reason)s") % {"reason": _(reason)} if reason else _("Did not come")


_MARKS = {
    "arrived": gettext_noop("It was marked wrongly that the resident had arrived"),
    "began": gettext_noop("It was marked wrongly that the visit had begun"),
    "held": gettext_noop("It was marked wrongly that the visit was held"),
    "missed": gettext_noop("It was marked wrongly that the resident did not come"),
}


def _unmarked(body: Body, case: CaseView) -> str:
    return _(_MARKS.get(str(body.get("mark", "")), _MARKS["held"]))


SENTENCES: dict[str, Callable[[Body, CaseView], str]] = {
    "booking.kept": _of_a_time(gettext_noop("The resident chose the time %(when)s and is confirming it")),
    "booking.lapsed": _of_a_time(gettext_noop("The time %(when)s was not confirmed and is free again")),
    "booking.moved": _of_a_time(gettext_noop("The time was moved to %(when)s")),
    "booking.reminded": _of_a_time(gettext_noop("The resident was reminded of the time %(when)s")),
    "visit.arrived": _plainly(gettext_noop("The resident arrived")),
    "visit.began": _plainly(gettext_noop("The visit began")),
    "visit.missed": _missed,
    "visit.unmarked": _unmarked,
    "days.granted": _plainly(gettext_noop("Days were granted")),
    "waiting.joined": _plainly(gettext_noop("The resident waits for a time to become free")),
    "waiting.invited": _plainly(gettext_noop("The resident was invited to choose a time")),
    "waiting.asked": _plainly(gettext_noop("The resident was asked whether they wait still")),
    "waiting.kept": _plainly(gettext_noop("The resident waits on")),
    "waiting.left": _plainly(gettext_noop("The waiting for a time ended")),
}
TONES = {"visit.missed": "warning"}
