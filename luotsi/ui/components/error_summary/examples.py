"""A form that came back."""

from luotsi.ui.components.field.examples import returned
from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Above the form",
        "{% error_summary form=form focus=False %}",
        lambda: {"form": returned(prefix="summary")},
    ),
]
