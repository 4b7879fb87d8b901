"""A way out."""

from luotsi.ui.example import Example

EXAMPLES = [Example("In the corner of a page", "{% quick_exit %}")]
