# syntax=docker/dockerfile:1
# Build: the locked dependencies go into a virtual environment; a compiler is here for arm64, where
# one language detector has no wheel.
FROM python:3.13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python -m venv /opt/limier
COPY requirements.lock .
RUN /opt/limier/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY analyzers analyzers
COPY bot bot
RUN /opt/limier/bin/pip install --no-cache-dir --no-deps .

# Run: no compiler, no root, and fonts for the scripts that charts may have to draw.
FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 limier \
    && install -d -o limier -g limier /data
COPY --from=build /opt/limier /opt/limier
ENV PATH=/opt/limier/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LIMIER_STORAGE__DIRECTORY=/data
USER limier
WORKDIR /data
VOLUME /data
# The token comes from the environment: docker run -e LIMIER_TOKEN -v $PWD/config.toml:/data/config.toml limier
ENTRYPOINT ["limier"]
CMD ["run", "--config", "/data/config.toml"]
