"""What the stages of a matter did, in plain sentences: judged, told, opened again."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.cases.definitions import reopen_reasons
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.cases.queries import CaseView

Body = Mapping[str, Any]


def _told(body: Body, case: CaseView) -> str:
    names = {party.key: party.name.in_language(get_language() or "fi") for party in case.kind.parties}
    party = str(body.get("party", ""))
    return _("Told of the matter: %(who)s") % {"who": names.get(party, party).lower()}


def _reopened(body: Body, case: CaseView) -> str:
    known, reason = reopen_reasons(), str(body.get("reason", ""))
    said = known[reason].name.in_language(get_language() or "fi") if reason in known else reason
    return _("The close was undone: %(reason)s") % {"reason": said}


def _classed(body: Body, case: CaseView) -> str:
    known, key = demands(), str(body.get("demand", ""))
    said = known[key].name.in_language(get_language() or "fi") if key in known else ""
    return (
        _("Why they got in touch: %(why)s") % {"why": said} if said else _("The reason of the contact was taken back")
    )


def _placed(body: Body, case: CaseView) -> str:
    return _("What the resident answered in a form came to this matter")


SENTENCES: dict[str, Callable[[Body, CaseView], str]] = {
    "party.told": _told,
    "case.reopened": _reopened,
    "demand.classed": _classed,
    "answers.placed": _placed,
}
TONES = {"party.told": "info", "case.reopened": "warning"}


def stage_sentence(kind: str, body: Body, case: CaseView) -> str:
    """A stage that was done, by the shelf's own words; "" when the event is of no stage of this kind of matter."""
    stage = next((one for one in case.kind.stages if one.event == kind), None)
    if stage is None or not case.kind.is_staged:
        return ""
    names = {one.key: one.name.in_language(get_language() or "fi") for one in stage.outcomes}
    decided = str(body.get("decision", ""))
    return f"{stage.name.in_language(get_language() or 'fi')}: {names.get(decided, decided)}"
