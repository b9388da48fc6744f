"""Decides of three proposed golden questions in a real browser: golden.py URL PROJECT SCREENSHOTS.

Asks for proposals, then decides with the keyboard alone. Ends with "ok", or with what is wrong.
"""

import json
import pathlib
import sys

from session import check, chromium, finish, looked_at, opened, sent

url, project, shots = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
kept = project / ".neo/proposals.json"
golden = project / "golden.jsonl"


def proposals():
    return {one["id"]: one for one in json.loads(kept.read_text())["proposals"]}


def shown(page):
    return page.locator("article input[name=proposal]").get_attribute("value") if page.locator("article").count() else None


def with_keyboard(browser):
    page = opened(browser)
    page.goto(url)
    page.locator("#live-projects a").first.click()
    page.get_by_role("link", name="Questions").first.click()
    page.get_by_role("link", name="Propose questions from the documents").click()
    looked_at(page, shots, "golden-none")
    page.get_by_role("button", name="Propose 30 questions").click()
    page.get_by_role("link", name="Decide of them").click(timeout=30_000)
    order = list(proposals())
    check(len(order) >= 4, f"{len(order)} proposals are too few to try")
    check(shown(page) == order[0], f"{shown(page)} is shown first")
    check(page.locator("mark").count() == 1 and "<b>" in page.inner_text(".passage"), "the passage is not beside it")
    looked_at(page, shots, "golden-proposal")
    sent(page, "a")
    check(proposals()[order[0]]["state"] == "accepted", "a does not accept")
    check(shown(page) == order[1] and order[0] in page.inner_text(".last"), f"{shown(page)} is the second")
    # In a field a letter is a letter; Escape leaves it.
    page.keyboard.press("e")
    check(page.evaluate("document.activeElement.id") == "question", "e does not lead to the question")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Was asked <i>here</i>?")
    page.keyboard.press("Escape")
    sent(page, "a")
    edited = proposals()[order[1]]
    check(edited["state"] == "edited" and edited["question"] == "Was asked <i>here</i>?", f"edited is {edited}")
    sent(page, "s")
    check(shown(page) == order[3], f"after one was skipped, {shown(page)} is shown")
    page.keyboard.press("r")
    page.keyboard.type("Nobody asks that.")
    sent(page, "Enter")
    rejected = proposals()[order[3]]
    check(rejected["state"] == "rejected" and rejected["decision"]["reason"] == "Nobody asks that.", f"it is {rejected}")
    check(rejected["decision"]["source"]["way"] == "browser", "it is not known that it was in a browser")
    looked_at(page, shots, "golden-decided")
    sent(page, "b")
    check(proposals()[order[3]]["state"] == "open" and shown(page) == order[3], "b takes nothing back")
    check(len(golden.read_text().splitlines()) == 2, f"the rows are {golden.read_text()}")
    for _ in order:
        if shown(page):
            page.keyboard.press("r")
            sent(page, "Enter")
    check("golden.jsonl has 2 questions" in page.inner_text("main"), "the end is not said")
    looked_at(page, shots, "golden-end")
    page.context.close()


def without_script(browser):
    content = json.loads(kept.read_text())
    for one in content["proposals"][-2:]:
        one["state"] = "open"
        one.pop("decision", None)
    kept.write_text(json.dumps(content))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(url)
    page.get_by_role("link", name="Decide of them").first.click()
    first = shown(page)
    page.get_by_role("link", name="Skip", exact=True).click()
    check(shown(page) != first, "nothing is skipped")
    check(not page.get_by_text("takes the last back").is_visible(), "keys are told of that do nothing")
    page.get_by_role("button", name="Accept").click()
    check(shown(page) == first, "the skipped one does not come again")
    page.get_by_role("button", name="Reject").click()
    check("golden.jsonl has 3 questions" in page.inner_text("main"), "the end is not said without JavaScript")
    context.close()


with chromium() as browser:
    with_keyboard(browser)
    without_script(browser)
finish()
