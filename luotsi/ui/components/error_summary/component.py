"""What must be mended in a form, all in one place, each with a way to its field (WCAG 3.3.1)."""

from django.forms import BaseForm

from luotsi.ui.component import Props, component


@component
def error_summary(*, form: BaseForm, focus: bool = True) -> Props:
    """Stands first in main. It takes the focus when the page comes back, so it is heard at once."""
    if not form.is_bound or form.is_valid():
        return {"errors": []}
    errors = [{"text": text, "address": _address(form, name)} for name, texts in form.errors.items() for text in texts]
    return {"errors": errors, "focus": focus}


def _address(form: BaseForm, name: str) -> str:
    """Where the field begins: of radio buttons and check boxes the first one. Errors of the whole form have none."""
    if name not in form.fields:
        return ""
    field = form[name]
    return f"#{field.subwidgets[0].id_for_label if field.use_fieldset and field.subwidgets else field.id_for_label}"
