#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
rm -f greeting.txt
[ "$(cat name.txt)" = Ada ] && make test >/dev/null 2>&1 && [ "$(cat greeting.txt)" = "Hello, Ada" ] \
    && echo Grace > name.txt && sleep 1 && touch name.txt && make greeting.txt >/dev/null 2>&1 \
    && [ "$(cat greeting.txt)" = "Hello, Grace" ] && verdict 1
verdict 0
