#!/bin/bash
cd "${WORKDIR:-/app}" || exit 1
cat > sum.sh <<'S'
#!/bin/bash
total=0
for number in "$@"; do total=$((total + number)); done
echo "$total"
S
chmod +x sum.sh
