"""Tables."""

from datetime import date

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS

CASES = [
    {"title": WORDS["cough"], "unit": WORDS["sotkamo"], "due": date(2026, 4, 8), "messages": 2, "tone": "danger"},
    {"title": WORDS["back_pain"], "unit": WORDS["kuhmo"], "due": date(2026, 4, 13), "messages": 0, "tone": "plain"},
    {"title": WORDS["renewal"], "unit": WORDS["kajaani"], "due": date(2026, 4, 24), "messages": 11, "tone": "plain"},
]

EXAMPLES = [
    Example(
        "A worklist: sortable, j and k move between the rows, cards on a phone",
        """\
{% table caption=words.waiting sort="due" keys=True %}
  {% column label=words.contact sort="contact" %}
  {% column label=words.place %}
  {% column label=words.due sort="due" %}
  {% column label=words.messages numeric=True %}
  {% for case in cases %}
    {% row tone=case.tone %}
      {% cell heading=True %}<a href="#">{{ case.title|in_language }}</a>{% endcell %}
      {% cell %}{{ case.unit|in_language }}{% endcell %}
      {% cell %}{% clock_chip state="running" due=case.due today=today %}{% endcell %}
      {% cell %}{{ case.messages|number }}{% endcell %}
    {% endrow %}
  {% endfor %}
{% endtable %}""",
        {"cases": CASES, "today": date(2026, 4, 10)},
    ),
    Example(
        "Figures from a query",
        "{% figure_table caption=words.within_week head=head rows=rows %}",
        {
            "head": [WORDS["unit"], WORDS["within_week"], WORDS["within_limit"], WORDS["coverage"]],
            "rows": [
                [WORDS["sotkamo"], 93, 99.5, 97],
                [WORDS["kuhmo"], 88.25, 98, 1234],
                [WORDS["kajaani"], None, 91, 84],
            ],
        },
    ),
]
