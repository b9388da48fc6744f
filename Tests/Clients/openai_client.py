"""Drives the official openai client against a server: openai_client.py URL TOKEN QUESTION WORDS.

WORDS must stand in the answer. With the environment variable WRITTEN the answer is one that a model wrote.
"""

import os
import sys

import openai

url, token, question, words = sys.argv[1:]
written = bool(os.environ.get("WRITTEN"))
client = openai.OpenAI(base_url=url + "/v1", api_key=token, max_retries=0, timeout=120)

models = [model.id for model in client.models.list()]
assert models == ["p"], models
assert client.models.retrieve("p").owned_by == "neo"

messages = [
    {"role": "system", "content": "Answer from the documents."},
    {"role": "user", "content": "Hello."},
    {"role": "assistant", "content": "Hello!"},
    {"role": "user", "content": [{"type": "text", "text": question}]},
]
whole = client.chat.completions.create(model="p", messages=messages, temperature=0.5, max_tokens=100, user="u")
choice = whole.choices[0]
assert words in choice.message.content, choice.message.content
assert choice.finish_reason in ("stop", "length") and choice.message.role == "assistant", choice
assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
assert (whole.usage.prompt_tokens > 0) == written, whole.usage
assert choice.message.abstained is False and isinstance(choice.message.unsupported, bool)
if not written:
    citation = choice.message.citations[0]
    assert citation["document"] == "tea.md" and citation["number"] == 1, citation
    assert not choice.message.unsupported

text, last, usage, chunks = "", None, None, 0
with client.chat.completions.create(
    model="neo", messages=messages, stream=True, stream_options={"include_usage": True}
) as stream:
    for chunk in stream:
        chunks += 1
        assert chunk.object == "chat.completion.chunk" and chunk.model == "p"
        usage = chunk.usage or usage
        if chunk.choices:
            text += chunk.choices[0].delta.content or ""
            last = chunk.choices[0]
# A model of temperature 0 says the same twice; what runs it may still round otherwise.
assert words in text, text
assert written or text == choice.message.content, (text, choice.message.content)
assert last.finish_reason == choice.finish_reason, last
assert isinstance(last.delta.citations, list) and last.delta.abstained is False
assert (usage.completion_tokens > 0) == written, usage
assert chunks > (10 if written else 3), chunks

# The helper of newer clients, which gathers chunks into a completion.
with client.chat.completions.stream(model="p", messages=messages) as stream:
    final = stream.get_final_completion()
assert words in final.choices[0].message.content, final

refused = client.chat.completions.create(
    model="p", messages=[{"role": "user", "content": "Who invented the samovar in the year 1778?"}]
).choices[0]
assert refused.message.abstained is True and refused.finish_reason == "stop" and refused.message.content, refused


def fails(kind, code, **more):
    arguments = {"model": "p", "messages": messages} | more
    try:
        client.chat.completions.create(**arguments)
    except kind as error:
        assert error.code == code, (error.code, error.message)
        assert error.type == "invalid_request_error", error.type
        assert error.message
        return error
    raise AssertionError(f"{more} was taken")


fails(openai.NotFoundError, "model_not_found", model="gpt-4o")
assert fails(openai.BadRequestError, "unsupported_parameter", n=2).param == "n"
tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
assert fails(openai.BadRequestError, "unsupported_parameter", tools=[tool]).param == "tools"
assert fails(openai.BadRequestError, "invalid_value", messages=[]).param == "messages"
# A stream that cannot begin fails like any other request.
fails(openai.NotFoundError, "model_not_found", model="gpt-4o", stream=True)

try:
    client.with_options(api_key="wrong").models.list()
    raise AssertionError("a wrong token was taken")
except openai.AuthenticationError as error:
    assert error.code == "unauthorized", error.code
print("ok")
