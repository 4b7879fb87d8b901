"""Where a page stands."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Three steps down",
        """\
{% breadcrumbs label=words.place %}
  {% crumb label=words.home url="#" %}
  {% crumb label=words.booking url="#" %}
  {% crumb label=words.book_time %}
{% endbreadcrumbs %}""",
    ),
]
