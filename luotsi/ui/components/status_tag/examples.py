"""States in words."""

from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "Tones",
        '<p class="cluster">\n{% status_tag label=words.closed %}\n{% status_tag label=words.new tone="info" %}\n'
        '{% status_tag label=words.confirmed tone="success" %}\n{% status_tag label=words.waits tone="warning" %}\n'
        '{% status_tag label=words.missed tone="danger" %}\n</p>',
    ),
]
