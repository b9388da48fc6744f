"""What the scripts share that drive a browser: the browser, its pages, Neo beside it, and what was found wrong."""

import atexit
import contextlib
import json
import pathlib
import queue
import re
import subprocess
import sys
import threading
import time

from playwright.sync_api import sync_playwright

from checks import CHECKS

LOOKS = (("light", 1280), ("dark", 1280), ("light", 390))
wrong = []


def check(condition, sentence):
    if not condition:
        wrong.append(sentence)


@contextlib.contextmanager
def chromium():
    """The browser, for as long as a body takes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--no-proxy-server"])
        yield browser
        browser.close()


def opened(browser, **settings):
    """A page of a new session; whatever it has to complain of is wrong."""
    context = browser.new_context(**settings)
    # A machine that builds and tests beside it may take long for a page.
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"{page.url}: a dialog"), dialog.dismiss()))
    return page


def looked_at(page, shots, name):
    """All looks before the first picture: taking one leaves a style behind, and a page that was sent for a form is not loaded
    again."""
    shots.mkdir(parents=True, exist_ok=True)
    for takes_picture in (False, True):
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            if takes_picture:
                page.screenshot(path=shots / f"{name}-{scheme}-{width}.png", full_page=True)
            else:
                wrong.extend(f"{name} ({scheme}, {width}): {one}" for one in page.evaluate(CHECKS))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})


def sent(page, *keys):
    """Presses keys, and waits for the page that follows the last."""
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)


def refused(page, do):
    """Does what is answered with a status of refusal, which the browser itself reports."""
    before = len(wrong)
    do()
    wrong[before:] = [one for one in wrong[before:] if "status of 4" not in one]


class Program:
    """Neo with a line of arguments; its lines are read while it runs."""

    def __init__(self, neo, *line, cwd=None):
        self.process = subprocess.Popen(
            [neo, *map(str, line)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # Whatever fails here, nothing waits for ever.
        atexit.register(self.process.kill)
        self.lines, self.said = queue.Queue(), []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.said.append(line)
            self.lines.put(line)
        self.lines.put(None)

    def until(self, pattern, seconds=120):
        """What the first group that takes part matches, or all of it, of the line that it waits for."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                line = self.lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                break
            if found := re.search(pattern, line):
                return next((one for one in found.groups() if one), found[0])
        self.process.kill()
        sys.exit(f"neo never said {pattern!r}, but: {''.join(self.said)}\n" + "\n".join(wrong))

    def ended(self, seconds=120):
        """Its exit status, and all that it said."""
        status = self.process.wait(timeout=seconds)
        while self.lines.get(timeout=seconds) is not None:
            pass
        return status, "".join(self.said)

    def stopped(self):
        self.process.terminate()
        return self.process.wait(timeout=30)


def neo_says(neo, *line, cwd=None):
    """What a command prints; the end where it fails."""
    done = subprocess.run([neo, *map(str, line)], cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{line} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def finish(*words):
    """Says what was found wrong, and ends."""
    if wrong:
        sys.exit("\n".join(dict.fromkeys(wrong)))
    print(*words, sep="\n", end="\n" if words else "")
    print("ok")
