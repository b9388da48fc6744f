"""Goes through the interview in a real browser: interview.py NEO URL PROJECT SCREENSHOTS.

First with the keyboard alone, while a terminal answers, too; then without JavaScript. Ends with "ok", or with what is wrong.
"""

import json
import pathlib
import subprocess
import sys
import time

from session import check, chromium, finish, looked_at, opened, refused, sent

neo, url, project, shots = sys.argv[1], sys.argv[2].rstrip("/"), pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
kept = project / ".neo/interview.json"
hostile = "<script>window.owned=1</script> \"'><img src=x onerror=window.owned=1>"


def answers():
    return json.loads(kept.read_text())["answers"] if kept.exists() else []


def begun(browser, **settings):
    page = opened(browser, **settings)
    page.goto(url)
    page.get_by_role("link", name="Begin the interview").first.click()
    page.wait_for_selector("#survey")
    return page


def question(page):
    check(page.locator(".ask").count() == 1, f"{page.url} is no page of the interview: {page.inner_text('body')[:500]}")
    return page.locator("input[name=question]").get_attribute("value") if page.locator(".reply").count() else None


def contradiction(page):
    check(question(page) == "hosted", f"after a contradiction {question(page)} is asked")
    check("contradict each other" in page.inner_text(".ask .note"), "a contradiction is not said")
    sides = page.locator(".ask .note li")
    check(sides.count() == 2 and "no" in sides.first.inner_text(), "not both answers are there")
    looked_at(page, shots, "interview-contradiction")
    # Whoever gives the same answer again means it; Tab leads to it, as after every picture the focus is kept.
    sent(page, "Enter")
    check(answers()[-1]["conflict"] == "egress", f"it is not known that it is meant: {answers()[-1]}")


def with_keyboard(browser):
    page = begun(browser)
    page.reload()
    check(question(page) == "users", f"{question(page)} is asked first")
    check(page.evaluate("document.activeElement.value") == "team", "the focus is not on what is suggested")
    check("Suggested: team, because most first" in page.inner_text("#why"), "no suggestion with its reason")
    looked_at(page, shots, "interview-first")
    sent(page, "ArrowDown", "Enter")
    check(answers()[-1]["value"] == "staff" and answers()[-1]["source"]["way"] == "browser", f"kept is {answers()}")
    page.keyboard.type("de, en")
    sent(page, "Enter")
    check(answers()[-1]["value"] == ["de", "en"], f"kept is {answers()[-1]}")
    check(question(page) == "good", f"{question(page)} is the third")
    page.keyboard.type("It says " + hostile)
    sent(page, "Shift+Enter", "a", "Enter")
    check(answers()[-1]["value"].endswith("\na"), f"Shift and Enter begin no line: {answers()[-1]['value']!r}")
    check("It says <script>window.owned=1</script>" in page.inner_text(".turns"), "what was said is not shown as it is")
    # At the same time somebody answers at a terminal; the page hears of it, and what is being typed stays.
    page.keyboard.type("Mine")
    subprocess.run([neo, "interview", str(project), "--answer", "bad=Theirs " + hostile, "--by", hostile, "--json"],
                   check=True, stdout=subprocess.DEVNULL)
    page.wait_for_selector("#a-bad", timeout=15_000)
    refused(page, lambda: sent(page, "Enter"))
    check("was answered meanwhile" in page.inner_text("[role=alert]"), "an answer from elsewhere is not said")
    check(page.locator("#answer").input_value() == "Mine" and len(answers()) == 4, "words were lost or written over")
    looked_at(page, shots, "interview-refused")
    page.locator("#answer").focus()
    sent(page, "Enter")
    check(answers()[-1]["value"] == "Mine", f"kept is {answers()[-1]}")
    seen = set()
    while (now := question(page)) and len(seen) < 60:
        if now == "hosted" and now not in seen:
            seen.add(now)
            sent(page, "ArrowUp", "Enter")
            contradiction(page)
        elif now == "latency":
            page.keyboard.type("soon")
            refused(page, lambda: sent(page, "Enter"))
            check("is no number" in page.inner_text("[role=alert]"), "a wrong answer is not said")
            check(page.locator("#answer").input_value() == "soon", "what was typed is lost")
            # The second button.
            sent(page, "Tab", "Tab", "Enter")
            check("value" not in answers()[-1], f"\"I don't know\" is {answers()[-1]}")
        elif now == "approver":
            page.keyboard.type(hostile)
            sent(page, "Enter")
        else:
            sent(page, "Enter")
        check(now not in seen or now == "hosted", f"{now} is asked twice")
        seen.add(now)
    check("Enough is known" in page.inner_text(".ask") and "neo spec draft" in page.inner_text(".ask"), "no end")
    check("How long may 95 of 100" in page.inner_text(".ask"), "what nobody knew is not there")
    check("partial" in page.inner_text(".topics"), "latency is said to be clear")
    looked_at(page, shots, "interview-end")
    page.get_by_role("link", name="Answer it").click()
    page.keyboard.type("2")
    sent(page, "Enter")
    check(page.locator(".topics .state.good").count() == 13, "not all topics are clear")
    check(not page.evaluate("window.owned"), "a script of an answer ran")
    page.context.close()


def twice(page):
    """The same form, open in two tabs, is sent in both."""
    other = page.context.new_page()
    other.goto(page.url)
    for one in (page, other):
        one.get_by_role("radio", name="public anybody").check()
    for one in (page, other):
        one.get_by_role("button", name="Answer", exact=True).click()
    check("kept already" in other.inner_text(".note[role=status]"), "a form that was sent twice is not said")
    other.close()


def without_script(browser):
    kept.unlink()
    page = begun(browser, java_script_enabled=False, color_scheme="dark", viewport={"width": 390, "height": 800})
    count = 0
    while (now := question(page)) and count < 60:
        count += 1
        if now == "users":
            twice(page)
            continue
        if now == "followups":
            page.get_by_role("button", name="I don't know").click()
            continue
        if now in ("good", "approver"):
            page.locator("#answer").fill("Ada <b>L</b>")
        page.get_by_role("button", name="Answer", exact=True).click()
    check("Enough is known" in page.inner_text(".ask"), f"after {count} answers {now} is asked still")
    check(len(answers()) == count, f"{count} answers are {len(answers())}")
    page.get_by_text("earlier answers").click()
    page.screenshot(path=shots / "interview-plain-dark-390.png", full_page=True)
    page.goto(url)
    check("interview" not in page.inner_text("main"), "an interview that is over waits")
    page.go_back()
    page.get_by_role("button", name="Write the requirements").click()
    check(page.url.endswith("/requirements") and "Approve requirements.md" in page.inner_text("main"), "no requirements")
    page.context.close()


start = time.monotonic()
with chromium() as browser:
    with_keyboard(browser)
    without_script(browser)
finish(f"{len(answers())} answers in {time.monotonic() - start:.0f} s")
