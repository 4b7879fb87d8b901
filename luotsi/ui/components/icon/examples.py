"""Every icon there is."""

from typing import get_args

from luotsi.ui.components.icon.component import Name
from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "All of them",
        '<p class="cluster">{% for name in names %}<span>{% icon name=name %} {{ name }}</span>{% endfor %}</p>',
        {"names": get_args(Name)},
    ),
]
