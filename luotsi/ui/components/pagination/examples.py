"""Pages of a long list."""

from django.core.paginator import Paginator

from luotsi.ui.example import Example

EXAMPLES = [
    Example("In the middle", "{% pagination page=page %}", {"page": Paginator(range(1000), 50).page(7)}),
]
