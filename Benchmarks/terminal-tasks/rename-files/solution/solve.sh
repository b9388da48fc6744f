#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
cd notes
for f in *.TXT; do mv "$f" "$(echo "$f" | tr 'A-Z ' 'a-z-')"; done
