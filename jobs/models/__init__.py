"""The tables of jobs: the truth about what is to be done and what became of it."""

from jobs.models.action import Action
from jobs.models.attempt import Attempt
from jobs.models.job import Job
from jobs.models.link import Link
from jobs.models.progress import Progress
from jobs.models.queue import Queue
from jobs.models.result import Result
from jobs.models.schedule import Schedule, ScheduleSlot
from jobs.models.total import Total, TotalMark
from jobs.models.turn import Turn
from jobs.models.worker import Worker

__all__ = [
    "Action",
    "Attempt",
    "Job",
    "Link",
    "Progress",
    "Queue",
    "Result",
    "Schedule",
    "ScheduleSlot",
    "Total",
    "TotalMark",
    "Turn",
    "Worker",
]
