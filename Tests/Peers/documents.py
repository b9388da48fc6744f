"""Writes what trafilatura takes for the main text of pages; a test of Documents compares when NEO_PEERS_DIR names the folder.

    pip install -r documents-requirements.txt
    python documents.py --out DIR [--pages FOLDER …]
    NEO_PEERS_DIR=DIR swift test --filter DocumentPeerTests

The pages are those of this script, in four layouts, and a sample of the HTML below the folders that are named (what
packages install under /usr/share/doc, or a toolchain's documentation). Extractors differ in what they keep, so this is
a figure to look at, not an equality.
"""

import argparse
import json
import pathlib

import trafilatura

SAMPLE = 60

PARAGRAPHS = [
    "The lighthouse on the northern cape was built in two summers, because the stone had to come by boat and the boats "
    "could land only when the wind stood in the south.",
    "Its first keeper wrote down the weather every four hours for thirty-one years; the books are kept in the town hall, "
    "where anybody may read them on a Thursday afternoon.",
    "When the lamp was changed to electricity, the keeper's house became a school, and later a place where walkers may "
    "stay for a night, if they bring their own bread.",
    "Visitors climb one hundred and sixty-two steps. The last twelve are iron, steep and loud, and from the gallery one "
    "sees the islands, the harbour and, in clear weather, the other coast.",
]
MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("home", "boats", "walks", "shop", "contact"))
FOOTER = "<p>Association of the cape, 12 Harbour Street. All rights reserved. Site by nobody in particular.</p>"
BANNER = '<div class="cookie-banner"><p>We use cookies so that this site works. You may accept or refuse them.</p></div>'


def body():
    first, second, third, fourth = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<h1>The lighthouse</h1>{first}<h2>Its keepers</h2>{second}{third}"
        f"<ul><li>Open from May to September.</li><li>Closed in strong wind, for good reasons.</li></ul>"
        f"<h2>The way up</h2>{fourth}<table><tr><th>Ticket</th><th>Price</th></tr>"
        f"<tr><td>Adults</td><td>Seven crowns</td></tr></table>"
    )


def own():
    head = "<!doctype html><html><head><meta charset=utf-8><title>The lighthouse – Cape</title></head>"
    return {
        "semantic": f"{head}<body><header><nav><ul>{MENU}</ul></nav></header><main><article>{body()}</article></main>"
        f"<aside><h3>Related</h3><ul>{MENU}</ul></aside><footer>{FOOTER}</footer>{BANNER}</body></html>",
        "divisions": f'{head}<body><div id="menu"><ul>{MENU}</ul></div><div id="wrap"><div class="content">{body()}</div>'
        f'<div class="sidebar"><ul>{MENU}</ul></div></div><div class="footer">{FOOTER}</div>{BANNER}</body></html>',
        "tables": f'{head}<body><table><tr><td><ul>{MENU}</ul></td><td>{body().replace("<table>", "<table border=1>")}'
        f"</td></tr><tr><td colspan=2>{FOOTER}</td></tr></table></body></html>",
        "plain": f"{head}<body>{body()}</body></html>",
    }


def sample(folders):
    for folder in folders:
        files = sorted(path for path in folder.rglob("*.htm*") if path.is_file() and 2_000 < path.stat().st_size < 500_000)
        for path in files[:: max(1, len(files) // SAMPLE)][:SAMPLE]:
            try:
                yield f"{folder.name}/{path.relative_to(folder)}", folder.name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--pages", type=pathlib.Path, nargs="*", default=[])
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pages = [(name, "own", html) for name, html in own().items()] + list(sample(given.pages))
    rows = []
    for name, group, html in pages:
        text = trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=True)
        if text:
            rows.append({"name": name, "group": group, "html": html, "text": text})
    (given.out / "documents-html.json").write_text(json.dumps(rows))
    print(f"wrote documents-html.json: {len(rows)} pages, trafilatura {trafilatura.__version__}")
