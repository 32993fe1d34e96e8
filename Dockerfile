# qunban in a container: dependencies from the lock file with hashes, no rights beyond its folder.
FROM python:3.12-slim AS build
WORKDIR /opt/qunban
RUN python -m venv /opt/venv
COPY requirements/run.txt requirements/run.txt
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt

FROM node:22-slim AS pages
WORKDIR /opt/qunban
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/qunban --shell /usr/sbin/nologin qunban
WORKDIR /opt/qunban
COPY --from=build /opt/venv /opt/venv
COPY . .
COPY --from=pages /opt/qunban/node_modules node_modules
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    QUNBAN_CONFIG=/etc/qunban/config.yaml \
    QUNBAN_DATA=/var/lib/qunban/data
USER qunban
VOLUME /var/lib/qunban
EXPOSE 8722
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8722/healthz', timeout=10)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
