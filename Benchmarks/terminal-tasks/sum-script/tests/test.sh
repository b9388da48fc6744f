#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
[ "$(./sum.sh 1 2 3 2>/dev/null)" = 6 ] && [ "$(./sum.sh 2>/dev/null)" = 0 ] && [ "$(./sum.sh -5 7)" = 2 ] && verdict 1
verdict 0
