"""Loaded before Django's settings: the tests keep data folders of their own, away from the demonstration's.

Each parallel worker has one, and so an embedded PostgreSQL of its own: a transaction of one worker would otherwise hold
back what another one's readers of events may see.
"""

import os
from pathlib import Path

_ROOT = os.environ.setdefault("LUOTSI_TEST_DATA", str(Path(__file__).parents[2] / "data" / "tests"))
os.environ["LUOTSI_DATA"] = str(Path(_ROOT) / os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver has an event loop in our thread
os.environ["LUOTSI_MODE"] = "demo"
