"""Why an answer is not believed. The reason is a word for pages and logs; what was in the message is never told."""

from typing import Literal, get_args

Reason = Literal[
    "unreadable",  # not XML, too large, or XML that a SAML message never needs
    "untrusted",  # not signed, signed by another, or changed after it was signed
    "not-for-us",  # another audience, recipient, destination or issuer
    "late",  # expired, not yet valid, or an answer to a question asked too long ago
    "not-asked",  # an answer to a question that this service, or this browser, did not ask
    "used",  # an answer that has already signed somebody in
    "level",  # the way of identification is not strong enough
    "no-code",  # no Finnish personal identity code, or one that is not well formed
    "declined",  # the identification service says that nobody was identified: often somebody pressed Cancel
    "unreachable",  # the identification service's description cannot be had just now
]
REASONS: tuple[str, ...] = get_args(Reason)


class Refused(Exception):
    """The message is not believed. `reason` is one of REASONS; nothing of the message is in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
