"""Which strong identification the pages use, if any. It is built when it is first asked for: pysaml2 is large."""

from collections.abc import Callable

from luotsi.gateways.identity.saml.identification import Identification

_build: list[Callable[[], Identification]] = []
_built: list[Identification] = []


def connect(build: Callable[[], Identification] | None) -> None:
    """Use what `build` makes, or nothing. Called by luotsi.config, and by tests."""
    _build[:] = [build] if build else []
    _built.clear()


def is_connected() -> bool:
    return bool(_build)


def identification() -> Identification:
    """The one connected. Only pages that exist because one is connected ask for it."""
    if not _built:
        _built[:] = [_build[0]()]
    return _built[0]
