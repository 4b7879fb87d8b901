"""Nothing here."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "With a way on",
        """\
{% empty_state title=words.nobody lead=words.nobody_lead %}
  {% button label=words.tomorrow kind="secondary" url="#" %}
{% endempty_state %}""",
    ),
]
