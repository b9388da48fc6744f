#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
[ "$(tr -d '[:space:]' < errors.txt 2>/dev/null)" = 98 ] && verdict 1
verdict 0
