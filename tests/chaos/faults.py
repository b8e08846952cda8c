"""The faults: real signals to known processes. Each says whether it struck home."""

import contextlib
import os
import signal

import psutil
import redis

from ayni.localstack.stack import Stack
from tests.flows.client import Shop

WORKER_OF = """
    SELECT max(worker.pid) FROM jobs_job AS job
    JOIN jobs_worker AS worker ON worker.id = job.worker_id
    WHERE job.state = 'running' AND job.args->>'upload_id' = %s
"""
JOB_OF = "SELECT id::text FROM jobs_job WHERE args->>'upload_id' = %s"


def kill_worker(_stack: Stack, shop: Shop, *, upload_id: str) -> bool:
    """Kill the process that holds the upload's job, if one does right now."""
    pid = shop.sql(WORKER_OF, upload_id)[0]
    return pid is not None and _kill(pid)


def kill_child(_stack: Stack, shop: Shop, *, upload_id: str) -> bool:
    """Kill the children of the process that holds the upload's job."""
    pid = shop.sql(WORKER_OF, upload_id)[0]
    if pid is None or not psutil.pid_exists(pid):
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        struck = [_kill(child.pid) for child in psutil.Process(pid).children()]
        return True in struck
    return False


def cancel(_stack: Stack, shop: Shop, *, upload_id: str) -> bool:
    return shop.post(f"/uploads/{upload_id}/cancel/").status_code < 300


def deliver_again(stack: Stack, shop: Shop, *, upload_id: str) -> bool:
    """Send a second message for the upload's job."""
    stack.deliver_again("process_upload", shop.sql(JOB_OF, upload_id)[0])
    return True


def lose_valkey(stack: Stack, _shop: Shop, *, upload_id: str) -> bool:
    """Delete everything Valkey knows, then kill it; the stack starts it again."""
    assert upload_id
    with contextlib.suppress(redis.ConnectionError):
        redis.Redis.from_url(stack.redis_url).flushall()
    pid = stack.pids.get("valkey")
    return pid is not None and _kill(pid)


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
