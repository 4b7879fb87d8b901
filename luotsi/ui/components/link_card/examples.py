"""Lists of places to go."""

from datetime import date

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Services",
        """\
{% card_list %}
  {% link_card title=words.nurse url="#" lead=words.nurse_lead meta=words.sotkamo %}{% endlink_card %}
  {% link_card title=words.dental url="#" lead=words.dental_lead meta=words.kajaani %}{% endlink_card %}
{% endcard_list %}""",
    ),
    Example(
        "Two columns, with more in the card",
        """\
{% card_list columns=2 %}
  {% link_card title=words.physio url="#" lead=words.physio_lead %}
    {% status_tag label=words.confirmed tone="success" %}
  {% endlink_card %}
  {% link_card title=words.renewal url="#" %}
    {% clock_chip state="running" due=due today=today %}
  {% endlink_card %}
{% endcard_list %}""",
        {"due": date(2026, 4, 13), "today": date(2026, 4, 10)},
    ),
]
