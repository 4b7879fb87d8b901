"""The contact form of a resident who may have written before: a new matter, or more to one that is open."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from luotsi.domain.cases.queries.contacts import Joinable
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.rooms.filling.whole import WholeForm
from luotsi.ui.forms import Choices
from luotsi.ui.words import moment

NEW = "new"
FIELD = "which_matter"


class ContactForm(WholeForm):
    """The questions, and before them to which matter it belongs, where one of the same service is open. Nothing is
    chosen beforehand: what belongs together only the writer knows.
    """

    def __init__(
        self, definition: Questionnaire, *, on: date, data: QueryDict | None, phone: str, matter: str,
        open_matters: Sequence[Joinable] = (), acting_for: str = "",
    ) -> None:  # fmt: skip
        asked = {item.key: phone for item in definition.items if item.type == "phone" and phone}
        super().__init__(definition, on=on, data=data, initial=asked)
        if open_matters:
            self.fields[FIELD] = _which(open_matters, acting_for)
            self.initial[FIELD] = matter
            self.order_fields([FIELD])

    @property
    def joins(self) -> UUID | None:
        """The open matter to which the writer adds; None for a new one."""
        chosen = self.cleaned_data.get(FIELD, NEW)
        return None if chosen == NEW else UUID(chosen)

    @property
    def chosen_matter(self) -> str:
        """To which matter it goes, in the words that were chosen; "" where that was not asked."""
        field = self.fields.get(FIELD)
        chosen = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
        return str(chosen.get(self.cleaned_data.get(FIELD, ""), ""))

    @property
    def is_too_late(self) -> bool:
        """Whether the writer wanted to add to a matter and none is open any more."""
        return FIELD not in self.fields and self.data.get(FIELD, NEW) != NEW

    @property
    def has_danger(self) -> bool:
        """Whether the answers tell of something for which help is needed now."""
        return bool(self.state.dangers)


def _which(matters: Sequence[Joinable], acting_for: str) -> forms.ChoiceField:
    add = _("Add to the open matter, sent %(when)s") if acting_for else _("Add to my open matter, sent %(when)s")
    label = (
        _("%(name)s has an open matter about this. Does the message belong to it?") % {"name": acting_for}
        if acting_for
        else _("You have an open matter about this. Does your message belong to it?")
    )
    return forms.ChoiceField(
        label=label,
        help_text=_("What you add is read by the same people. The dates of the open matter stay as they are."),
        choices=[
            *((str(one.id), add % {"when": moment(one.opened_at)}) for one in matters),
            (NEW, _("This is a new matter")),
        ],
        widget=Choices(),
        error_messages={
            "required": _("Choose whether the message belongs to the open matter or is a new one."),
            "invalid_choice": _("That matter has been closed. Choose again."),
        },
    )
