"""The questions of a draft: the list with the preview beside it, and one question."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import editing, wording
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.conditions import condition_rows
from luotsi.rooms.steering.forms.frame import keep, meanwhile, refused, revision_of, show
from luotsi.rooms.steering.forms.itemform import ItemForm
from luotsi.rooms.steering.forms.preview import language_of, preview, preview_of
from luotsi.rooms.steering.forms.texts import TextsForm

_LIMITS = ("max_length", "pattern", "least", "most", "decimals", "is_scale", "units")


class NewItemForm(TextsForm):
    """A question to add: its kind, its words and its place."""

    def __init__(self, draft: Draft, data: Any = None) -> None:
        super().__init__(data)
        self.fields["type"] = django_forms.ChoiceField(label=_("Kind"), choices=list(words.types().items()))
        self.ask_text("label", _("What the question says"), None, short=True)
        form = draft.form
        after = [
            (f"after|{one.key}", _("after %(question)s") % {"question": words.name_of(form, one.key)})
            for one in form.every_item
        ]
        into = [
            (f"into|{one.key}", _("in the group %(question)s") % {"question": words.name_of(form, one.key)})
            for one in form.every_item
            if one.type == "group"
        ]
        self.fields["place"] = django_forms.ChoiceField(
            label=_("Place"), required=False, choices=[("", _("at the end")), *into, *after]
        )


@page("form.edit")
def questions(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The questions in their order, with the steps that can be taken with each."""
    return shown(request, read_draft(request.viewer, form_id))


def shown(
    request: HttpRequest, draft: Draft, *, fields: NewItemForm | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    notes = request.session.get("form_imports", {}).get(str(draft.row.id), [])
    told = {
        "lines": list(_lines(draft)), "fields": fields or NewItemForm(draft), "preview": preview(draft.form),
        "why": why, "unsupported": notes,
    }  # fmt: skip
    return show(request, draft, "draft.html", told, part="draft", status=status)


@page("form.edit", methods=["POST"])
def additions(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """One question more."""
    draft = read_draft(request.viewer, form_id)
    fields = NewItemForm(draft, request.POST)
    if not fields.is_valid():
        return shown(request, draft, fields=fields, status=422)
    kind, _sep, where = fields.cleaned_data["place"].partition("|")
    item = editing.new_item(draft.form, fields.cleaned_data["type"], fields.text("label"))
    try:
        to = editing.added(draft.form, item, **({kind: where} if kind else {}))
    except editing.NotWhole as why:
        return shown(request, draft, fields=fields, why=faultwords.refusal(draft.form, why), status=409)
    return keep(request, draft, to, question_url(form_id, item.key))


@page("form.edit", methods=["POST"])
def steps(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """A question one step up or down, or away."""
    draft = read_draft(request.viewer, form_id)
    way, _sep, key = request.POST.get("step", "").partition("|")
    try:
        editing.item_of(draft.form, key)
        to = (
            editing.removed(draft.form, key)
            if way == "away"
            else editing.moved(draft.form, key, "up" if way == "up" else "down")
        )
    except editing.NotWhole as why:
        return shown(request, draft, why=faultwords.refusal(draft.form, why), status=409)
    return keep(request, draft, to, reverse("draft", args=[form_id]) + "#questions")


@page("form.edit", methods=("GET", "HEAD", "POST"))
def question(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """One question. A POST keeps it; `go` may also add or remove a part of it, or only look at it as it would be."""
    draft = read_draft(request.viewer, form_id)
    key = request.GET.get("item", "")
    try:
        item = editing.item_of(draft.form, key)
    except editing.NotWhole as why:
        return refused(request, form_id, faultwords.refusal(draft.form, why), onward="draft")
    if request.method != "POST":
        return _asked(request, draft, ItemForm(draft.form, item))
    fields = ItemForm(draft.form, item, request.POST)
    return _looked(request, draft, fields) if request.POST.get("go") == "look" else _kept(request, draft, fields)


def question_url(form_id: UUID, key: str) -> str:
    return f"{reverse('draft-question', args=[form_id])}?{urlencode({'item': key})}"


def _kept(request: HttpRequest, draft: Draft, fields: ItemForm) -> HttpResponse:
    if not fields.is_valid():
        return _asked(request, draft, fields, status=422)
    go, key = request.POST.get("go", "save"), fields.item.key
    try:
        to = _with_part(fields.written(), key, go)
    except editing.NotWhole as why:
        fields.add_error(None, faultwords.refusal(draft.form, why))
        return _asked(request, draft, fields, status=422)
    onward = reverse("draft", args=[draft.row.id]) + "#questions" if go == "save" else question_url(draft.row.id, key)
    return keep(request, draft, to, onward, stale=lambda newest: _asked(request, newest, fields, stale=True))


def _with_part(form: Any, key: str, go: str) -> Any:
    """The form after the step that was asked with the saving. Raises NotWhole."""
    item = editing.item_of(form, key)
    step, _sep, number = go.partition("|")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    changed = {
        "more-option": lambda: editing.with_option(item),
        "less-option": lambda: editing.without_option(item, place),
        "up-option": lambda: editing.option_moved_up(item, place),
        "less-when": lambda: item.model_copy(
            update={"show_when": tuple(one for at, one in enumerate(item.show_when) if at != place)}
        ),
    }.get(step)
    return editing.replaced(form, key, changed()) if changed else form


def _asked(
    request: HttpRequest, draft: Draft, fields: ItemForm, *, status: int = 200, stale: bool = False
) -> HttpResponse:
    item = fields.item
    told = {
        "fields": fields, "item": item, "name": words.name_of(draft.form, item.key), "whens": condition_rows(fields),
        "texts": fields.rows(["label", "hint"]), "more_texts": fields.rows(["label_for_another", "hint_for_another"]),
        "limit_texts": fields.rows(["least_label", "most_label", "pattern_says"]),
        "limits": [fields[one] for one in _LIMITS if one in fields.fields],
        "preview": preview_of(draft.form, item.key), "stale": meanwhile(draft) if stale else None,
        "is_choice": bool(item.options), "here": question_url(draft.row.id, item.key),
        "revision": draft.row.revision if stale or request.method != "POST" else revision_of(request),
    }  # fmt: skip
    return show(request, draft, "question.html", told, part="draft", status=409 if stale else status)


def _looked(request: HttpRequest, draft: Draft, fields: ItemForm) -> HttpResponse:
    """The preview as the form would be; what cannot be a form yet leaves the preview as it was."""
    try:
        form = fields.written() if fields.is_valid() else draft.form
    except editing.NotWhole:
        form = draft.form
    with override(language_of(request.POST)):
        return render(
            request, "steering/forms/_preview.html", {"preview": preview_of(form, fields.item.key), "draft": draft.row}
        )


def _lines(draft: Draft) -> Any:
    """The questions as lines of the list, each with what its texts lack."""
    lacks: dict[str, set[str]] = {}
    for one in wording.unfinished(draft.form):
        question = next((owner.key for owner in reversed(one.owners) if isinstance(owner, Item)), "")
        lacks.setdefault(question, set()).update(one.lacks)
    for item, depth in _depths(draft.form.items, 0):
        yield {
            "item": item, "type": words.types()[item.type], "depth": depth, "name": words.name_of(draft.form, item.key),
            "missing": words.lacking(lacks.get(item.key, ())), "url": question_url(draft.row.id, item.key),
            "conditions": len(item.show_when) + bool(item.show_expression),
        }  # fmt: skip


def _depths(items: Any, depth: int) -> Any:
    for item in items:
        yield item, depth
        yield from _depths(item.items, depth + 1)
