#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
python3 - <<'P' && verdict 1
import csv
rows = list(csv.reader(open("people.csv", newline="")))
assert rows == [["name", "age", "city"], ["Linus", "21", "Helsinki"], ["Barbara", "28", "Los Angeles"],
                ["Ada", "36", "London"], ["Grace", "85", "Arlington"]], rows
P
verdict 0
