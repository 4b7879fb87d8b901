"""A draft's own facts, and all of its texts side by side in the three languages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import editing, wording
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.frame import keep, meanwhile, revision_of, show
from luotsi.rooms.steering.forms.meanings import FactsForm
from luotsi.rooms.steering.forms.texts import TextsForm


@page("form.edit", methods=("GET", "HEAD", "POST"))
def facts(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The form's name, introduction, who answers it."""
    draft = read_draft(request.viewer, form_id)
    if request.method != "POST":
        return _facts(request, draft, FactsForm(draft.form))
    fields = FactsForm(draft.form, request.POST)
    if not fields.is_valid():
        return _facts(request, draft, fields, status=422)
    try:
        to = fields.written()
    except editing.NotWhole as why:
        fields.add_error(None, faultwords.refusal(draft.form, why))
        return _facts(request, draft, fields, status=422)
    messages.success(request, _("Saved."))
    here = reverse("draft-facts", args=[form_id])
    return keep(request, draft, to, here, stale=lambda newest: _facts(request, newest, fields, stale=True))


@page("form.edit", methods=("GET", "HEAD", "POST"))
def translation(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Every text of the form in the three languages; `?only=missing` those that lack one."""
    draft = read_draft(request.viewer, form_id)
    places = wording.places(draft.form)
    if request.GET.get("only") == "missing":
        places = [one for one in places if one.lacks]
    fields = AllTextsForm(draft, places, request.POST or None)
    if request.method != "POST" or not fields.is_valid():
        return _texts(request, draft, fields)
    texts = {one.path: fields.text(one.path) for one in places if f"{one.path}-fi" in request.POST}
    to = wording.written(draft.form, texts)
    here = request.get_full_path()
    messages.success(request, _("Saved."))
    return keep(request, draft, to, here, stale=lambda newest: _texts(request, newest, fields, stale=True))


class AllTextsForm(TextsForm):
    """The texts by their paths."""

    def __init__(self, draft: Draft, places: list[wording.Place], data: Any = None) -> None:
        super().__init__(data)
        for one in places:
            self.ask_text(one.path, words.place(draft.form, one), one.text, needed=True)


_PLAIN = ("purpose", "audience", "register", "is_anonymous", "only_oneself", "follows_matter", "minutes", "source")


def _facts(
    request: HttpRequest, draft: Draft, fields: FactsForm, *, status: int = 200, stale: bool = False
) -> HttpResponse:
    plain = [fields[name] for name in _PLAIN]
    told = {"fields": fields, "texts": fields.rows(), "plain": plain, **_common(request, draft, stale)}
    return show(request, draft, "facts.html", told, part="draft-facts", status=409 if stale else status)


def _texts(request: HttpRequest, draft: Draft, fields: AllTextsForm, *, stale: bool = False) -> HttpResponse:
    told = {
        "fields": fields, "texts": fields.rows(), "only_missing": request.GET.get("only") == "missing",
        "missing": len(wording.unfinished(draft.form)), **_common(request, draft, stale),
    }  # fmt: skip
    status = 409 if stale else 422 if fields.is_bound and fields.errors else 200
    return show(request, draft, "translation.html", told, part="draft-translation", status=status)


def _common(request: HttpRequest, draft: Draft, stale: bool) -> dict[str, Any]:
    return {
        "stale": meanwhile(draft) if stale else None,
        "revision": draft.row.revision if stale or request.method != "POST" else revision_of(request),
    }
