"""Texts that leave the house. They say only that something waits: never what, nor from which unit."""

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text


class MessageTemplate(Definition):
    """A notice by mail: subject and body. `{link}` is filled in; in a code to a new address `{code}`, in a question
    that can be answered without signing in `{answer}`, the link to its page.
    """

    subject: Text
    body: Text


def message_templates() -> dict[str, MessageTemplate]:
    return shelf.load("message_templates", MessageTemplate)
