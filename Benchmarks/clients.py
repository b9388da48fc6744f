"""What a call and a streamed token cost Neo's client and the `openai` client, in turn, on the same loopback server.

    python clients.py --neo-bench PATH

The server answers with bytes that it made beforehand, so that its own time is small; processor time is the client's alone.
"""

import argparse
import asyncio
import importlib.metadata
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time

TOKENS = 500
ROUNDS = 3


def chunk(delta, finish=None, usage=None, choices=True):
    body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1700000000, "model": "m", "usage": usage}
    body["choices"] = [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}] if choices else []
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def serve(ports):
    usage = {"prompt_tokens": 20, "completion_tokens": TOKENS, "total_tokens": 20 + TOKENS}
    whole = json.dumps(
        {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": "m", "usage": usage,
            "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None,
                         "message": {"role": "assistant", "content": "The sea is wide. " * 20, "refusal": None}}],
        }
    ).encode()
    answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(whole) + whole
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    parts = [chunk({"role": "assistant", "content": ""})] + [chunk({"content": f" word{i}"}) for i in range(TOKENS)]
    parts += [chunk({}, "stop"), chunk(None, usage=usage, choices=False), b"data: [DONE]\n\n"]
    framed = [b"%x\r\n%s\r\n" % (len(part), part) for part in parts] + [b"0\r\n\r\n"]

    async def client(reader, writer):
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1]) for line in request.split(b"\r\n") if line.lower().startswith(b"content-length")
                )
                body = await reader.readexactly(length)
                if b'"stream":true' in body.replace(b" ", b""):
                    writer.write(head)
                    for part in framed:
                        writer.write(part)
                        await writer.drain()
                        await asyncio.sleep(0)
                else:
                    writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run():
        server = await asyncio.start_server(client, "127.0.0.1", 0, backlog=512)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def peer(url, calls, streams, together):
    """The same work as `neo-bench clients`, by the official client."""
    import openai

    messages = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Tell me about the sea."}]
    options = {"model": "m", "messages": messages, "max_completion_tokens": 1000}

    def measured(times, body):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        for _ in range(times):
            body()
        after = resource.getrusage(resource.RUSAGE_SELF)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - start, processor

    client = openai.OpenAI(base_url=url, api_key="k")
    count = 0

    def stream():
        nonlocal count
        for event in client.chat.completions.create(stream=True, stream_options={"include_usage": True}, **options):
            if event.choices and event.choices[0].delta.content:
                count += 1

    client.chat.completions.create(**options)
    stream()
    count = 0
    facts = {}
    wall, processor = measured(calls, lambda: client.chat.completions.create(**options))
    facts["call_ms"], facts["call_cpu_ms"] = wall / calls * 1e3, processor / calls * 1e3
    wall, processor = measured(streams, stream)
    facts["token_us"], facts["token_cpu_us"] = wall / count * 1e6, processor / count * 1e6

    async def all_together():
        limits = openai.DefaultAsyncHttpxClient(timeout=600)
        async with openai.AsyncOpenAI(base_url=url, api_key="k", http_client=limits) as client:
            async def one():
                events = await client.chat.completions.create(stream=True, stream_options={"include_usage": True}, **options)
                async for _ in events:
                    pass

            await asyncio.gather(*(one() for _ in range(together)))

    wall, processor = measured(1, lambda: asyncio.run(all_together()))
    facts["together_seconds"], facts["together_cpu_seconds"] = wall, processor
    facts["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(facts))


def main():
    if sys.argv[1:2] == ["peer"]:
        return peer(sys.argv[2], *map(int, sys.argv[3:6]))
    parser = argparse.ArgumentParser()
    parser.add_argument("--neo-bench", required=True)
    options = parser.parse_args()
    ports = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    work = [f"http://127.0.0.1:{ports.get()}/v1", "300", "20", "200"]
    runs = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        for name, command in (
            ("ours", [options.neo_bench, "clients"]), ("peer", [sys.executable, __file__, "peer"]),
        ):
            output = subprocess.run(command + work, check=True, capture_output=True, text=True).stdout
            runs[name].append(json.loads(output))
    server.terminate()
    print(f"| client overhead ({TOKENS} tokens a stream) | ours | openai {importlib.metadata.version('openai')} | ratio |")
    print("|---|---|---|---|")
    for key, label in (
        ("call_ms", "a call, ms"), ("call_cpu_ms", "a call, ms of processor"), ("token_us", "a streamed token, µs"),
        ("token_cpu_us", "a streamed token, µs of processor"), ("together_seconds", "200 streams at once, s"),
        ("together_cpu_seconds", "200 streams at once, s of processor"), ("peak_mb", "peak memory, MB"),
    ):
        ours, theirs = (statistics.median(run[key] for run in runs[name]) for name in ("ours", "peer"))
        print(f"| {label} | {ours:.3g} | {theirs:.3g} | {theirs / ours:.1f} |")


if __name__ == "__main__":
    main()
