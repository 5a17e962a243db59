#!/bin/sh
# Makes every credential that is not there yet: one file each, readable by the services' user only. The local GitHub runs
# what skills say, so its own are kept apart and it sees no others.
set -eu
umask 077

random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
keep() { [ -s "$1" ] || { printf %s "$2" >"$1.new" && mv "$1.new" "$1"; }; }

keep /credentials/ADMIN_TOKEN "isk_$(random)"
keep /credentials/REGISTRY_TOKEN "$(random)"
keep /github-credentials/LOCAL_GITHUB_TOKEN "ghp_$(head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n')"
keep /github-credentials/LOCAL_GITHUB_WEBHOOK_SECRET "$(random)"
keep /github-credentials/LOCAL_GITHUB_SECRET_INFRASKILL_CALLBACK_SECRET "$(random)"
# The same under the names by which the services know them.
cp /github-credentials/LOCAL_GITHUB_TOKEN /credentials/GITHUB_TOKEN
cp /github-credentials/LOCAL_GITHUB_WEBHOOK_SECRET /credentials/GITHUB_WEBHOOK_SECRET
cp /github-credentials/LOCAL_GITHUB_SECRET_INFRASKILL_CALLBACK_SECRET /credentials/CALLBACK_SECRET

echo "Sign in with the admin token: docker compose exec gateway cat /credentials/ADMIN_TOKEN"
