"""From a draft to use: the checks, held ready by one, put to use by another; sent back; thrown away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.questionnaires.actions import Stale, designing
from luotsi.domain.questionnaires.actions.designing import CannotBeDone
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import designing as queries
from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import publishing
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.frame import revision_of, show, told_stale

LONGEST_NOTE = 1_000


@page("form.edit")
def checks(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """What must hold before the form is put to use, and what this version changes."""
    return shown(request, read_draft(request.viewer, form_id))


def shown(request: HttpRequest, draft: Draft, *, why: str = "", status: int = 200) -> HttpResponse:
    found = publishing.checks(draft.form)
    before = _in_force(request, draft)
    told = {
        "checks": found, "why": why, "faults": faultwords.faults(draft.form, found.faults),
        "examples": _failing(draft.form, found), "before": before,
        "places": [(words.place(draft.form, one), words.lacking(one.lacks)) for one in found.unfinished[:30]],
        "more": max(0, len(found.unfinished) - 30), "changes": _changes(before, draft.form) if before else None,
        "usage": queries.usage(request.viewer, draft.row.key, draft.row.version) if before else None,  # type: ignore[attr-defined]
        "note": request.POST.get("note", draft.row.note),
    }  # fmt: skip
    return show(request, draft, "checks.html", told, part="draft-checks", status=status)


@page("form.edit", methods=["POST"])
def proposal(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Held ready; a second person decides."""
    note = request.POST.get("note", "")[:LONGEST_NOTE]

    def act() -> None:
        designing.propose(form=form_id, note=note, revision=revision_of(request), by=request.viewer, at=now())

    return _done(request, form_id, act, _("The form is held ready. Somebody else puts it to use."))


@page("form.edit", methods=["POST"])
def withdrawal(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Not held ready any more: a draft again."""

    def act() -> None:
        designing.send_back(form=form_id, revision=revision_of(request), by=request.viewer, at=now())

    return _done(request, form_id, act, _("The form is a draft again."))


@page("form.publish", methods=["POST"])
def publication(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """A second person puts the version to use."""

    def act() -> None:
        designing.publish(form=form_id, revision=revision_of(request), by=request.viewer, at=now())

    return _done(request, form_id, act, _("The form is in use."))


@page("form.edit", methods=["POST"])
def removal(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The draft is thrown away."""

    def act() -> None:
        designing.drop_draft(form=form_id, revision=revision_of(request), by=request.viewer, at=now())

    return _done(request, form_id, act, _("The draft is gone."), onward="forms")


def _done(request: HttpRequest, form_id: UUID, act: Any, told: str, *, onward: str = "") -> HttpResponse:
    draft = read_draft(request.viewer, form_id)  # type: ignore[attr-defined]
    try:
        act()
    except Stale:
        return told_stale(request, read_draft(request.viewer, form_id))  # type: ignore[attr-defined]
    except CannotBeDone as refused:
        return shown(request, draft, why=words.impossible(refused.why), status=409)
    messages.success(request, told)
    return redirect(onward) if onward else redirect("form", draft.row.key)


def _in_force(request: HttpRequest, draft: Draft) -> Questionnaire | None:
    versions = queries.versions(request.viewer, draft.row.key)  # type: ignore[attr-defined]
    earlier = next((one for one in versions if one.published_at is not None), None)
    return queries.content(request.viewer, draft.row.key, earlier.version) if earlier else None  # type: ignore[attr-defined]


def _changes(before: Questionnaire, after: Questionnaire) -> dict[str, Any]:
    found = publishing.changes(before, after)
    return {
        "any": found.any, "is_reordered": found.is_reordered, "meaning": found.meaning, "words": found.words,
        "added": [words.name_of(after, key) for key in found.added],
        "removed": [words.name_of(before, key) for key in found.removed],
        "changed": [words.name_of(after, key) for key in found.changed],
    }  # fmt: skip


def _failing(form: Questionnaire, found: publishing.Checks) -> list[tuple[str, list[str]]]:
    told = faultwords.faults
    return [(words.of_example(form.examples[number]), told(form, wrong)) for number, wrong in found.examples.items()]
