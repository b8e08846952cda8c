"""A line to Valkey that can fall silent: connections stay open, and nothing comes."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from ayni.localstack.ports import LOOPBACK

CHUNK_BYTES = 65_536


class Proxy:
    """Passes bytes on to a port that it is told later. Its threads end with us."""

    def __init__(self) -> None:
        self.held_bytes = 0
        self._listener = socket.create_server((LOOPBACK, 0))
        self._flowing = threading.Event()
        self._flowing.set()
        self._target_known = threading.Event()
        self._target_port = 0

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._listener.close()

    def lead_to(self, port: int) -> None:
        """Say where the line leads; who called before has waited."""
        self._target_port = port
        self._target_known.set()

    @contextlib.contextmanager
    def silent(self) -> Iterator[None]:
        """Let nothing pass for as long as the block; what waits passes afterwards."""
        self._flowing.clear()
        try:
            yield
        finally:
            self._flowing.set()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(
                    target=self._connect, args=(caller,), daemon=True
                ).start()

    def _connect(self, caller: socket.socket) -> None:
        self._target_known.wait()
        with (
            contextlib.suppress(OSError),
            caller,
            socket.create_connection((LOOPBACK, self._target_port)) as target,
        ):
            back = threading.Thread(
                target=self._pump, args=(target, caller), daemon=True
            )
            back.start()
            self._pump(caller, target)
            back.join()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK_BYTES):
                if not self._flowing.is_set():
                    self.held_bytes += len(chunk)
                self._flowing.wait()
                target.sendall(chunk)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)
