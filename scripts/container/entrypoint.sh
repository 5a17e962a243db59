#!/bin/sh
# Runs a service, with the generated credentials for those variables of CREDENTIALS that nobody has set.
set -eu

given() { eval "printf %s \"\${$1:-}\""; }

for name in ${CREDENTIALS:-}; do
  [ -z "$(given "$name")" ] || continue
  for folder in /credentials /github-credentials; do
    if [ -r "$folder/$name" ]; then export "$name=$(cat "$folder/$name")"; fi
  done
done
exec "$@"
