"""The story of a matter."""

from datetime import datetime

from luotsi.base.now import HELSINKI
from luotsi.ui.example import Example


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=HELSINKI)


EXAMPLES = [
    Example(
        "From contact to visit",
        """\
{% timeline %}
  {% happening at=first title=words.received by=words.resident %}{% endhappening %}
  {% happening at=second title=words.assessed by=words.a_nurse tone="info" %}
    <p>{{ words.assessed_text|in_language }}</p>
  {% endhappening %}
  {% happening at=third title=words.offered by=words.a_nurse %}{% endhappening %}
  {% happening at=fourth title=words.visit_held by=words.a_nurse tone="success" %}{% endhappening %}
{% endtimeline %}""",
        {"first": _at(1, 8, 5), "second": _at(1, 9, 15), "third": _at(1, 9, 20), "fourth": _at(7, 12, 45)},
    ),
]
