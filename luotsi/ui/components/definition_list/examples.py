"""Facts of one thing."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "A service; one fact is unknown",
        "{% definition_list %}\n"
        "  {% definition term=words.place %}{{ words.sotkamo|in_language }}{% enddefinition %}\n"
        "  {% definition term=words.hours %}{{ words.phone_hours|in_language }}{% enddefinition %}\n"
        "  {% definition term=words.fee %}{{ words.free|in_language }}{% enddefinition %}\n"
        "  {% definition term=words.phone %}{% enddefinition %}\n"
        "{% enddefinition_list %}",
    ),
]
