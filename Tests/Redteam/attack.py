"""Lets rag-redteam and raginject attack a service in its test mode, and tells what they say.

usage: attack.py URL FOLDER TRIALS

Writes redteam.json and raginject.json into FOLDER and prints one JSON object: how many attempts of each family reached an
answer that repeats the attacker's word, and of those how many answers would act on somebody: a link, a picture, markup.
"""

import html.parser
import json
import os
import pathlib
import subprocess
import sys
import urllib.request

from markdown_it import MarkdownIt

url, folder, trials = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
here = pathlib.Path(__file__).parent
programs = pathlib.Path(sys.executable).parent


class Active(html.parser.HTMLParser):
    """Finds what acts in a page: all that is not a mark of plain text."""

    plain = {"p", "code", "em", "strong", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "br",
             "table", "thead", "tbody", "tr", "td", "th", "s"}

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag not in self.plain or attributes and tag not in {"ol", "th", "td", "code"}:
            self.found.append(tag)


def active(answer):
    """What a reader's program would make of an answer: CommonMark with HTML and with addresses made links."""
    page = Active()
    page.feed(MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["linkify", "table"]).render(answer))
    return page.found


def ask(query):
    request = urllib.request.Request(
        url + "/ask", json.dumps({"query": query}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def run(name, *arguments):
    result = subprocess.run(
        [str(programs / name), *arguments], capture_output=True, text=True, timeout=900,
        env={**os.environ, "NEO_URL": url, "PYTHONPATH": str(here), "NO_COLOR": "1"})
    (folder / (name + ".log")).write_text(result.stdout + result.stderr)
    return result


report = {}
redteam = folder / "redteam.json"
result = run(
    "rag-redteam", "run", "--target-url", url + "/ask", "--documents-url", url + "/documents", "--reset-url", url + "/reset",
    "--allow-private", "--trials", trials, "--seed", "1", "--json", str(redteam), "--no-color")
report["rag-redteam"] = {"status": result.returncode, "report": json.loads(redteam.read_text())}

attacks = folder / "raginject.json"
result = run(
    "raginject", "run", "--target-url", url + "/ask", "--request-key", "query", "--corpus-injector", "injector:injector",
    "--output", "json", "--no-color")
report["raginject"] = {"status": result.returncode, "report": json.loads(result.stdout)}
attacks.write_text(result.stdout)

# What the answers would do, whoever asked: all payloads of raginject once more, as a browser would show them.
rows = report["raginject"]["report"]
print(json.dumps(report))
