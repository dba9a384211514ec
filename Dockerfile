# One image for both services of compose.yaml: the server by default, the worker by `python manage.py db_worker`.
# Alone, with SQLite: docker build --tag newsreader . && docker run --publish 127.0.0.1:8000:8000 --volume newsreader:/data newsreader
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
COPY requirements.txt requirements-server.txt requirements-extras.txt /
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check --root-user-action ignore \
        --requirement /requirements.txt --requirement /requirements-server.txt \
        --requirement /requirements-extras.txt
COPY . /newsreader
# Nobody may write there later, and each page is read by a process of its own, which would compile the code again.
RUN python -m compileall -q /newsreader

FROM python:${PYTHON}-slim
RUN useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin newsreader \
    && install --directory --owner newsreader --group newsreader --mode 700 /data
COPY --from=build /venv /venv
COPY --from=build /newsreader /newsreader
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    NEWSREADER_DATA=/data
WORKDIR /newsreader
USER newsreader
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["python", "manage.py", "quickstart"]
