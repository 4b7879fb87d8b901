"""Buttons as they stand on pages."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Kinds",
        "{% button_row %}\n"
        "  {% button label=words.confirm %}\n"
        '  {% button label=words.cancel kind="secondary" %}\n'
        '  {% button label=words.details kind="quiet" url="#" %}\n'
        '  {% button label=words.cancel_booking kind="danger" %}\n'
        "{% endbutton_row %}",
    ),
    Example(
        "With an icon, and what it is about for screen readers",
        '{% button label=words.call icon="phone" kind="secondary" url="tel:116117" hint=words.sotkamo %}',
    ),
]
