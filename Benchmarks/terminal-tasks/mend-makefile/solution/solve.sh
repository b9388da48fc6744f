#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
sed -i 's/nam\.txt/name.txt/; s/\$(cat name.txt)/$$(cat name.txt)/' Makefile
