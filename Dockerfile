FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml requirements.lock README.md ./
COPY assistant assistant
COPY index index
COPY prompts prompts
COPY ui ui
RUN python -m venv /opt/hemeroteca \
    && /opt/hemeroteca/bin/pip install --no-cache-dir -c requirements.lock ".[postgres]"
# The embedding model's graph is built here, so that the first start takes no longer than the others.
ENV XDG_CACHE_HOME=/opt/hemeroteca/cache
RUN /opt/hemeroteca/bin/python -c "from index.embed.e5.engine import open_e5; open_e5()"

FROM python:3.11-slim-bookworm
# Reads scanned pages. Debian's stable release changes these for security alone, so no version is named.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-log-init --create-home hemeroteca \
    && install --directory --owner=hemeroteca --group=hemeroteca /data
COPY --from=build /opt/hemeroteca /opt/hemeroteca
ENV PATH=/opt/hemeroteca/bin:$PATH \
    XDG_CACHE_HOME=/opt/hemeroteca/cache \
    HEMEROTECA_DOCUMENTS=/data/documents \
    HEMEROTECA_INDEX=/data/index \
    HEMEROTECA_CONVERSATIONS=/data/conversations.sqlite3 \
    HEMEROTECA_KEYS=/data/keys.json \
    HEMEROTECA_AUTH=/data/users.json \
    HEMEROTECA_SESSIONS=/data/sessions.sqlite3 \
    HEMEROTECA_LOG_FORMAT=json \
    HEMEROTECA_LOG_LEVEL=info
USER 10001:10001
WORKDIR /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["hemeroteca"]
CMD ["chat", "--port", "7860"]
