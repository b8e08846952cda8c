"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, path

from ops.views import audit, board, chosen, failures, job, jobs, metrics, queue

app_name = "ops"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.board, name="board"),
    path("metrics", metrics.show, name="metrics"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/retry/", chosen.retry, name="retry-chosen"),
    path("jobs/cancel/", chosen.cancel, name="cancel-chosen"),
    path("jobs/<uuid:job_id>/", job.job, name="job"),
    path("jobs/<uuid:job_id>/retry/", job.retry, name="retry-job"),
    path("jobs/<uuid:job_id>/cancel/", job.cancel_one, name="cancel-job"),
    path("jobs/<uuid:job_id>/discard/", job.discard_one, name="discard-job"),
    path("failures/", failures.groups, name="failures"),
    path("failures/retry/", failures.retry, name="retry-alike"),
    path("failures/discard/", failures.discard, name="discard-alike"),
    path("audit/", audit.actions, name="audit"),
    path("audit/<uuid:action_id>/", audit.parts, name="action"),
    path("queues/<str:name>/pause/", queue.pause_one, name="pause-queue"),
    path("queues/<str:name>/resume/", queue.resume_one, name="resume-queue"),
]
