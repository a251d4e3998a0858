"""Sends requests from several clients at once, each on a connection that is kept; a process of its own.

Reads on standard input {"port", "seconds", "clients": [{"requests": [text, …]}]} and prints what came back.
Raw sockets: it shares the machine with the server and must cost little.
"""

import json
import socket
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
END_OF_HEAD = b"\r\n\r\n"


@dataclass
class Client:
    """One client: it sends its requests one after the other and notes how long each took."""

    port: int
    requests: list[bytes]
    until: float = 0.0
    taken: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    body: bytes = b""

    def run(self, together: threading.Barrier) -> None:
        """Send everything, or as much as time allows."""
        connection = self._connection()
        together.wait()
        for request in self.requests:
            began = time.perf_counter()
            if began > self.until:
                break
            try:
                connection.sendall(request)
                status, kept, self.body = answer(connection)
            except OSError as fault:
                status, kept = type(fault).__name__, False
            self.taken.append(time.perf_counter() - began)
            self.statuses[status] += 1
            if not kept:
                connection.close()
                connection = self._connection()
                self.statuses["reconnected"] += 1
        connection.close()

    def _connection(self) -> socket.socket:
        connection = socket.create_connection((HOST, self.port), timeout=20)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection


def answer(connection: socket.socket) -> tuple[str, bool, bytes]:
    """Read one answer: its status, whether the connection stays open, its body."""
    held = b""
    while END_OF_HEAD not in held:
        held += _more(connection)
    head, _, body = held.partition(END_OF_HEAD)
    lines = head.decode("latin-1").split("\r\n")
    names = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    parts, have, length = [body], len(body), int(names.get("content-length", 0))
    while have < length:
        parts.append(_more(connection))
        have += len(parts[-1])
    return lines[0].split(" ", 2)[1], names.get("connection", "").lower() != "close", b"".join(parts)


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(262_144)
    if not received:
        raise ConnectionResetError("the server ended the connection")
    return received


def send(given: dict[str, Any]) -> dict[str, Any]:
    """Let all clients send at once; return seconds, latencies, statuses, the processor's seconds used here."""
    clients = [Client(given["port"], [text.encode() for text in one["requests"]]) for one in given["clients"]]
    together = threading.Barrier(len(clients) + 1)
    threads = [threading.Thread(target=client.run, args=(together,)) for client in clients]
    for client, thread in zip(clients, threads, strict=True):
        client.until = time.perf_counter() + given["seconds"]
        thread.start()
    together.wait()
    began, used = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    return {
        "seconds": time.perf_counter() - began,
        "used": time.process_time() - used,
        "taken": [one for client in clients for one in client.taken],
        "statuses": dict(sum((client.statuses for client in clients), Counter())),
        "answered": [sum(client.statuses.values()) for client in clients],
        "bytes": max(len(client.body) for client in clients),
    }


if __name__ == "__main__":
    print(json.dumps(send(json.load(sys.stdin))))
