"""Takes the demo's documents and golden questions from a sentence to what is built, in a real browser, without a model's key:

    demo_course.py NEO FOLDER SCREENSHOTS

The project is made in FOLDER. It is searched without an encoder, so by words alone, which takes a minute. A picture is taken
wherever Neo waits for a person. Prints each stop with its time, and ends with "ok", or with what is wrong.
"""

import pathlib
import sys
import time

from session import Program, check, chromium, finish, looked_at, opened
from steps import accept, approve, interview

neo, folder, shots = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
root = pathlib.Path(__file__).resolve().parents[2]
goal = "Answer questions of Swift developers from their packages' articles"
began = time.monotonic()


def stop(words):
    print(f"{time.monotonic() - began:4.0f} s  {words}", flush=True)


def gates(page, address, course):
    """Accepts what is not reached, with the reason that a person would have, until it is built."""
    while True:
        said = course.until(r"(\S+) failed; accept it in the browser|(It is built)", 600)
        if said.startswith("It is"):
            return
        page.goto(address)
        page.wait_for_selector(f"#stopped-{said}")
        stop(f"{said} failed: " + page.locator(f"#milestone-{said} td").nth(1).inner_text())
        picture = f"demo-{said}"
        accept(page, address, said, "A demo without an encoder: words alone do not reach it",
               lambda: looked_at(page, shots, picture))
        stop(f"{said} accepted in the browser")


def main():
    folder.mkdir(parents=True, exist_ok=True)
    course = Program(
        neo, "run", goal, "--documents", root / ".build/checkouts/**/*.md", "--golden",
        root / "examples/swift-docs/golden.jsonl", "--folder", "demo", "--encoder", "none", "--browser", "--port", "0",
        "--by", "Ada", cwd=folder)
    project = folder / "demo"
    address = course.until(r"The dashboard of this project is at (\S+)")
    stop(f"made, waits at {address}")
    with chromium() as browser:
        page = opened(browser)
        page.goto(address)
        looked_at(page, shots, "demo-begin")
        page.goto(address + "/interview")
        page.wait_for_selector("#survey")
        looked_at(page, shots, "demo-interview")
        answers = interview(page, address, project)
        stop(f"interview: {len(answers)} answers, Enter for each and a name")
        approve(page, address, "requirements", course, lambda: looked_at(page, shots, "demo-requirements"))
        stop("requirements.md approved in the browser")
        course.until("Wrote design.md", 300)
        approve(page, address, "design", course, lambda: (
            check(page.locator("img[src$='design.svg']").evaluate("image => image.naturalWidth") > 300, "no picture"),
            looked_at(page, shots, "demo-design")))
        stop("design.md with its picture approved in the browser")
        page.goto(address)
        course.until("M3 The search …", 300)
        page.wait_for_selector("#milestone-M3:has-text('begun')", timeout=60_000)
        looked_at(page, shots, "demo-building")
        gates(page, address, course)
        page.goto("about:blank")
        status, output = course.ended()
        check(status == 0 and "It is built" in output, f"ended with {status}: {output[-2000:]}")
        stop("built")
        print("\n".join(line.rstrip() for line in course.said if line[:1] in "✓✗"))
        # What it looks like to whoever opens it later.
        later = Program(neo, "dashboard", "demo", "--port", "0", cwd=folder)
        page.goto(later.until(r"is at (http://\S+)"))
        looked_at(page, shots, "demo-front")
        page.locator("#live-projects a").first.click()
        page.wait_for_selector("#built")
        looked_at(page, shots, "demo-built")
        page.goto("about:blank")
        later.stopped()
    finish()


main()
