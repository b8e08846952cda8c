# One image for every process of Ayni; docker-compose.yml says which command is which.
# The first stage may fetch and compile; the second holds what runs, owned by root and
# run by somebody who can write nothing but uploaded files.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# Alone in its layer: requirements change less often than code.
COPY requirements/base.txt /tmp/base.txt
RUN pip install --require-hashes --requirement /tmp/base.txt
WORKDIR /srv/ayni
COPY . .
# Collecting connects to nothing; it needs values only in order to start.
RUN env DJANGO_SETTINGS_MODULE=ayni.settings.production AYNI_VAR_DIR=/var/lib/ayni AYNI_ALLOWED_HOSTS=localhost AYNI_SECRET_KEY=collects-static-files-and-guards-nothing-0123456789 DATABASE_URL=postgres://nobody:none@127.0.0.1:9/none REDIS_URL=redis://127.0.0.1:9/0 python manage.py collectstatic --noinput

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ayni.settings.production \
    AYNI_VAR_DIR=/var/lib/ayni
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin ayni \
    && install -d -o ayni -g ayni -m 0700 /var/lib/ayni/uploads
COPY --from=build /opt/venv /opt/venv
COPY --from=build /var/lib/ayni/staticfiles /var/lib/ayni/staticfiles
COPY --from=build /srv/ayni /srv/ayni
WORKDIR /srv/ayni
USER ayni
EXPOSE 8000
CMD ["python", "manage.py", "check", "--deploy"]
