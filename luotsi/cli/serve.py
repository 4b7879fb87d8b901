"""`luotsi serve`: the pages and the worker beside them, until Ctrl-C."""

import argparse
import os
import signal
import socket
import subprocess
import sys

NAME = "serve"
HELP = "serve the pages and run the worker (clocks, notices, figures) until Ctrl-C"
needs_database = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("LUOTSI_HOST", "127.0.0.1"))
    parser.add_argument(
        "--port", type=_port, default=os.environ.get("LUOTSI_PORT", "8000"), help="1-65535; default 8000"
    )
    parser.add_argument("--workers", type=int, default=max(1, min(4, os.cpu_count() or 1)), help="web processes")
    parser.add_argument("--no-worker", action="store_true", help="only the pages; run `luotsi worker` elsewhere")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings

    if _is_unsafe():
        return 1
    if why := _why_not(args.host, args.port):
        print(f"luotsi: {why}", file=sys.stderr)
        return 1
    if why := _database_not_ready():
        print(f"luotsi: {why}", file=sys.stderr)
        return 1
    shown = "localhost" if args.host in {"127.0.0.1", "::1"} else args.host
    address = f"http://{shown}:{args.port}/"
    guide = f"   the guide: {address}fi/demo/" if settings.MODE == "demo" else ""
    print(f"Luotsi: {address}{guide}   stop: Ctrl-C", flush=True)
    started = [_start(_web(args), as_whom="web")]
    if not args.no_worker:
        started.append(_start([sys.executable, "-m", "luotsi.cli", "worker"], as_whom="worker"))
    return _until_stopped(started)


def _start(command: list[str], *, as_whom: str) -> "subprocess.Popen[bytes]":
    """A process that speaks to the database as one who may do less than we."""
    return subprocess.Popen(command, env={**os.environ, "LUOTSI_AS": as_whom})


def _until_stopped(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the web process; whatever ends us, ends all of them."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return processes[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


def _web(args: argparse.Namespace) -> list[str]:
    return [
        sys.executable, "-m", "uvicorn", "luotsi.config.asgi:application",
        "--host", args.host, "--port", str(args.port), "--workers", str(args.workers),
        "--timeout-graceful-shutdown", "3", "--log-level", "warning", "--no-access-log",
        "--timeout-worker-healthcheck", "60",  # by default a process busy for five seconds is killed with all its pages
        "--no-server-header", "--no-proxy-headers",  # luotsi.config.middleware reads what our own proxies say
    ]  # fmt: skip


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 1 to 65535, for example 8000")
    return int(text)


def _is_unsafe() -> bool:
    """Whether production's settings keep it from starting, seen as the pages will see them; says why itself."""
    from django.conf import settings

    if settings.MODE != "production":
        return False
    if not settings.PROXIES:
        print(
            "luotsi: serve speaks no TLS, so a proxy that does must stand before it; set LUOTSI_PROXIES=1 when it does",
            file=sys.stderr,
        )
        return True
    return _start([sys.executable, "-m", "luotsi.config.checks"], as_whom="web").wait() != 0


def _why_not(host: str, port: int) -> str:
    """Why the address cannot be used, in a sentence with what to do; "" when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"port {port} needs administrator's rights; choose one above 1023: luotsi serve --port 8000"
        except OSError as error:
            free = f"luotsi serve --port {port + 1}" if port < 65535 else "luotsi serve --port 8000"
            return (
                f"port {port} on {host} cannot be used ({error.strerror}); "
                f"try another one: {free}, or make demo PORT={port + 1}"
            )
    return ""


def _database_not_ready() -> str:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from luotsi.config.checks import calm_embedded
    from luotsi.config.postgres import DURABLE, let_pages_in, why_not_durable

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "the database is not prepared for this version; run `luotsi demo` (or `luotsi manage migrate`) first"
    with connection.cursor() as sql:
        if not os.environ.get("DATABASE_URL"):
            let_pages_in(settings.DATA / "postgres")
            if why := calm_embedded(sql):
                return why
        sql.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)])
        return why_not_durable(dict(sql.fetchall()))
