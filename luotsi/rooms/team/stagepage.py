"""What a case's page says of its stages: the sheets written, who must be told, the forms needed, a wrong close."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.definitions import Outcome, Stage, telling_ways, urgencies
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.judged import Judgement
from luotsi.domain.cases.queries.tellings import TellingView, ToBeTold, tellings_of, to_be_told
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.rooms.team.clocks import shown_clock
from luotsi.rooms.team.sheet import reason_words
from luotsi.rooms.team.tellingforms import ReopeningForm, TellingForm


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    ground = case.reason.ground if case.reason else ""
    may_tell = case.closed_at is None and can_write(request.viewer, "party.tell", unit=case.unit, ground=ground)
    may_close = can_write(request.viewer, "case.close", unit=case.unit, ground=ground)
    tellings = tellings_of(case) if case.kind.parties else ()
    language = get_language() or "fi"
    return {
        "sheets": [_sheet(one, case) for one in case.judgements],
        "stages_again": [] if case.closed_at else _again(case) if "assess" in case.steps else [],
        "to_be_told": [_to_tell(one) for one in to_be_told(case, tellings)],
        "tellings": [_telling(one, case) for one in tellings],
        "telling_form": TellingForm(case.kind, language, auto_id="telling_%s") if may_tell else None,
        "forms_needed": _forms(case),
        "may_see_notifier": can_write(request.viewer, "notifier.read", unit=case.unit, ground=ground),
        "reopening_form": ReopeningForm(language, auto_id="reopening_%s") if may_close and case.can_reopen else None,
    }


def _sheet(one: Judgement, case: CaseView) -> dict[str, Any]:
    """A sheet in words. `told` is what the resident reads of it."""
    language = get_language() or "fi"
    outcome, known = case.kind.outcome(one.outcome), urgencies()
    return {
        "stage": case.kind.stage(one.stage).name if case.kind.is_staged else "",
        "name": outcome.name,
        "at": one.at,
        "by": one.by,
        "reason": reason_words(case.kind, one.reason, language) if one.reason else "",
        "urgency": known[one.urgency].name if one.urgency in known else "",
        "findings": one.findings,
        "note": one.note,
        "told": one.told or outcome.says.in_language(language),
    }


def _again(case: CaseView) -> list[Stage]:
    """Stages that can be judged although it is another one's turn: a wrong judgement is followed by a new one."""
    return [stage for stage in case.kind.open_stages(case.stages_done) if stage != case.stage]


def _to_tell(one: ToBeTold) -> dict[str, Any]:
    words = {
        "waiting": _("Not told yet"),
        "overdue": _("Not told in time"),
        "told": _("Told"),
        "told_late": _("Told late"),
    }
    tones = {"waiting": "warning", "overdue": "danger", "told": "success", "told_late": "warning"}
    return {
        "name": one.party.name,
        "says": one.party.says,
        "clock": shown_clock(one.chip) if one.chip else None,
        "since": one.chip.started if one.chip else None,
        "at": one.told,
        "state": words[one.state],
        "tone": tones[one.state],
    }


def _telling(one: TellingView, case: CaseView) -> dict[str, Any]:
    parties = {party.key: party.name for party in case.kind.parties}
    ways = telling_ways()
    way = ways[one.way].name if one.way in ways else one.way
    return {"name": parties.get(one.party, one.party), "way": way, "note": one.note, "at": one.at, "by": one.by}


def _forms(case: CaseView) -> list[dict[str, Any]]:
    """The forms that the kind of matter needs. A contact by phone brings none; only a written one is asked for one."""
    known = questionnaires()
    needed = [known[form] for form in case.kind.forms if form in known] if case.channel == "form" else []
    return [{"name": one.name, "is_there": one.key == case.form} for one in needed]


def next_words(outcome: Outcome) -> str:
    """How a need that is stated is met, as the next thing to do."""
    return {
        "time": _("Next: offer a time."),
        "referral": _("Next: write the referral."),
        "purchase": _("Next: agree with the provider."),
        "group": _("Next: tell when the group begins."),
        "plan": _("Next: write it in the plan."),
    }[outcome.leads_to]


def arranged_words(case: CaseView) -> str:
    """What comes next in a matter whose need is met elsewhere; "" in any other."""
    if case.state != "arranged":
        return ""
    met = [one for one in (case.kind.outcome(judged.outcome) for judged in case.judgements) if one.effect == "arranged"]
    return next_words(met[-1])


def saved_words(case: CaseView, outcome: Outcome) -> str:
    """What a saved judgement did, when it did something else than start or end care here."""
    if case.closed_at is not None:
        return _("Saved, and the matter is closed.")
    if outcome.effect == "arranged":
        saved = _("The judgement is saved.")
        return f"{saved} {next_words(outcome)}"
    step = case.stage.step.in_language(get_language() or "fi")
    said = _("Saved. Next: %(step)s.") % {"step": step[:1].lower() + step[1:]}
    return _("Saved: this is an emergency. Help first.") + f" {said}" if outcome.effect == "alarm" else said


def step_words(case: CaseView) -> str:
    """What judging the next stage is called; "" where the kind has one stage."""
    return case.stage.step.in_language(get_language() or "fi") if case.kind.is_staged else ""
