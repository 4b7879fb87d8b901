"""Answers of the resident, or of the one they act for, as the pages of filling take them."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import own
from luotsi.rooms.filling.sheets import Kept, Places


def sheet(request: HttpRequest, response: UUID) -> Kept:
    """The answers under way. Raises NotAllowed when they are not this person's."""
    found = own.to_fill(response, viewer=request.viewer)
    return Kept(found, places(response), request.viewer, now())


def places(response: UUID) -> Places:
    return Places(
        step=lambda number: reverse("response-question", args=[response, number]),
        review=reverse("response-review", args=[response]),
        leave=reverse("questionnaires"),
        file=opens(response),
    )


def opens(response: UUID) -> Callable[[str], str]:
    """Where a file of these answers opens, by its id."""
    return lambda file: reverse("response-file", args=[response, file])


def crumbs(form: Questionnaire) -> list[dict[str, str]]:
    return [
        {"label": _("Home"), "url": reverse("front")},
        {"label": _("Forms"), "url": reverse("questionnaires")},
        {"label": form.name.in_language(get_language()), "url": ""},
    ]
