"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, path

from ops.views import board, job, jobs, metrics, queue

app_name = "ops"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.board, name="board"),
    path("metrics", metrics.show, name="metrics"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:job_id>/", job.job, name="job"),
    path("jobs/<uuid:job_id>/retry/", job.retry, name="retry-job"),
    path("jobs/<uuid:job_id>/cancel/", job.cancel_one, name="cancel-job"),
    path("queues/<str:name>/pause/", queue.pause_one, name="pause-queue"),
    path("queues/<str:name>/resume/", queue.resume_one, name="resume-queue"),
]
