"""Loaded before Django's settings: the tests keep a data folder of their own, away from the demonstration's."""

import os
from pathlib import Path

os.environ.setdefault("LUOTSI_DATA", str(Path(__file__).parents[2] / "data" / "tests"))
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # the browser's driver runs an event loop in the test's thread
os.environ["LUOTSI_MODE"] = "demo"
