#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
python3 -c '
import csv, json
people = sorted(json.load(open("people.json")), key=lambda p: p["age"])
with open("people.csv", "w", newline="") as f:
    w = csv.writer(f); w.writerow(["name", "age", "city"]); w.writerows([p["name"], p["age"], p["city"]] for p in people)'
