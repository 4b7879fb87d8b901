"""Texts that leave the house. They say only that something waits: never what, nor from which unit."""

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text


class MessageTemplate(Definition):
    """A notice by mail: subject and body. `{link}` and, in a code to a new address, `{code}` are filled in."""

    subject: Text
    body: Text


def message_templates() -> dict[str, MessageTemplate]:
    return shelf.load("message_templates", MessageTemplate)
