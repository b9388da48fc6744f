"""Drives the official anthropic client against a server: anthropic_client.py URL TOKEN QUESTION WORDS.

WORDS must stand in the answer. With the environment variable WRITTEN the answer is one that a model wrote.
"""

import os
import sys

import anthropic

url, token, question, words = sys.argv[1:]
written = bool(os.environ.get("WRITTEN"))
client = anthropic.Anthropic(base_url=url, api_key=token, max_retries=0, timeout=120)

models = [model.id for model in client.models.list()]
assert models == ["p"], models
assert client.models.retrieve("p").display_name == "p"

request = {
    "model": "p",
    "max_tokens": 100,
    "system": "Answer from the documents.",
    "messages": [
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": "Hello!"},
        {"role": "user", "content": [{"type": "text", "text": question}]},
    ],
}
message = client.messages.create(**request)
assert words in message.content[0].text, message
assert message.stop_reason in ("end_turn", "max_tokens") and message.role == "assistant", message
assert (message.usage.input_tokens > 0) == written, message.usage
assert message.abstained is False and isinstance(message.citations, list)

with client.messages.stream(**request) as stream:
    kinds = [event.type for event in stream]
    final = stream.get_final_message()
assert words in final.content[0].text, final
assert written or final.content[0].text == message.content[0].text
assert final.stop_reason == message.stop_reason
assert (final.usage.output_tokens > 0) == written, final.usage
assert kinds[0] == "message_start" and kinds[-1] == "message_stop", kinds


def fails(kind, error_type, **more):
    try:
        client.messages.create(**(request | more))
    except kind as error:
        assert error.body["type"] == "error", error.body
        assert error.body["error"]["type"] == error_type, error.body
        assert error.body["error"]["message"]
        return
    raise AssertionError(f"{more} was taken")


fails(anthropic.NotFoundError, "not_found_error", model="claude")
fails(anthropic.BadRequestError, "invalid_request_error", messages=[])
tool = {"name": "f", "input_schema": {"type": "object", "properties": {}}}
fails(anthropic.BadRequestError, "invalid_request_error", tools=[tool])
fails(anthropic.NotFoundError, "not_found_error", model="claude", stream=True)
try:
    client.with_options(api_key="wrong").models.list()
    raise AssertionError("a wrong token was taken")
except anthropic.AuthenticationError as error:
    assert error.body["error"]["type"] == "authentication_error", error.body
print("ok")
