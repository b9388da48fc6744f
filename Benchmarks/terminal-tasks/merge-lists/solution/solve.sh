#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
sort -u a.txt b.txt > all.txt
