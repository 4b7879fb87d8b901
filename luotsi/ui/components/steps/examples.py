"""Where I am."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "A resident's matter",
        '{% steps label=words.your_matter %}\n  {% step label=words.sent state="done" %}\n'
        '  {% step label=words.we_read state="current" hint=words.we_read_hint %}\n'
        "  {% step label=words.we_offer hint=words.we_offer_hint %}\n{% endsteps %}",
    ),
]
