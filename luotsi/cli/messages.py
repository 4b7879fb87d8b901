"""`luotsi messages`: gather the pages' texts, and compile the translations."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

NAME = "messages"
HELP = "gather texts into locale/*/django.po of each app and compile them (needs GNU gettext)"
needs_database = False
ROOT = Path(__file__).parents[1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compile-only", action="store_true", help="only write the .mo files from the .po files")


def run(args: argparse.Namespace) -> int:
    for app in sorted(folder.parent for folder in ROOT.rglob("locale") if folder.is_dir()):
        if not args.compile_only:
            _django("makemessages", "-l", "fi", "-l", "sv", "--no-location", "--no-obsolete", app=app)
        _django("compilemessages", "-l", "fi", "-l", "sv", app=app)
        print(f"{app.relative_to(ROOT.parent)}: {_untranslated(app)} texts still to translate")
    return 0


def _django(*command: str, app: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT.parent)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "-m", "django", *command], cwd=app, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _untranslated(app: Path) -> int:
    """How many texts wait in both languages together, by gettext's own count."""
    waiting = 0
    for file in app.glob("locale/*/LC_MESSAGES/django.po"):
        counted = subprocess.run(
            ["msgattrib", "--untranslated", "--no-obsolete", str(file)], capture_output=True, text=True, check=True
        )
        waiting += max(0, counted.stdout.count("\nmsgid ") - 1)
    return waiting
