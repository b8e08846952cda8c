"""The sockets: who is let in, what is said first, and how often after that.

The socket's boundary is here: whatever goes wrong in it is logged with its traceback
and closes this one socket.
"""

import asyncio
import collections
import contextlib
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import structlog
from asgiref.typing import WebSocketReceiveEvent
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from redis.exceptions import RedisError

from realtime.auth import PROTOCOL, Visitor, identify
from realtime.errors import (
    ProtocolMissingError,
    SignInNeededError,
    SocketError,
    SubjectNotFoundError,
    TooManySocketsError,
)
from realtime.frames import FrameLimit
from realtime.groups import company_group, upload_group
from realtime.pacing import Pacer
from realtime.watching import Watching

SOCKETS_PER_PERSON = 10
INTERNAL_ERROR = 1011
PING = '{"type":"ping"}'
# Enough to check hundreds of sockets twice a minute, and so few that sockets never take
# the database away from requests.
CHECKING_THREADS = 4
CHECKS = ThreadPoolExecutor(CHECKING_THREADS, thread_name_prefix="socket-check")
# Open sockets of each person in this process.
SOCKETS: collections.Counter[uuid.UUID] = collections.Counter()

log = structlog.get_logger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


async def in_thread(
    function: Callable[Arguments, Result],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Result:
    """Call what may read the database without holding up the other sockets."""
    call = database_sync_to_async(function, thread_sensitive=False, executor=CHECKS)
    return await call(*args, **kwargs)


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """One open socket on one subject, which the address names."""

    def __init__(self, *, watching: Watching) -> None:
        super().__init__()
        self._watching = watching
        self._pacer = Pacer(per_second=watching.per_second)
        self._frame_limit = FrameLimit()
        self._tasks: set[asyncio.Task[None]] = set()
        self._holder: uuid.UUID | None = None
        self._is_open = False
        self._is_flushing = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        except Exception:
            log.exception("socket_broke", path=scope["path"])
            with contextlib.suppress(OSError, RuntimeError):
                await self._shut(INTERNAL_ERROR)
        finally:
            await self._leave()

    async def connect(self) -> None:
        """Accept first, whatever follows: see ``realtime.errors``."""
        offered = self.scope.get("subprotocols", [])
        await self.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
        self._is_open = True
        try:
            if PROTOCOL not in offered:
                raise ProtocolMissingError
            await self._admit()
        except SocketError as refusal:
            await self._refuse(refusal)

    async def websocket_receive(self, message: WebSocketReceiveEvent) -> None:
        """Answer pings; anything else that is well behaved is ignored."""
        try:
            text = self._frame_limit.take(message.get("text"), now=time.monotonic())
        except SocketError as refusal:
            await self._refuse(refusal)
            return
        if text == PING:
            await self._say({"type": "pong"})

    async def _admit(self) -> None:
        visitor = await self._identify()
        if SOCKETS[visitor.user_id] >= SOCKETS_PER_PERSON:
            raise TooManySocketsError
        SOCKETS[visitor.user_id] += 1
        self._holder = visitor.user_id
        await self._check_may_watch(visitor)
        # In the group before the state is read: nothing can fall in between.
        await self.channel_layer.group_add(self._group, self.channel_name)
        state = await in_thread(self._watching.state, self._subject_id)
        if "sequence" in state:
            self._pacer.remember(str(self._subject_id), state["sequence"])
        await self._say({**state, "type": "state"})
        self._spawn(self._guard(visitor))

    async def _identify(self) -> Visitor:
        return await in_thread(identify, self.scope, self._watching.authenticate_token)

    async def _check_may_watch(self, visitor: Visitor) -> None:
        if not await in_thread(
            self._watching.can_watch, visitor.user_id, self._subject_id
        ):
            raise SubjectNotFoundError

    async def _guard(self, visitor: Visitor) -> None:
        """Close the socket once its token, session or membership is gone."""
        try:
            while (left_seconds := visitor.expires_at - time.time()) > 0:
                await asyncio.sleep(min(left_seconds, self._watching.recheck_seconds))
                if visitor.expires_at > time.time():
                    await self._check_may_watch(await self._identify())
            raise SignInNeededError
        except SocketError as refusal:
            await self._refuse(refusal)

    async def _tell(self, event: dict[str, Any]) -> None:
        """Pass an event on: now, a little later unless a newer one comes, or never."""
        if self._pacer.admit(event, now=time.monotonic()):
            await self._say(event)
        elif not self._is_flushing and self._pacer.next_due() is not None:
            self._is_flushing = True
            self._spawn(self._flush())

    # One handler for each event of ``realtime.events``; Channels finds them by name.
    upload_accepted = _tell
    upload_progressed = _tell
    upload_loaded = _tell
    upload_failed = _tell
    upload_cancelled = _tell
    upload_needs_review = _tell

    async def _flush(self) -> None:
        try:
            while (due_at := self._pacer.next_due()) is not None:
                await asyncio.sleep(max(0.0, due_at - time.monotonic()))
                for event in self._pacer.due(now=time.monotonic()):
                    await self._say(event)
        finally:
            self._is_flushing = False

    async def _say(self, message: Mapping[str, Any]) -> None:
        if self._is_open:
            await self.send_json(message)

    async def _refuse(self, refusal: SocketError) -> None:
        await self._shut(refusal.close_code, reason=refusal.code)

    async def _shut(self, close_code: int, *, reason: str = "") -> None:
        if self._is_open:
            self._is_open = False
            await self.close(code=close_code, reason=reason)

    async def _leave(self) -> None:
        self._is_open = False
        for task in self._tasks:
            task.cancel()
        if self._holder is None:
            return
        SOCKETS[self._holder] -= 1
        if not SOCKETS[self._holder]:
            del SOCKETS[self._holder]
        # Without the layer the membership goes when it expires.
        with contextlib.suppress(RedisError, OSError):
            await self.channel_layer.group_discard(self._group, self.channel_name)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._run_at_boundary(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_at_boundary(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("socket_broke", path=self.scope["path"])
            with contextlib.suppress(OSError, RuntimeError):
                await self._shut(INTERNAL_ERROR)

    @property
    def _subject_id(self) -> uuid.UUID:
        subject_id: uuid.UUID = self.scope["url_route"]["kwargs"]["subject_id"]
        return subject_id

    @property
    def _group(self) -> str:
        raise NotImplementedError


class UploadConsumer(LiveConsumer):
    """A socket on one upload."""

    @property
    def _group(self) -> str:
        return upload_group(self._subject_id)


class CompanyConsumer(LiveConsumer):
    """A socket on every upload of a company."""

    @property
    def _group(self) -> str:
        return company_group(self._subject_id)


class NowhereConsumer(AsyncJsonWebsocketConsumer):
    """A socket on an address that does not exist: accepted, so that 4404 arrives."""

    async def connect(self) -> None:
        offered = self.scope.get("subprotocols", [])
        await self.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
        await self.close(SubjectNotFoundError.close_code, SubjectNotFoundError.code)
