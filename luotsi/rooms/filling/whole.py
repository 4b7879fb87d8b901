"""A short form that is sent at once from one page: the same fields and the same reading as in filling step by step.

Its fields are called as its questions are. It is for forms whose questions are all asked, whatever is answered.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.rooms.filling import fields
from luotsi.rooms.filling.steps import Step


class WholeForm(fields.StepForm):
    """The questions on one page. `key` makes a repeated sending count once; what is `known` is not asked."""

    def __init__(
        self, definition: Questionnaire, *, on: date, data: QueryDict | None = None,
        known: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.definition, self._known = definition, dict(known or {})
        begun = rules.read(definition, {**(initial or {}), **self._known}, on=on)
        lines = [line for line in begun.lines if line.item.key not in self._known]
        self._keys = {fields.field_name(begun, line): line.item.key for line in lines}
        step = Step(1, lines)
        self.state = begun if data is None else self._read(step, begun, data, on)
        now = {line.path: line for line in self.state.lines}
        super().__init__(Step(1, [now[line.path] for line in lines]), self.state, data=data)
        self._asked = set(self.fields)
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that count, with what was known without asking."""
        return self.state.answers

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(self._keys.get(field_name, field_name))

    def full_clean(self) -> None:
        """The answers are judged by their reading alone; what the page adds of its own, by its field."""
        super().full_clean()
        if not self.is_bound:
            return
        for name in [name for name in self.fields if name not in self._asked]:
            field = self.fields[name]
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            try:
                self.cleaned_data[name] = field.clean(value)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _read(self, step: Step, begun: rules.State, data: QueryDict, on: date) -> rules.State:
        names = {key: name for name, key in self._keys.items()}
        sent = cast(QueryDict, QueryDict(mutable=True))
        for name, many in data.lists():
            sent.setlist(names.get(name, name), many)
        return rules.read(self.definition, {**fields.given(step, begun, sent), **self._known}, on=on)
