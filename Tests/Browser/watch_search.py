"""Watches the demo's search in a browser while it runs, and reads it afterwards in every way that there is:

    watch_search.py NEO TRACKING SCREENSHOTS [quick]

NEO is the program, TRACKING the environment of scripts/tracking-environment. The project is a copy of examples/swift-docs;
"quick" searches it without an encoder, for eight trials, which takes seconds instead of minutes. Ends with "ok", or with
what is wrong.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

from playwright.sync_api import sync_playwright

neo, tracking, shots = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
quick = sys.argv[4:] == ["quick"]
root = pathlib.Path(__file__).resolve().parents[2]
shots.mkdir(parents=True, exist_ok=True)
wrong = []


def check(condition, sentence):
    if not condition:
        wrong.append(sentence)


def run(*line, **more):
    """What a program prints; an error where it fails."""
    done = subprocess.run([str(part) for part in line], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{line} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def copied(folder):
    """The demo's project, in a folder of its own, with Trackio."""
    project = pathlib.Path(folder) / "swift-docs"
    project.mkdir()
    example = root / "examples/swift-docs"
    (project / "golden.jsonl").write_text((example / "golden.jsonl").read_text())
    yaml = (example / "neo.yaml").read_text().replace("../../.build/checkouts", str(root / ".build/checkouts"))
    # A model that writes would take minutes more, and is no run of its own.
    yaml = re.sub(r"(?m)^(generator|generation):.*\n", "", yaml)
    if quick:
        yaml = re.sub(r"(?m)^encoder:.*", "encoder: none", yaml)
        yaml = re.sub(r"(?m)^  trials:.*", "  trials: 8\\n  baselines: false", yaml)
    (project / "neo.yaml").write_text(yaml + "tracking: {trackio: true}\n")
    return project


TRACKIO = """
import json, sys, trackio
from trackio.sqlite_storage import SQLiteStorage
runs = [run for run in trackio.Api().runs("swift-docs")] if SQLiteStorage.get_project_db_path("swift-docs").exists() else []
search = [run for run in runs if run.name.startswith("search")]
best = SQLiteStorage.get_metric_values("swift-docs", search[0].name, "best", run_id=search[0].id) if search else []
print(json.dumps({"runs": [run.name for run in runs], "best": [point["value"] for point in best],
                  "status": search[0].config.get("neo_status") if search else None}))
"""


def trackio(variables):
    said = run(tracking / "bin/python", "-c", TRACKIO, env={**variables, "HF_HUB_OFFLINE": "1"})
    return json.loads(said.splitlines()[-1])


# Every state of a part of the page, as it comes.
FOLLOW = """
([part, rows]) => {
  const look = () => window.seen.add(rows ? document.querySelectorAll(part + " tbody tr").length
    : document.querySelector(part).innerText);
  window.seen = new Set();
  new MutationObserver(look).observe(document.querySelector(part), { childList: true, subtree: true });
  look();
}
"""


def opened(context, url, part, rows=True):
    page = context.new_page()
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.goto(url)
    page.wait_for_selector("#live-state[data-state=on]")
    # Gone after a reload.
    page.evaluate("window.sameDocument = true")
    page.evaluate(FOLLOW, [part, rows])
    return page


def followed(page):
    """What was seen of its part; the page was never loaded anew."""
    check(page.evaluate("window.sameDocument"), f"{page.url} was loaded anew")
    return page.evaluate("[...window.seen]")


def ask_trackio(variables, seen, is_over):
    """What Trackio sees of the search meanwhile."""
    while not is_over.wait(1):
        seen.append(len(trackio(variables)["best"]))


def watch(browser, address, project, variables):
    """Follows the search from before it begins; answers what was seen of it, the last state last."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    runs = opened(context, address + "/runs", "#live-runlist", rows=False)
    is_over, read = threading.Event(), []
    reader = threading.Thread(target=ask_trackio, args=(variables, read, is_over))
    with open(project / "search.log", "w") as log:
        search = subprocess.Popen(
            [neo, "search", str(project), "--quiet", "--latency-requests", "0"], stdout=log, stderr=log, env=variables)
    reader.start()
    try:
        row = runs.locator("tr", has_text="search")
        row.first.wait_for(timeout=300_000)
        link = row.first.locator("a").first.evaluate("one => one.href")
        run_page = opened(context, link, "#live-runparts")
        check(run_page.get_by_text("Compare with the one before").count() == 0, "the first search has one before it")
        study = re.search(r"search-([0-9a-f]{12})", link).group(1)
        study_page = opened(context, f"{address}/studies/{study}", "#live-trials")
        study_page.locator("#trial-2").wait_for(timeout=1_200_000)
        check(search.poll() is None, "the search was over before its third trial was seen")
        for page, name in ((study_page, "study"), (run_page, "run"), (runs, "runs")):
            page.screenshot(path=shots / f"watch-{name}-light-1280.png", full_page=True)
        while search.poll() is None:
            runs.wait_for_timeout(100)
    finally:
        is_over.set()
        search.terminate()
        reader.join()
    words = (project / "search.log").read_text()[-800:]
    check(search.returncode == 0, f"the search ended with {search.returncode}: {words}")
    row.first.get_by_text("finished").wait_for(timeout=20_000)
    count = len(json.loads((project / "results.json").read_text())["trials"])
    for page, part in ((study_page, "#live-trials"), (run_page, "#live-runparts")):
        page.wait_for_function(
            f"document.querySelectorAll('{part} tbody tr').length === {count}", timeout=20_000)
    for page, name in ((runs, "runs"), (run_page, "run"), (study_page, "study")):
        page.screenshot(path=shots / f"watched-{name}-light-1280.png", full_page=True)
    seen = {"runs": followed(runs), "parts": followed(run_page), "trials": followed(study_page), "trackio": read}
    context.close()
    return seen


def compare(project, variables):
    """Every reader says the same of the search."""
    results = json.loads((project / "results.json").read_text())
    count = len(results["trials"])

    def query(sql):
        return json.loads(run(neo, "query", sql, "--project", project, "--json", env=variables))["rows"]

    identity = query("SELECT run FROM runs WHERE kind = 'search'")[0][0]
    best = query(f"SELECT value FROM metrics WHERE run = '{identity}' AND metric = 'best' ORDER BY number")
    check(query("SELECT count(*) FROM runs WHERE kind = 'trial'") == [[count]], "neo query has other trials")
    best = [value for (value,) in best]
    check(len(best) > 0 and best == sorted(best), f"neo query says that the best score went as {best}")

    doctor = subprocess.run([neo, "doctor", "--json"], capture_output=True, text=True, env=variables)
    duckdb = next(one["detail"] for one in json.loads(doctor.stdout)["checks"] if one["name"] == "DuckDB")
    files = project / ".neo/runs"
    limit = time.monotonic() + 120
    while len(list(files.glob("*/metrics.parquet"))) < count + 1 and time.monotonic() < limit:
        time.sleep(0.2)
    said = json.loads(run(
        duckdb, "-no-init", "-json", "-c",
        f"SELECT value FROM '{files}/*/metrics.parquet' WHERE run = '{identity}' AND metric = 'best' ORDER BY number"))
    check([row["value"] for row in said] == best, f"DuckDB reads {said} from the Parquet files, neo query {best}")
    said = json.loads(run(
        duckdb, "-no-init", "-json", "-c",
        f"SELECT count(DISTINCT run) AS n FROM '{files}/*/config.parquet' WHERE kind = 'trial'"))
    check(said == [{"n": count}], f"DuckDB counts {said} trials, not {count}")
    one = project / "all.parquet"
    run(neo, "export", "parquet", project, "--to", one, env=variables)
    said = json.loads(run(duckdb, "-no-init", "-json", "-c", f"SELECT count(*) AS n FROM '{one}' WHERE run = '{identity}'"))
    check(said == [{"n": query(f"SELECT count(*) FROM metrics WHERE run = '{identity}'")[0][0]}], f"the file of all: {said}")

    there = trackio(variables)
    check(there["best"] == best, f"Trackio says {there['best']}, neo query {best}")
    check(len([name for name in there["runs"] if name.startswith("trial")]) == count, f"Trackio lists {there['runs']}")
    check(there["status"] == "finished", f"for Trackio the search is {there['status']}")
    winner = results["verdict"]["winner"]["value"]
    last = query(
        f"SELECT metric FROM series WHERE run = '{identity}' AND metric LIKE 'winner/%' AND last_value = {winner}")
    check(last != [], "the winner's score is not among the run's figures")


begin = time.monotonic()
with tempfile.TemporaryDirectory(prefix="neo-watch-") as folder, sync_playwright() as playwright:
    project = copied(folder)
    variables = {**os.environ, "NEO_KNOWLEDGE": "none", "TRACKIO_DIR": folder + "/trackio", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--no-proxy-server"])
    dashboard = subprocess.Popen(
        [neo, "dashboard", str(project), "--port", "0", "--json", "--quiet"], stdout=subprocess.PIPE, text=True,
        env=variables)
    try:
        lines = iter(dashboard.stdout.readline, "")
        address = next(found.group(1) for found in (re.search(r'"url": "(http[^"]*?)/?"', line) for line in lines) if found)
        front = chromium.new_page()
        front.goto(address)
        base = front.locator("a[href^='/p/']").first.get_attribute("href")
        front.close()
        seen = watch(chromium, address + "/".join(base.split("/")[:3]), project, variables)
        for name in ("runs", "parts", "trials"):
            check(len(set(seen[name])) >= 3, f"while the search ran, {name} were seen as {seen[name]} only")
        check(max(seen["trackio"], default=0) > 0, f"while the search ran, Trackio saw nothing of it: {seen['trackio']}")
        compare(project, variables)
    finally:
        dashboard.terminate()
        dashboard.wait(20)
        chromium.close()

del seen["runs"]
print(seen, file=sys.stderr)
if wrong:
    sys.exit("\n".join(dict.fromkeys(wrong)))
print(f"watched in {time.monotonic() - begin:.0f} s\nok")
