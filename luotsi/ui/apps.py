"""The design system as a Django app: its template tags, templates, texts and static files."""

from django.apps import AppConfig
from django.forms import ChoiceField, MultipleChoiceField
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "luotsi.ui"
    label = "ui"

    def ready(self) -> None:
        """Django's own sentence repeats what was sent, which may be an identity code in the wrong place."""
        for field in (ChoiceField, MultipleChoiceField):
            field.default_error_messages["invalid_choice"] = _("Choose from the options.")
