#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
sed -i 's|items // page_size + 1|(items + page_size - 1) // page_size|' pages.py
