"""Walks every page of a dashboard in a real browser: walk.py URL PROJECT SCREENSHOTS.

PROJECT is the project's folder; its database gets a trial while a page is open. Ends with "ok", or with what is wrong.
"""

import json
import pathlib
import re
import sqlite3
import sys
import time
import urllib.parse

from playwright.sync_api import sync_playwright

from checks import CHECKS

url, project, shots = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
shots.mkdir(parents=True, exist_ok=True)
wrong = []


def check(condition, sentence):
    if not condition:
        wrong.append(sentence)


def watched(context):
    page = context.new_page()
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"{page.url}: a dialog"), dialog.dismiss()))
    return page


def picture(path):
    words = re.sub(r"\?.*", "", path).strip("/").split("/")
    if "?edit=" in path:
        return words[2] + "-edit"
    if words[2:] == ["sql"]:
        return "sql-rows" if "?" in path else "sql"
    kinds = [word for at, word in enumerate(words) if at not in (1, 3) or word in ("golden", "review")]
    if words[2:3] == ["sessions"] and len(words) == 4:
        return "session"
    return "-".join(kinds[1:] or (["project"] if words[0] else ["front"])) or "front"


def pages_of(context):
    """All pages that links lead to from the first one, one of each kind where there are many, and all tables."""
    page, todo, seen, tables, kinds = watched(context), ["/"], {}, set(), set()
    while todo:
        path = todo.pop(0)
        if path in seen:
            continue
        answer = page.goto(url + path)
        check(answer.status == 200, f"{path}: {answer.status}")
        seen[path] = picture(path)
        # What is saved, such as a file of a run, is no page.
        links = "a[href]:not([download])"
        for link in page.eval_on_selector_all(links, "all => all.map((one) => one.href)"):
            parts = urllib.parse.urlsplit(link)
            check(link.startswith(url), f"{path} leads elsewhere: {link}")
            there = parts.path + ("?" + parts.query if parts.query else "")
            if parts.path.endswith(".csv"):
                tables.add(there)
            elif parts.path.endswith((".json", "/run/file")):
                check(context.request.get(link).status == 200, f"{there} cannot be had")
            elif there not in seen and there not in todo:
                kind = re.sub(r"(id|by|page|run|sql|edit)=.*", r"\1", there)
                if kind not in kinds:
                    todo.append(there)
                kinds.add(kind)
    page.close()
    return seen, tables


def walk(browser):
    context = browser.new_context()
    pages, tables = pages_of(context)
    needed = {"front", "project", "interview", "golden", "golden-review", "requirements", "design", "costs", "release",
              "releases", "service", "feedback", "sessions",
              "session", "studies", "studies-question", "requirements-edit", "design-edit", "runs", "run", "compare", "sql", "sql-rows"}
    check(needed <= set(pages.values()), f"pages are missing: {needed - set(pages.values())}")
    check(len(tables) >= 6, f"few tables: {tables}")
    for table in tables:
        answer = context.request.get(url + table)
        check(answer.status == 200 and "," in answer.text(), f"{table}: {answer.status}")
        check("text/csv" in answer.headers["content-type"], f"{table} is no CSV")
    context.close()
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        page = watched(context)
        for path, name in pages.items():
            page.goto(url + path)
            for one in page.evaluate(CHECKS):
                wrong.append(f"{path} ({scheme}, {width}): {one}")
            page.screenshot(path=shots / f"{name}-{scheme}-{width}.png", full_page=True)
        context.close()
    return pages


def live(browser, study):
    page = watched(browser.new_context())
    page.goto(url + study)
    page.wait_for_selector("#live-state[data-state=on]")
    check(page.locator("#trial-99").count() == 0, "the trial is there before it is")
    database = sqlite3.connect(project / ".neo/neo.db", timeout=10)
    with database:
        (study_id,) = database.execute("SELECT id FROM studies WHERE id LIKE ?", (study.split("/")[-1] + "%",)).fetchone()
        database.execute(
            "INSERT INTO trials (study, number, configuration, origin, state) VALUES (?, 99, ?, ?, 'complete')",
            (study_id, json.dumps({"chunker": "<script>window.owned=1</script>"}), "<b>test</b>"),
        )
    database.close()
    page.wait_for_selector("#trial-99", timeout=10_000)
    check("<script>window.owned" in page.inner_text("#trial-99"), "the trial's words are not shown as they are")
    check(not page.evaluate("window.owned"), "a script of a trial ran")
    page.screenshot(path=shots / "live-light-1280.png", full_page=True)
    page.context.close()


def review(browser, base):
    page = watched(browser.new_context())
    page.goto(url + "/")
    page.get_by_role("link", name="Review and approve").first.click()
    check(page.url.endswith("/requirements"), f"the oldest thing that waits is {page.url}")
    page.locator("#line-3 summary").click()
    page.locator("#line-3 textarea").fill("Which prices? <img src=x onerror=window.owned=1>")
    page.locator("#line-3").get_by_label("Your name").fill("Ada <b>L</b>")
    page.locator("#line-3").get_by_role("button", name="Add the comment").click()
    check("Which prices? <img" in page.locator("#line-3 .comments").inner_text(), "the comment is not beside its line")
    page.get_by_label("Your name", exact=True).first.fill("Ada")
    page.get_by_role("button", name="Approve requirements.md").click()
    check("approved" in page.locator("section.approval").inner_text(), "it is not approved")
    check(page.get_by_role("button", name="Approve requirements.md").count() == 0, "it can be approved twice")
    page.screenshot(path=shots / "approved-light-1280.png", full_page=True)
    page.locator("#line-3").get_by_role("button", name="Settled").click()
    check(page.locator("#line-3 .comments").count() == 0, "the comment is open still")
    # The keyboard reaches the content first.
    page.goto(url + base)
    page.keyboard.press("Tab")
    check(page.evaluate("document.activeElement.className") == "skip", "Tab does not reach the skip link first")
    # A question is edited in the browser, and not over somebody else's change.
    page.goto(url + base + "/golden")
    card = page.locator("article").first
    card.get_by_text("Edit", exact=False).first.click()
    card.get_by_label("Question", exact=True).fill("How long is green tea steeped?")
    card.get_by_role("button", name="Save").click()
    check("How long is green tea steeped?" in page.inner_text("article >> nth=0"), "the question is not changed")
    card = page.locator("article").first
    card.get_by_text("Edit", exact=False).first.click()
    card.get_by_label("Question", exact=True).fill("Mine?")
    golden = project / "golden.jsonl"
    golden.write_text(golden.read_text().replace("green tea steeped", "black tea steeped"))
    wrong_before = len(wrong)
    card.get_by_role("button", name="Save").click()
    check("black tea steeped" in page.inner_text("main"), "what changed meanwhile is not said")
    check("Mine?" not in golden.read_text(), "another one's change was written over")
    # The browser itself reports the status of that page.
    del wrong[wrong_before:][: sum("409" in one for one in wrong[wrong_before:])]
    wrong[wrong_before:] = [one for one in wrong[wrong_before:] if "409" not in one]
    page.context.close()


def runs(browser, base):
    """Runs are put over each other, drawn in other ways, followed, and their alerts said to be seen."""
    page = watched(browser.new_context())
    page.goto(url + "/")
    button = page.get_by_role("button", name=re.compile(r"^Seen\s*: An error in the run"))
    check(button.count() == 1, f"{button.count()} alerts wait")
    button.first.click()
    check(page.get_by_role("button", name=re.compile(r"^Seen\s*: An error")).count() == 0, "an alert waits after it was seen")
    page.screenshot(path=shots / "waiting-light-1280.png", full_page=True)
    page.get_by_role("button", name=re.compile(r"^Seen\s*: An agent stopped at a limit")).click()
    page.get_by_role("button", name=re.compile(r"^Seen\s*: The service, at once")).click()
    check(page.get_by_role("button", name=re.compile("^Seen")).count() == 0, "something waits after it was seen")
    page.goto(url + base + "/service#alert-1")
    check(page.locator("#alert-1 form").count() == 0, "an alert can be seen twice")
    check("<script>window.owned" in page.inner_text("#alert-1 h4"), "an alert's words are not shown as they are")
    page.goto(url + base + "/runs")
    page.get_by_label("Kind").fill("training")
    page.get_by_role("button", name="Show").click()
    boxes = page.locator("tbody input[type=checkbox]")
    check(boxes.count() == 2, f"{boxes.count()} runs are of the kind")
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Compare those that are ticked").click()
    check("2 runs compared" in page.inner_text("h1"), "two runs are not compared")
    check(page.locator("figure").first.locator("path.c0, path.c1").count() >= 2, "not a line for each run")
    check("lr" in page.inner_text("[aria-label=Differences]"), "the setting that differs is not shown")
    page.get_by_role("link", name="Scale: logarithmic").click()
    check("scale=log" in page.url and page.url.count("run=") == 2, f"the scale leads to {page.url}")
    page.get_by_role("link", name="Smoothing: 0.9").click()
    check(page.locator("path.raw").count() > 0, "a smoothed curve is without what it was made from")
    page.screenshot(path=shots / "compare-smooth-light-1280.png", full_page=True)
    page.goto(url + base + "/run?id=first")
    page.wait_for_selector("#live-state[data-state=on]")
    later = project / ".neo/inbox/later"
    later.mkdir()
    line = {"kind": "metric", "run_id": "first", "step": 60, "metrics": {"logged_later": 0.25}}
    (later / "1.jsonl").write_text(json.dumps(line) + "\n")
    page.wait_for_selector("figcaption:text-is('logged_later')", timeout=10_000)
    page.wait_for_selector("[aria-label=Metrics] th:has-text('logged_later')", timeout=10_000)
    drawn = "image => image.decode().then(() => image.naturalWidth)"
    check(page.locator(".entry img").first.evaluate(drawn) == 1, "the image of the run is not drawn")
    check(page.locator(".entry img").count() == 1, "what is no image is drawn as one")
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        wrong.extend(f"run with files ({scheme}, {width}): {one}" for one in page.evaluate(CHECKS))
        page.screenshot(path=shots / f"run-files-{scheme}-{width}.png", full_page=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="plot.svg").click()
    check(download.value.suggested_filename == "plot.svg", f"saved as {download.value.suggested_filename}")
    page.context.close()


def sql(browser, base):
    """A query is written, run and saved, with and without JavaScript; what is wrong with it is said."""
    for script in (True, False):
        page = watched(browser.new_context(java_script_enabled=script))
        page.goto(url + base + "/sql")
        page.get_by_label(re.compile("^Query")).fill("SELECT id_, 1")
        page.get_by_role("button", name="Run").click()
        check("DuckDB refuses the query" in page.inner_text("[role=alert]"), "a wrong query is not said to be one")
        page.get_by_label(re.compile("^Query")).fill("SELECT run, name FROM runs\nWHERE kind = 'training' ORDER BY run")
        page.get_by_role("button", name="Run").click()
        check(page.inner_text("caption") == "2 rows", "the number of rows is not there")
        check("<script>window.owned" in page.inner_text("[aria-labelledby=result] tbody"), "a name is not shown as it is")
        saved = page.context.request.get(url + page.get_by_role("link", name="As JSON").get_attribute("href")).json()
        check([row[0] for row in saved["rows"]][0] == "first" and saved["complete"], f"saved are {saved}")
        page.context.close()


def edit(browser, base):
    """A document is edited without JavaScript, and not over somebody else's change, which loses no words."""
    page = watched(browser.new_context(java_script_enabled=False))
    file = project / "design.md"
    # As some editors write it.
    file.write_bytes("\ufeff# Design\r\n\r\nBM25 over passages.\r\n\r\n- end".encode())
    page.goto(url + base + "/design")
    page.locator("#line-3").get_by_role("link", name="Edit").click()
    area = page.get_by_label("Line 3 of design.md")
    check(area.input_value() == "BM25 over passages.", f"the form has {area.input_value()!r}")
    area.fill("BM25 <b>and</b> vectors,\nfused.")
    page.get_by_role("button", name="Save").click()
    check("Saved. design.md waits for approval" in page.inner_text("[role=status]"), "it is not said to be saved")
    check("BM25 <b>and</b> vectors," in page.inner_text("#line-3"), "the new words are not shown as they are")
    want = "\ufeff# Design\r\n\r\nBM25 <b>and</b> vectors,\r\nfused.\r\n\r\n- end".encode()
    check(file.read_bytes() == want, f"the file has {file.read_bytes()}")
    page.locator("#line-3").get_by_role("link", name="Edit").click()
    page.locator("textarea").fill("Mine </textarea><script>window.owned=1</script>")
    # A line before it moves it; then somebody changes the very lines.
    file.write_bytes(file.read_bytes().replace(b"\r\n\r\nBM25", b"\r\n\r\nFirst.\r\n\r\nBM25"))
    before = len(wrong)
    page.get_by_role("button", name="Save").click()
    check("Lines 5 to 6" in page.inner_text("[role=alert]"), "lines that moved are not found again")
    file.write_bytes(file.read_bytes().replace(b"BM25", b"BM42"))
    page.get_by_role("button", name="Save").click()
    check("BM42" in page.inner_text("pre"), "what stands there now is not said")
    check(page.locator("textarea").input_value().startswith("Mine </textarea><script>"), "the person's words are lost")
    check(b"Mine" not in file.read_bytes(), "another one's change was written over")
    # The browser itself reports the status of that page.
    wrong[before:] = [one for one in wrong[before:] if "409" not in one]
    # All looks before the first picture: the page cannot be loaded again, and taking one leaves a style behind.
    for takes_picture in (False, True):
        for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            if takes_picture:
                page.screenshot(path=shots / f"edit-refused-{scheme}-{width}.png", full_page=True)
            else:
                wrong.extend(f"edit refused ({scheme}, {width}): {one}" for one in page.evaluate(CHECKS))
    page.get_by_role("button", name="Save in place").click()
    check(b"First.\r\n\r\nMine </textarea>" in file.read_bytes(), f"the file has {file.read_bytes()}")
    page.context.close()


def plain(browser, pages, base):
    """Without JavaScript everything can be read, and an approval given."""
    page = watched(browser.new_context(java_script_enabled=False))
    for path in pages:
        page.goto(url + path)
        check(len(page.inner_text("main")) > 40, f"{path} says little without JavaScript")
    page.goto(url + base + "/design")
    page.get_by_role("button", name="Approve design.md").click()
    check("approved" in page.locator("section.approval").inner_text(), "no approval without JavaScript")
    page.context.close()


LEVELED = """# Design

#### New to this

It reads <b>all</b> pages.

#### For practitioners

BM25 over passages.

#### For experts

k1 and b are searched.

## Next

Words."""


def levels(browser, base):
    """What is said for readers of other levels is folded and there; choosing a level opens its texts."""
    (project / "design.md").write_text(LEVELED)
    for script in (True, False):
        page = watched(browser.new_context(java_script_enabled=script))
        page.goto(url + base + "/design")
        shown = "all => all.map((one) => [one.dataset.level, one.open])"
        levels = "details[data-level]"
        if script:
            want = [["newcomer", False], ["practitioner", True], ["expert", False]]
            check(page.eval_on_selector_all(levels, shown) == want, "not the practitioner's text alone is open")
            # Pictures last, as above.
            for takes_picture in (False, True):
                for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size({"width": width, "height": 800})
                    if takes_picture:
                        page.screenshot(path=shots / f"levels-{scheme}-{width}.png", full_page=True)
                    else:
                        wrong.extend(f"levels ({scheme}, {width}): {one}" for one in page.evaluate(CHECKS))
            # By keyboard; what was unfolded is told to the server.
            with page.expect_response(lambda answer: answer.url.endswith("/level")) as told:
                page.locator(levels).last.locator("summary").first.focus()
                page.keyboard.press("Enter")
            check(told.value.status == 204, f"what was unfolded: {told.value.status}")
            check(page.locator("#line-13").is_visible(), "an unfolded text is not to be seen")
            # A link to a line that is folded opens it, also within the page.
            page.goto(url + base + "/design#line-5")
            page.wait_for_function("document.querySelector('#line-5').checkVisibility()")
            page.goto(url + base + "/design#line-13")
            page.wait_for_function("document.querySelector('#line-13').checkVisibility()")
        page.goto(url + base + "/design")
        page.locator("#opened > summary").click()
        page.get_by_role("button", name="expert", exact=True).click()
        check("Opened for: expert (set by you)" in page.inner_text("#opened"), "the level is not said")
        check(page.locator("#line-13").is_visible() and not page.locator("#line-9").is_visible(), "not the expert's is open")
        page.context.close()


def many(browser, study):
    """Twenty pages are kept up to date, and those that leave are forgotten."""
    contexts = [browser.new_context() for _ in range(4)]
    pages = [context.new_page() for context in contexts for _ in range(5)]
    for page in pages:
        page.goto(url + study)
    # A browser opens six connections to a host at most; each context shares them.
    for page in pages:
        page.wait_for_selector("#live-state[data-state=on]", timeout=20_000)
    for context in contexts:
        context.close()


with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--no-proxy-server"])
    start = time.monotonic()
    pages = walk(chromium)
    study = next(path for path, name in pages.items() if name == "studies")
    base = "/" + "/".join(study.split("/")[1:3])
    review(chromium, base)
    live(chromium, study)
    runs(chromium, base)
    sql(chromium, base)
    edit(chromium, base)
    plain(chromium, pages, base)
    levels(chromium, base)
    many(chromium, study)
    chromium.close()

if wrong:
    sys.exit("\n".join(dict.fromkeys(wrong)))
print(f"{len(pages)} pages in {time.monotonic() - start:.0f} s\nok")
