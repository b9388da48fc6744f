#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
grep -c ' ERROR ' service.log > errors.txt
