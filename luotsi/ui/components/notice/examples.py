"""Things to know now."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Danger",
        """\
{% notice tone="danger" title=words.urgent_title level=4 %}
  <p>{{ words.urgent_text|in_language }}</p>
{% endnotice %}""",
    ),
    Example(
        "Warning",
        """\
{% notice tone="warning" title=words.break_title level=4 %}
  <p>{{ words.break_text|in_language }}</p>
{% endnotice %}""",
    ),
    Example(
        "Success, read out by screen readers",
        """\
{% notice tone="success" title=words.saved_title level=4 live=True %}
  <p>{{ words.saved_text|in_language }}</p>
{% endnotice %}""",
    ),
    Example("Without a title", "{% notice %}<p>{{ words.saved_text|in_language }}</p>{% endnotice %}"),
]
