#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
echo "Hello, world" > hello.txt
