"""Doors at which one is left standing."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def nobody_opens() -> Iterator[str]:
    """A port behind which all places are taken: who knocks is left standing, neither let in nor sent away."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(4):
            knock = waiting.enter_context(socket.socket())
            knock.settimeout(0)
            knock.connect_ex(full.getsockname())
        yield f"http://127.0.0.1:{full.getsockname()[1]}"
