"""Reviews 30 proposed golden questions of the demo's documents with keys alone: golden_keys.py NEO FOLDER SCREENSHOTS.

Every fifth is put into other words, every third is rejected, one is skipped and comes again, all others are accepted. Prints
how many keys a decision took, without the words that were typed, and ends with "ok", or with what is wrong.
"""

import collections
import json
import pathlib
import statistics
import sys
import time

from session import Program, check, chromium, finish, looked_at, neo_says, opened, sent

neo, folder, shots = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
root = pathlib.Path(__file__).resolve().parents[2]
project = folder / "keys"


def proposals():
    return json.loads((project / ".neo/proposals.json").read_text())["proposals"]


def decided(page, number):
    """Decides of the proposal that is shown, and says what was done, and with how many keys."""
    if number == 4:
        sent(page, "s")
        return "skip", 1
    if number % 5 == 0:
        page.keyboard.press("e")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(f"What would somebody ask who has not read it, number {number}?")
        page.keyboard.press("Escape")
        sent(page, "a")
        return "edit", 4
    if number % 3 == 0:
        sent(page, "r", "Enter")
        return "reject", 2
    sent(page, "a")
    return "accept", 1


def main():
    folder.mkdir(parents=True, exist_ok=True)
    neo_says(neo, "new", "keys", "--documents", root / ".build/checkouts/**/*.md", cwd=folder)
    neo_says(neo, "golden", "propose", "keys", "--count", "30", cwd=folder)
    check(len(proposals()) == 30, f"{len(proposals())} questions are proposed")
    server = Program(neo, "dashboard", "keys", "--port", "0", cwd=folder)
    url = server.until(r"is at (http://\S+)")
    keys, seconds = collections.defaultdict(list), []
    with chromium() as browser:
        page = opened(browser)
        page.goto(url)
        page.locator("#live-projects a").first.click()
        page.goto(page.url + "/golden/review")
        looked_at(page, shots, "golden-keys")
        for number in range(1, 60):
            if page.locator("article").count() == 0:
                break
            began = time.monotonic()
            action, count = decided(page, number)
            seconds.append(time.monotonic() - began)
            keys[action].append(count)
        page.goto("about:blank")
    server.stopped()
    states = collections.Counter(one["state"] for one in proposals())
    check(states["open"] == 0 and sum(states.values()) == 30, f"the proposals are {states}")
    check(all(one["decision"]["source"]["way"] == "browser" for one in proposals()), "some were not decided in the browser")
    count = sum(map(sum, keys.values()))
    finish(*(f"{action}: {len(one)} times, {one[0]} keys each" for action, one in sorted(keys.items())),
           f"30 questions with {count} keys, {count / 30:.1f} a question, besides the words of {len(keys['edit'])} edits",
           f"from key to next page: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s")


main()
