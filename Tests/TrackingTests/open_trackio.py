"""Starts Trackio's dashboard on loopback, asks it for a project's runs, and prints what it answers."""

import json
import re
import subprocess
import sys
import threading
import urllib.request

process = subprocess.Popen(
    [sys.executable, "-m", "trackio.cli", "show", "--project", sys.argv[1], "--host", "127.0.0.1"],
    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
limit = threading.Timer(60, process.kill)
limit.start()
try:
    said = ""
    address = None
    for line in process.stdout:
        said += line
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            address = found.group()
            break
    if not address:
        sys.exit(f"trackio show gave no address: {said}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    print(opener.open(address + "/version", timeout=20).read().decode())
    request = urllib.request.Request(
        address + "/api/get_runs_for_project", json.dumps({"project": sys.argv[1]}).encode(),
        {"Content-Type": "application/json"})
    print(opener.open(request, timeout=20).read().decode())
    assert opener.open(address + "/", timeout=20).status == 200
finally:
    limit.cancel()
    process.kill()
