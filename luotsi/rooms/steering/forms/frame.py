"""What every page of a draft shows around itself, and how a change is kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.organisation.rules import may
from luotsi.domain.questionnaires.actions import Stale, designing
from luotsi.domain.questionnaires.actions.designing import CannotBeDone
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import wording
from luotsi.rooms.steering.forms import words

PARTS = (
    "draft",
    "draft-facts",
    "draft-translation",
    "draft-scores",
    "draft-outcomes",
    "draft-dangers",
    "draft-trial",
    "draft-checks",
)


def part_names() -> dict[str, str]:
    return {
        "draft": _("Questions"),
        "draft-facts": _("Facts and introduction"),
        "draft-translation": _("Three languages"),
        "draft-scores": _("Scores"),
        "draft-outcomes": _("What follows"),
        "draft-dangers": _("Danger"),
        "draft-trial": _("Try"),
        "draft-checks": _("Check and put to use"),
    }


def show(
    request: HttpRequest, draft: Draft, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """A page of a draft. `part` is the name of the address of the part in which it stands."""
    form, row = draft.form, draft.row
    counts = {"draft": len(form.every_item), "draft-scores": len(form.scores), "draft-outcomes": len(form.outcomes)}
    counts |= {"draft-dangers": len(form.dangers), "draft-translation": len(wording.unfinished(form))}
    names = part_names()
    told = {
        "draft": row, "form": form, "state": words.states()[row.state], "tone": words.TONES[row.state],
        "tabs": [(names[one], reverse(one, args=[row.id]), one == part, counts.get(one)) for one in names],
        "preview_languages": list(words.LANGUAGE_NAMES.items()),
        "may_publish": may(request.viewer, "form.publish"),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, f"steering/forms/{template}", {**told, **context}, status=status)


def revision_of(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1


def keep(
    request: HttpRequest,
    draft: Draft,
    to: Questionnaire,
    onward: str,
    *,
    stale: Callable[[Draft], HttpResponse] | None = None,
) -> HttpResponse:
    """Keep the draft so and go on. Somebody else's change meanwhile is told, with what was typed still there when
    the page can show it again (`stale`).
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        designing.change(form=draft.row.id, to=to, revision=revision_of(request), by=viewer, at=now())
    except Stale:
        newest = read_draft(viewer, draft.row.id)
        if stale is not None:
            return stale(newest)
        return told_stale(request, newest)
    except CannotBeDone as refused:
        messages.error(request, words.impossible(refused.why))
        return redirect("form", draft.row.key)
    return redirect(onward)


def told_stale(request: HttpRequest, newest: Draft) -> HttpResponse:
    """A step was asked of a page that had grown old: the newest draft, with why nothing was done."""
    return show(request, newest, "stale.html", {"stale": meanwhile(newest)}, part="draft", status=409)


def meanwhile(newest: Draft) -> dict[str, Any]:
    return {"by": newest.row.changed_by, "at": newest.row.changed_at}


def refused(request: HttpRequest, draft_id: UUID, why: str, *, onward: str = "draft-checks") -> HttpResponse:
    messages.error(request, why)
    return redirect(onward, draft_id)
