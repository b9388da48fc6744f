"""Looks at the month that Tests/Month replayed, on the dashboard's pages: month_pages.py URL PROJECT SCREENSHOTS.

Ends with "ok", or with what is not there to be seen.
"""

import pathlib
import re
import sys

from session import check, chromium, finish, looked_at, opened

url, project, shots = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def followed(page, link):
    """What somebody reads who follows a link, and the page as a picture."""
    page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")
    looked_at(page, shots, f"month-{page.url.rstrip('/').rsplit('/', 1)[1]}")
    return re.sub(r"\s+", " ", page.inner_text("main"))


def said(text, what, *parts):
    for part in parts:
        check(re.search(part, text), f"{what} does not say {part!r}: {text[:3000]}")


def main():
    with chromium() as browser:
        page = opened(browser)
        page.goto(url)
        page.locator("a[href^='/p/']").first.click()
        project_page = page.url.split("#")[0].rstrip("/")
        text = followed(page, "Release history")
        # One promotion by the gate, one refusal, one rollback.
        said(text, "the page of releases", "Not worse", "Worse", "refused", r"36|41|questions? could not be measured",
             "one of a hundred may", "by Ada", "by Bob",
             "by the service itself")
        page.goto(project_page)
        text = followed(page, "Service")
        said(text, "the page of the service", "Questions get no answer: 45 of 50", "Ratings are negative: 40 of 40",
             "Documents under the golden questions were changed", "Questions have changed", "charger")
        page.goto(project_page)
        text = followed(page, "Feedback")
        said(text, "the page of feedback", "release 1", "release 2", "The documents do answer it 40", "44 became golden questions",
             "Another search")
        page.goto(project_page)
        check(page.locator("main a[href*='/studies/']").count() >= 2, "there is only one search")
    finish()


main()
