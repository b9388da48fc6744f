#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
[ "$(cd notes 2>/dev/null && ls -1 | sort | tr '\n' '|')" = "keep.md|my-list.txt|old-ideas-2024.txt|readme.txt|" ] \
    && [ "$(cat notes/my-list.txt)" = milk ] && [ "$(cat notes/old-ideas-2024.txt)" = "a boat" ] && verdict 1
verdict 0
