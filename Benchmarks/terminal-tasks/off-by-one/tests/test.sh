#!/bin/bash
# Harbor runs this in the task's container; elsewhere, WORKDIR and LOGS say where the work and the verdict are.
cd "${WORKDIR:-/app}" || exit 1
logs="${LOGS:-/logs/verifier}"
mkdir -p "$logs"
verdict() { echo "$1" > "$logs/reward.txt"; exit 0; }
python3 - <<'P' && verdict 1
import sys
sys.path.insert(0, ".")
from pages import page_count
assert [page_count(n, 10) for n in (0, 1, 9, 10, 11, 100, 101)] == [0, 1, 1, 1, 2, 10, 11]
assert page_count(7, 3) == 3
P
verdict 0
