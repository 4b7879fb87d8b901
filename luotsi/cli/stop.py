"""`luotsi stop`: stop the embedded PostgreSQL."""

import argparse
import os
from pathlib import Path

NAME = "stop"
HELP = "stop the embedded PostgreSQL (it starts by itself when it is needed)"
needs_database = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(args: argparse.Namespace) -> int:
    from luotsi.config.postgres import stop_embedded

    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("LUOTSI_DATA") or root / "data").resolve() / "postgres"
    stopped = stop_embedded(folder)
    print("stopped" if stopped else "no embedded PostgreSQL was running")
    return 0
