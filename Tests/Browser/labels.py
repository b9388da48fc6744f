"""Two people label golden questions in a real browser: labels.py NEO FOLDER SCREENSHOTS.

FOLDER/p is a project with four questions. Both use the keyboard alone; one opens the page twice, and a stranger opens the
address of another. Then the agreement is read and the disputed question decided. Ends with "ok", or with what is wrong.
"""

import json
import pathlib
import sys

from session import Program, check, chromium, finish, looked_at, neo_says, opened, refused, sent

neo, folder, shots = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
hostile = "Bo <b>\"'&"


def status():
    """What each question was found to be, or None, and which are disputed."""
    items = json.loads(neo_says(neo, "label", "status", "p", "--json", cwd=folder))["items"]
    return {one["id"]: one["verdict"] for one in items}, [one["id"] for one in items if one["disputed"]]


def shown(page):
    field = page.locator("input[name=item]")
    return field.get_attribute("value") if field.count() else None


def begun(browser, address, name):
    """The page of somebody who says who they are, from the keyboard."""
    page = opened(browser)
    page.goto(address)
    page.keyboard.press("Tab")
    check(page.evaluate("document.activeElement.name") == "name", "Tab does not lead to the name")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    check(page.evaluate("document.activeElement.name") == "comment", "Tab does not lead to the comment")
    page.keyboard.press("Escape")
    return page


def main():
    rows = ["--row", "q1", "--row", "q2", "--row", "q3", "--row", "q4"]
    made = json.loads(neo_says(neo, "label", "new", "p", "--people", "2", *rows, "--json", cwd=folder))
    server = Program(neo, "label", "serve", "p", "--port", "0", cwd=folder)
    url = server.until(r"People label at (\S+?)label/").rstrip("/")
    first, second = (url + path for path in made["paths"])
    with chromium() as browser:
        page = begun(browser, first, "Ada")
        looked_at(page, shots, "label-first")
        # A letter that is typed into a field is a letter.
        page.get_by_label("What is wrong").fill("")
        page.get_by_label("What is wrong").press("g")
        check(page.get_by_label("What is wrong").input_value() == "g" and shown(page), "a letter in a field labels")
        page.get_by_label("What is wrong").fill("")
        page.keyboard.press("Escape")

        # The same address in another tab: what one of them has said is not said again.
        twice = page.context.new_page()
        twice.goto(first)
        at = shown(page)
        check(shown(twice) == at, "two tabs of a person begin at different questions")
        sent(page, "g")
        check(shown(page) != at, "g does not lead on")
        twice.get_by_label("Who you are").fill("Ada")
        twice.keyboard.press("Escape")
        refused(twice, lambda: sent(twice, "w"))
        check(twice.locator("[role=alert]").count() == 1, "that it was labelled already is not said")
        looked_at(twice, shots, "label-twice")
        twice.close()
        # Somebody else at Ada's address is told whose it is.
        stranger = opened(browser)
        stranger.goto(first)
        stranger.get_by_label("Who you are").fill(hostile)
        stranger.keyboard.press("Escape")
        refused(stranger, lambda: sent(stranger, "w"))
        check("Ada" in stranger.inner_text("[role=alert]"), f"a stranger is told {stranger.inner_text('main')[:200]}")

        labelled = [at]
        for key in ("w", "g", "u"):
            labelled.append(shown(page))
            sent(page, key)
        check("You have labelled all 4" in page.inner_text("main"), f"the end is not said: {page.inner_text('main')}")
        other = begun(browser, second, hostile)
        for _ in range(4):
            # They agree but for the third.
            key = {0: "g", 1: "w", 2: "w", 3: "u"}[labelled.index(shown(other))]
            sent(other, key)
        check("You have labelled all 4" in other.inner_text("main"), "the second person does not come to the end")
        found = dict(zip(labelled, ("good", "wrong", None, "unclear")))
        check(status() == (found, [labelled[2]]), f"the labels are {status()}, and not {found}")
        gone = browser.new_page()
        gone.goto(url + "/label/" + "0" * 64)
        check("not valid" in gone.inner_text("main"), "an address that nobody was given leads somewhere")
    server.stopped()
    said = neo_says(neo, "label", "status", "p", cwd=folder)
    check("kappa" in said and labelled[2] in said, f"status says {said}")
    neo_says(neo, "label", "adjudicate", labelled[2], "--as", "good", "--project", "p", cwd=folder)
    neo_says(neo, "label", "apply", "p", cwd=folder)
    check(status()[1] == [], f"it is disputed still: {status()}")
    finish(said.strip())


main()
