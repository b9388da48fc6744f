#!/usr/bin/env bash
# Warm starts with one corpus left out at a time: measures every configuration of the usual space on each corpus once (some
# minutes of processor time), then replays searches on the tables.
#
#     Benchmarks/knowledge.sh NEO NEO_BENCH DATA OUT [SEEDS]
set -euo pipefail
neo=$1 bench=$2 data=$(cd "$3" && pwd) seeds=${5:-20}
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$4"
out=$(cd "$4" && pwd)
projects=()
grid() { # NAME DOCUMENTS QUESTIONS [SPACE]: nothing is held out, because the bench draws its own sides
    mkdir -p "$out/$1"
    sed 's/^{/{"split": "search", /' "$3" >"$out/$1/golden.jsonl"
    printf 'name: %s\ndocuments: ["%s"]\nsearch: {sampler: grid, trials: 1000, baselines: false, racing: false}\n%s\n' \
        "$1" "$2" "${4:-}" >"$out/$1/neo.yaml"
    NEO_KNOWLEDGE=$out/learnt "$neo" search "$out/$1" --cold --quiet --allow-fixed-k --latency-requests 0 >/dev/null
    projects+=("$out/$1")
}
for set in law finance maths; do
    grid "$set" "$data/wikipedia/$set/documents/*.md" "$data/wikipedia/$set/golden.jsonl"
done
if [ ! -f "$out/beir/golden.jsonl" ]; then "$neo" import "$data/cranfield" "$out/beir" --quiet; fi
grid cranfield "$out/beir/corpus.jsonl" "$out/beir/golden.jsonl"
# As in the demo, one size of passages: encoding its documents is most of the time that this takes.
grid swift-docs "$root/.build/checkouts/**/*.md" "$root/examples/swift-docs/golden.jsonl" 'space: {chunk.size: 256}'
"$bench" knowledge "$seeds" "$out/learnt" "${projects[@]}"
