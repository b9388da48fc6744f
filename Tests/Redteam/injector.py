"""Adds and takes away raginject's documents in the test mode of `neo serve`, whose address is in NEO_URL."""

import json
import os
import urllib.request

from raginject import CorpusInjector


def post(path, body):
    request = urllib.request.Request(
        os.environ["NEO_URL"] + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


class TestMode(CorpusInjector):
    def inject(self, document_id, content):
        post("/documents", {"documents": [{"id": document_id, "text": content}]})

    def remove(self, document_id):
        post("/reset", {})


injector = TestMode()
