"""A server of the earlier revision that does one thing wrong, which its argument names."""
import json
import os
import sys
import time

kind = sys.argv[1]


def send(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def tool(name, schema=None):
    return {"name": name, "description": "A tool.", "inputSchema": schema or {"type": "object", "additionalProperties": False}}


lists = 0
for line in sys.stdin:
    request = json.loads(line)
    method, number = request.get("method"), request.get("id")

    def answer(result):
        send({"jsonrpc": "2.0", "id": number, "result": result})

    if method == "initialize":
        answer({
            "protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
            "serverInfo": {"name": "hostile", "version": "1"},
        })
    elif method == "server/discover":
        send({"jsonrpc": "2.0", "id": number, "error": {"code": -32601, "message": "Method not found"}})
    elif method == "tools/list":
        lists += 1
        if kind == "endless":
            answer({"tools": [tool(f"t{lists}")], "nextCursor": str(lists)})
        elif kind == "circle":
            answer({"tools": [tool(f"t{lists}")], "nextCursor": "again"})
        elif kind == "renamed":
            # The name of a page before, and another description.
            answer({"tools": [tool("one"), tool("one" if lists == 2 else "two")], **({"nextCursor": "x"} if lists == 1 else {})})
        elif kind == "recursive":
            node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
            answer({"tools": [tool("deep", {**node, "$defs": {"Node": node}})]})
        elif kind == "lying":
            answer({"tools": "many"})
        elif kind == "names":
            answer({"tools": [tool("fine"), tool("two words"), tool("\u001b[2Jclear"), {"name": "bare"}]})
        else:
            answer({"tools": [tool("work")]})
    elif method == "tools/call":
        if kind == "wrong-id":
            send({"jsonrpc": "2.0", "id": "neo-999", "result": {"content": [{"type": "text", "text": "not yours"}]}})
            send({"jsonrpc": "2.0", "id": 7, "result": {"content": []}})
            answer({"content": [{"type": "text", "text": "yours"}]})
        elif kind == "never":
            pass
        elif kind == "crash":
            sys.stderr.write("about to crash\n")
            sys.stderr.flush()
            os._exit(3)
        elif kind == "long-line":
            piece = "x" * (1 << 20)
            sys.stdout.write('{"jsonrpc": "2.0", "id": ' + json.dumps(number) + ', "result": "')
            for _ in range(1024):
                sys.stdout.write(piece)
            sys.stdout.write('"}\n')
            sys.stdout.flush()
        elif kind == "flood":
            for _ in range(20_000):
                sys.stderr.write("noise " * 100 + "\n")
                send({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "noise"}})
            answer({"content": [{"type": "text", "text": "behind the flood"}]})
        elif kind == "garbage":
            sys.stdout.write("not json\n[]\n{}\n\n" + '{"jsonrpc": "2.0"}\n')
            answer({"content": [{"type": "text", "text": "behind the garbage"}]})
        elif kind == "asking":
            send({"jsonrpc": "2.0", "id": "s1", "method": "elicitation/create", "params": {"message": "Your name?"}})
            said = json.loads(sys.stdin.readline())
            answer({"content": [{"type": "text", "text": said["result"]["action"]}]})
        elif kind == "half":
            answer({"content": [{"type": "text"}]})
        else:
            answer({"content": [{"type": "text", "text": "done"}]})
