"""Public identifiers. They are random: nothing about a person can be read from one, nor the next one guessed."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    return uuid4()
