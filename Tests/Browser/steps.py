"""What a person does on the pages of a project that `neo run --browser` waits for."""

import json

from session import check


def interview(page, address, project, before=None):
    """Takes what is suggested for every question, with Enter; gives the answers. Calls `before` with each question's name."""
    page.goto(address + "/interview")
    for _ in range(60):
        if page.locator(".reply").count() == 0:
            break
        asked = page.locator("input[name=question]").get_attribute("value")
        if before:
            before(asked)
        if asked == "approver":
            page.keyboard.type("Ada")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    return json.loads((project / ".neo/interview.json").read_text())["answers"]


def approve(page, address, kind, course, before=None):
    """Approves a document that Neo says it waits for; calls `before` while it is looked at."""
    course.until(f"{kind}.md waits for your agreement")
    page.goto(f"{address}/{kind}")
    if before:
        before()
    page.get_by_label("Your name").first.fill("Ada")
    with page.expect_navigation():
        page.get_by_role("button", name=f"Approve {kind}.md").click()
    check("(as it is now)" in page.inner_text(".approval"), f"{kind}.md is not approved: {page.inner_text('.approval')}")


def edit(page, address, kind, old, new):
    """Changes texts of a document with the form for all of it."""
    page.goto(f"{address}/{kind}?edit=all")
    field = page.locator("textarea[name=text]")
    text = field.input_value()
    for before, after in zip(old, new):
        check(before in text, f"{kind}.md has no {before!r}")
        text = text.replace(before, after, 1)
    field.fill(text)
    with page.expect_navigation():
        page.locator("form:has(textarea[name=text]) button").first.click()


def accept(page, address, milestone, reason, before=None):
    """Accepts a milestone whose gate does not hold; calls `before` while it is looked at."""
    page.goto(address)
    page.wait_for_selector(f"#stopped-{milestone}")
    if before:
        before()
    form = page.locator(f"#stopped-{milestone} form")
    form.get_by_label("Why").fill(reason)
    form.get_by_label("Your name", exact=True).fill("Ada")
    with page.expect_navigation():
        form.get_by_role("button").click()
    check(page.locator(f"#stopped-{milestone}").count() == 0, f"{milestone} is not accepted: {page.inner_text('main')[:600]}")
