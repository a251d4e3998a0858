"""shokai serve: the pages, by granian."""

import os
import signal
import socket
from importlib import import_module
from pathlib import Path

import click

from survey_app.cli.commands import Option, Told, with_database
from survey_app.cli.failures import Failure
from survey_app.cli.opening import opened
from survey_app.cli.settings import settings
from survey_app.store.database import fold

APPLICATION = "survey_app.factory:create_app"
HOST, PORT = "127.0.0.1", 8000
MOST_WORKERS = 4
THREADS = 4
"""Threads of a worker that run the application; a form page is Python for most of its time."""
WAITING = 64
"""Requests that a worker takes on at a time; the others wait in the socket's queue, where they cost nothing."""
QUEUE = 1024
HEADERS_WITHIN = 10_000
STOP_WITHIN = 30
"""Seconds that requests have to end when the server is stopped."""


@click.command(
    cls=Told,
    ja="画面（Web）を開く。\n\n終えるには Ctrl+C を押します。",
    en="Serve the pages.\n\nCtrl+C ends it.",
)
@click.option("--host", cls=Option, default=HOST, show_default=True, ja="待ち受けるアドレス。", en="The address.")
@click.option(
    "--port",
    cls=Option,
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    ja="待ち受けるポート。",
    en="The port.",
)
@click.option(
    "--workers",
    cls=Option,
    type=click.IntRange(1, 64),
    ja=f"プロセスの数。既定はCPUの数（{MOST_WORKERS}まで）。",
    en=f"The number of processes; by default the number of processors, at most {MOST_WORKERS}.",
)
@with_database
def serve(host: str, port: int, workers: int | None, database: Path) -> None:
    """Serve the pages until told to stop."""
    settings()  # a faulty one is told here, once
    with opened(database):
        pass
    _check_port(host, port)
    os.environ["SHOKAI_DATABASE"] = str(database.resolve())
    _run(host, port, workers or min(os.cpu_count() or 1, MOST_WORKERS))
    fold(database)


def _announce(host: str, port: int) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    click.echo(f"照会を開きました：{address} （終えるには Ctrl+C）", err=True)
    click.echo(f"Shokai is open: {address} (Ctrl+C ends it)", err=True)


def _run(host: str, port: int, workers: int) -> None:
    import_module(APPLICATION.partition(":")[0])  # a fault in it is told once, and the workers share what is loaded
    from granian import Granian  # noqa: PLC0415 (only once the port is known to be free)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    server = Granian(
        APPLICATION,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=QUEUE,
        backpressure=WAITING,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
    )
    server.on_startup(lambda: _announce(host, port))
    if hasattr(os, "register_at_fork"):  # Windows starts its workers without it, and without what it mends
        os.register_at_fork(after_in_child=_can_be_stopped_while_starting)
    server.serve()


def _can_be_stopped_while_starting() -> None:
    """Undo the server's own handlers in a worker, which takes them along and has none of its own until it answers.

    Without this a stop that comes meanwhile is noted where nobody looks, and the server waits STOP_WITHIN for nothing.
    Ctrl+C reaches every process of the terminal; the workers leave it to the server, which ends them.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _check_port(host: str, port: int) -> None:
    """Try the address: the server itself would only log that it is taken, and go on."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name != "nt":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as fault:
        raise Failure(
            f"{host} のポート {port} を開けません（{fault.strerror}）。使用中なら --port で別の番号にしてください。",
            f"Port {port} of {host} cannot be opened ({fault.strerror}). If it is in use, name another with --port.",
        ) from fault
