"""The meaning of a draft's answers: scores, outcomes and notices of danger; each a list and one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.text import Text
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.questionnaires.definitions import Band, Danger, Outcome, Questionnaire, Score
from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import editing
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.frame import keep, meanwhile, revision_of, show
from luotsi.rooms.steering.forms.meanings import DangerForm, OutcomeForm, ScoreForm, coded, decoded, whens


@page("form.edit", methods=("GET", "HEAD", "POST"))
def scores(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The scores; a POST begins a new one."""
    return _list(request, form_id, "scores")


@page("form.edit", methods=("GET", "HEAD", "POST"))
def outcomes(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """What follows from answers; a POST begins a new one."""
    return _list(request, form_id, "outcomes")


@page("form.edit", methods=("GET", "HEAD", "POST"))
def dangers(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """What a person in danger is told; a POST begins a new one."""
    return _list(request, form_id, "dangers")


@page("form.edit", methods=("GET", "HEAD", "POST"))
def part(request: HttpRequest, form_id: UUID, kind: str) -> HttpResponse:
    """One score, outcome or notice. A POST keeps it; `go` may also add or remove a band, or the whole of it."""
    draft = read_draft(request.viewer, form_id)
    if kind not in PARTS:
        raise Http404
    key = request.GET.get("key", "")
    one = PARTS[kind].of(draft.form).get(key)
    if one is None:
        return redirect(f"draft-{kind}", form_id)
    if request.method != "POST":
        return _asked(request, draft, kind, key, _fields(draft.form, kind, one))
    fields = _fields(draft.form, kind, one, request.POST)
    return _kept(request, draft, kind, key, fields)


@dataclass(frozen=True)
class Part:
    """A kind of part: how it is read from a form, what a new one is, how it is put back."""

    of: Callable[[Questionnaire], dict[str, Any]]
    new: Callable[[Questionnaire, str], Any]
    put: Callable[[dict[str, Any]], dict[str, Any]]


def _new_score(form: Questionnaire, key: str) -> Score:
    return Score(key=key, name=editing.EMPTY)


def _new_outcome(form: Questionnaire, key: str) -> Outcome:
    """It waits for the first thing that it can wait for. Raises NotWhole when there is none."""
    found = [value for value, _label in whens(form)]
    if not found:
        raise editing.NotWhole("no_condition")
    return Outcome.model_validate({"key": key, "when": [decoded(found[0])]})


def _new_danger(form: Questionnaire, key: str) -> Danger:
    phone = Text(fi="112", sv="112", en="112")
    return Danger(title=editing.EMPTY, text=editing.EMPTY, phone=phone)


PARTS = {
    "scores": Part(
        lambda form: {one.key: one for one in form.scores}, _new_score, lambda parts: {"scores": tuple(parts.values())}
    ),
    "outcomes": Part(
        lambda form: {one.key: one for one in form.outcomes},
        _new_outcome,
        lambda parts: {"outcomes": tuple(parts.values())},
    ),
    "dangers": Part(lambda form: dict(form.dangers), _new_danger, lambda parts: {"dangers": parts}),
}


def _list(request: HttpRequest, form_id: UUID, kind: str) -> HttpResponse:
    draft = read_draft(request.viewer, form_id)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _listed(request, draft, kind)
    known = PARTS[kind].of(draft.form)
    key = editing.free_key(request.POST.get("name", "")[:100], known, otherwise=kind.rstrip("s"))
    try:
        new = PARTS[kind].new(draft.form, key)
        if kind == "scores" and request.POST.get("name", "").strip():
            new = new.model_copy(update={"name": Text(fi=request.POST["name"].strip()[:200])})
        to = with_parts(draft.form, kind, {**known, key: new})
    except editing.NotWhole as why:
        return _listed(request, draft, kind, why=faultwords.refusal(draft.form, why))
    return keep(request, draft, to, part_url(form_id, kind, key))


def with_parts(form: Questionnaire, kind: str, parts: dict[str, Any]) -> Questionnaire:
    """Raises NotWhole."""
    return editing.whole(form.model_copy(update=PARTS[kind].put(parts)))


def part_url(form_id: UUID, kind: str, key: str) -> str:
    return f"{reverse('draft-part', args=[form_id, kind])}?{urlencode({'key': key})}"


def _listed(request: HttpRequest, draft: Draft, kind: str, *, why: str = "") -> HttpResponse:
    lines = [
        {
            "key": key,
            "name": _name(kind, key, one),
            "about": _about(draft.form, kind, one),
            "url": part_url(draft.row.id, kind, key),
        }
        for key, one in PARTS[kind].of(draft.form).items()
    ]
    told = {"kind": kind, "lines": lines, "why": why}
    return show(request, draft, "parts.html", told, part=f"draft-{kind}", status=409 if why else 200)


def _kept(request: HttpRequest, draft: Draft, kind: str, key: str, fields: Any) -> HttpResponse:
    go = request.POST.get("go", "save")
    known = PARTS[kind].of(draft.form)
    try:
        if go == "away":
            parts = {one: value for one, value in known.items() if one != key}
        elif not fields.is_valid():
            return _asked(request, draft, kind, key, fields, status=422)
        else:
            parts = {**known, key: _with_band(fields.written(), go)}
        to = with_parts(draft.form, kind, parts)
    except editing.NotWhole as why:
        fields.is_valid()
        fields.add_error(None, faultwords.refusal(draft.form, why))
        return _asked(request, draft, kind, key, fields, status=422)
    onward = (
        reverse(f"draft-{kind}", args=[draft.row.id]) if go in {"save", "away"} else part_url(draft.row.id, kind, key)
    )
    return keep(request, draft, to, onward, stale=lambda newest: _asked(request, newest, kind, key, fields, stale=True))


def _with_band(one: Any, go: str) -> Any:
    """A score with one band more or less; anything else as it is."""
    step, _sep, number = go.partition("|")
    if step == "more-band":
        key = editing.free_key("band", {band.key for band in one.bands})
        before = one.bands[-1].most if one.bands else None
        least = before + 1 if before is not None else None
        return one.model_copy(update={"bands": (*one.bands, Band(key=key, name=editing.EMPTY, least=least))})
    if step == "less-band":
        return one.model_copy(update={"bands": tuple(band for at, band in enumerate(one.bands) if str(at) != number)})
    return one


def _fields(form: Questionnaire, kind: str, one: Any, data: Any = None) -> Any:
    if kind == "scores":
        return ScoreForm(form, one, data)
    if kind == "dangers":
        return DangerForm(one, data)
    kinds = {key: words.said(each.name) for key, each in case_kinds().items()}
    offers = {"service": catalogue.service_names(get_language() or "fi"), "case_kind": kinds}  # type: ignore[arg-type]
    return OutcomeForm(form, one, offers, data)


def _asked(
    request: HttpRequest, draft: Draft, kind: str, key: str, fields: Any, *, status: int = 200, stale: bool = False
) -> HttpResponse:
    texts = [name for name in fields._labels if not name.startswith("band-")]
    plain = [
        fields[name]
        for name in fields.fields
        if not name.startswith("band-") and name.rsplit("-", 1)[0] not in fields._labels
    ]
    one = PARTS[kind].of(draft.form).get(key)
    told = {
        "kind": kind, "fields": fields, "texts": fields.rows(texts), "plain": plain,
        "bands": getattr(fields, "bands", []),
        "name": _name(kind, key, one) if one else key, "stale": meanwhile(draft) if stale else None,
        "here": part_url(draft.row.id, kind, key), "back": reverse(f"draft-{kind}", args=[draft.row.id]),
        "revision": draft.row.revision if stale or request.method != "POST" else revision_of(request),
    }  # fmt: skip
    return show(request, draft, "part.html", told, part=f"draft-{kind}", status=409 if stale else status)


def _name(kind: str, key: str, one: Any) -> str:
    text = {"scores": "name", "outcomes": "says", "dangers": "title"}[kind]
    return words.short(words.said(getattr(one, text)) or (words.said(one.warns) if kind == "outcomes" else "")) or key


def _about(form: Questionnaire, kind: str, one: Any) -> list[str]:
    if kind == "scores":
        return [
            words.ways()[one.way],
            *(f"{words.said(band.name)}: {_end(band.least)}–{_end(band.most)}" for band in one.bands),
        ]
    if kind == "outcomes":
        return [dict(whens(form, when))[coded(when)] for when in one.when]
    used = [words.name_of(form, item.key) for item in form.every_item if any(o.danger for o in item.options)]
    return [_("Shown at once by an answer to: %(questions)s") % {"questions": "; ".join(used)}] if used else []


def _end(limit: Any) -> str:
    return "" if limit is None else f"{limit:f}"
