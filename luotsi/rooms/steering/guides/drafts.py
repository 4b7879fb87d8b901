"""Writing a guide: a new one, its draft, and putting the draft before residents."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.dates import add_months
from luotsi.base.now import now, today
from luotsi.domain.catalogue.actions import guides
from luotsi.domain.catalogue.actions.guides import CannotBeDone, Stale
from luotsi.domain.catalogue.queries import guides as queries
from luotsi.domain.catalogue.rules.guides import faults
from luotsi.domain.catalogue.rules.keys import free
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms.frame import revision_of
from luotsi.rooms.steering.forms.pages.listing import key_of
from luotsi.rooms.steering.guides import words
from luotsi.rooms.steering.guides.form import GuideForm, NewGuideForm, begun
from luotsi.rooms.steering.guides.keeping import REVIEW_MONTHS

RESERVED = {"new", "drafts", "versions"}


@page("guide.edit", methods=("GET", "HEAD", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """A draft of which only the title is written."""
    form = NewGuideForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _begun(request, form)):
        return answer
    told = {"fields": form, "number": request.POST.get("key") or uuid4()}
    return render(request, "steering/guide_new.html", told, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, form: NewGuideForm) -> HttpResponse | None:
    """None when the form has an error by now."""
    viewer, name, id = request.viewer, form.text("name"), key_of(request)  # type: ignore[attr-defined]
    title = name.fi or name.sv or name.en
    if not title:
        form.add_error("name-fi", _("Write a title for the guide."))
        return None
    key = form.cleaned_data["address"].lower() or free(title, str(id), RESERVED)
    owner = next(iter(sorted(viewer.units)), "")
    guide = begun(key, name, owner=owner, review_on=add_months(today(), REVIEW_MONTHS))
    try:
        if key in RESERVED:
            raise CannotBeDone("taken")
        return redirect("guide-draft", guides.draft(guide=guide, id=id, by=viewer, at=now()).id)
    except CannotBeDone as refused:
        form.add_error("address", words.impossible(refused.why))
        return None


@page("guide.edit", methods=("GET", "HEAD", "POST"))
def draft(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """The draft and what is to be mended in it. A POST keeps it."""
    row = queries.draft(request.viewer, guide_id)  # type: ignore[attr-defined]
    form = GuideForm(row.text, row.note, request.POST or None)
    if request.method != "POST":
        return _shown(request, row, form)
    return _kept(request, row, form) if form.is_valid() else _shown(request, row, form, status=422)


def _kept(request: HttpRequest, row: queries.Version, form: GuideForm) -> HttpResponse:
    viewer, note = request.viewer, form.cleaned_data["note"]  # type: ignore[attr-defined]
    try:
        guides.change(guide=row.id, to=form.written(), note=note, revision=revision_of(request), by=viewer, at=now())
    except Stale:
        return _shown(request, queries.draft(viewer, row.id), form, is_stale=True, status=409)
    except CannotBeDone as refused:
        return _refused(request, row.key, refused)
    if request.POST.get("go") == "preview":
        return redirect("guide-version", row.id)
    messages.success(request, _("The draft is kept."))
    return redirect("guide-draft", row.id)


def _shown(
    request: HttpRequest, row: queries.Version, form: GuideForm, *, is_stale: bool = False, status: int = 200
) -> HttpResponse:
    told: dict[str, Any] = {
        "draft": row, "fields": form, "is_stale": is_stale,
        "revision": row.revision if is_stale or not form.is_bound else revision_of(request),
        "faults": [words.fault(one) for one in faults(row.text, queries.known(), today=today())],
    }  # fmt: skip
    return render(request, "steering/guide_draft.html", told, status=status)


@page("guide.edit", methods=["POST"])
def publication(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """Residents read it from now on."""
    row = queries.draft(request.viewer, guide_id)  # type: ignore[attr-defined]
    try:
        guides.publish(guide=guide_id, revision=revision_of(request), by=request.viewer, at=now())  # type: ignore[attr-defined]
    except Stale:
        return _shown(request, row, GuideForm(row.text, row.note), is_stale=True, status=409)
    except CannotBeDone as refused:
        if refused.why == "published":
            return _refused(request, row.key, refused)
        messages.error(request, words.impossible(refused.why))
        return redirect("guide-draft", guide_id)
    messages.success(request, _("The guide is published. Residents read it now."))
    return redirect("guide-history", row.key)


@page("guide.edit", methods=["POST"])
def removal(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """The draft is thrown away."""
    row = queries.draft(request.viewer, guide_id)  # type: ignore[attr-defined]
    try:
        guides.drop(guide=guide_id, revision=revision_of(request), by=request.viewer, at=now())  # type: ignore[attr-defined]
    except Stale:
        return _shown(request, row, GuideForm(row.text, row.note), is_stale=True, status=409)
    except CannotBeDone as refused:
        return _refused(request, row.key, refused)
    messages.success(request, _("The draft is thrown away."))
    return redirect("guides-kept")


def _refused(request: HttpRequest, key: str, refused: CannotBeDone) -> HttpResponse:
    messages.error(request, words.impossible(refused.why))
    return redirect("guide-history", key)
