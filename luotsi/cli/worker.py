"""`luotsi worker`: the rounds again and again, and the figures kept fresh, until it is stopped."""

import argparse
import logging
import signal
import sys
import threading

NAME = "worker"
HELP = "run the worker: clocks, reactions, notices and figures, until stopped"
needs_database = True
log = logging.getLogger("luotsi.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="pause between rounds; default 5")


def run(args: argparse.Namespace) -> int:
    from luotsi.config.checks import why_unsafe
    from luotsi.config.rounds import once, refresh_figures

    for why in (found := why_unsafe()):
        print(f"luotsi: {why}", file=sys.stderr)
    if found:
        return 1
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    while not stop.is_set():
        for step in (once, refresh_figures):
            try:
                step()
            except Exception as error:  # one bad round must not end the worker; the next one tries again
                log.exception("the worker's round failed: %s", type(error).__name__)
                _forget_connection()
        stop.wait(args.every)
    return 0


def _forget_connection() -> None:
    from django.db import connection

    connection.close()
