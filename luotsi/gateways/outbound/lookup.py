"""Asking where a name leads, within a time: the machine's own resolver may take half a minute and cannot be hurried."""

import queue
import socket
import threading
from typing import Any

LOOKUP_SECONDS = 5.0
AT_ONCE = 16
_free = threading.BoundedSemaphore(AT_ONCE)


def addresses(host: str, port: int) -> list[str]:
    """The addresses behind the name, each once, in the resolver's order.

    Raises OSError when there is none, TimeoutError (one too) when nobody says so in time. Whoever still asks the
    resolver then is left behind; so many at once, and no more are begun.
    """
    if not _free.acquire(timeout=LOOKUP_SECONDS):
        raise TimeoutError(f"too many wait to hear where {host} is")
    told: queue.SimpleQueue[list[Any] | OSError | UnicodeError] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host.strip("[]"), port, told), name="lookup", daemon=True).start()
    try:
        found = told.get(timeout=LOOKUP_SECONDS)
    except queue.Empty:
        raise TimeoutError(f"nobody said within {LOOKUP_SECONDS:.0f} seconds where {host} is") from None
    if not isinstance(found, list):
        raise found
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def _ask(host: str, port: int, told: "queue.SimpleQueue[list[Any] | OSError | UnicodeError]") -> None:
    try:
        told.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        told.put(error)
    finally:
        _free.release()
