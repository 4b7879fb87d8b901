"""A PostgreSQL of a test's own that is killed and started again, with the house's tables."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.reliability.test_separate_server import SERVERS, _plain_user, _programs, _run

# What is written waits long in memory when commits do not wait for the disk: then a kill must lose some of it. Commits
# that wait are on the disk whatever stands here.
_SLOW_TO_DISK = "-c wal_writer_delay=10s -c wal_writer_flush_after=1GB -c wal_buffers=64MB"


class Server:
    """Starts at once; `kill` ends it as a power cut would, `start` begins again with what is on the disk."""

    def __init__(self, home: Path) -> None:
        self.user, self.programs, self.home = _plain_user(), _programs(SERVERS["embedded"]), home
        self.port = free_port()
        if self.user:
            shutil.chown(home, self.user)
        _run(self.user, self.programs / "initdb", "-D", home / "data", "-U", "postgres", "--auth=trust")
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.home} -c listen_addresses=127.0.0.1 {_SLOW_TO_DISK}"
        where = ("-D", self.home / "data", "-w", "-t", "50", "-l", self.home / "log", "-o", options)
        for _ in range(5):  # what the killed one leaves behind goes in a moment
            with suppress(AssertionError, subprocess.TimeoutExpired):
                _run(self.user, self.programs / "pg_ctl", *where, "start")
                return
            time.sleep(2)
        raise AssertionError((self.home / "log").read_text()[-2_000:])

    def wait_for_disk(self, does: str) -> None:
        """Whether a commit is acknowledged only when it is written: "on" as always, "off" for a control."""
        with psycopg.connect(self.address, autocommit=True) as line:
            line.execute(f"ALTER SYSTEM SET synchronous_commit = {does}")
            line.execute("SELECT pg_reload_conf()")
        self.kill()  # so that every process of the server has read it
        self.start()

    def kill(self) -> None:
        """The whole server at once, between two statements or in the middle of one."""
        first = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True).stdout
        every = [first, *map(int, children.split())]
        for process in every:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}").exists() for process in every):
            time.sleep(0.05)

    def run(self, *command: str, module: str = "luotsi.cli") -> list[str]:
        """The lines that a program of the house says, run on this server."""
        done = subprocess.run(
            [sys.executable, "-m", module, *command], env=self.environment(), capture_output=True, text=True,
            timeout=900,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.address, "LUOTSI_DATA": str(self.home / "files"), "PYTHONUNBUFFERED": "1"}
        return {**os.environ, **own}


@contextmanager
def own_server() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="luotsi-own-server-"))
    found = Server(home)
    try:
        found.run("manage", "migrate", "-v0")
        yield found
    finally:
        found.kill()
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
