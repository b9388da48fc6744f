"""A server of revision 2026-07-28 that asks before it answers, and says back what it was sent. Its argument names what it does."""
import json
import sys

kind = sys.argv[1]
seen = []

for line in sys.stdin:
    request = json.loads(line)
    if "id" not in request:
        seen.append(request)
        continue
    params = request.get("params") or {}
    meta = params.get("_meta") or {}
    method = request["method"]
    error, result = None, None
    if meta.get("io.modelcontextprotocol/protocolVersion") != "2026-07-28":
        error = {"code": -32602, "message": "no version"}
    elif method == "server/discover":
        result = {
            "resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}},
            "ttlMs": 0, "cacheScope": "private",
        }
    elif method == "tools/list":
        result = {"resultType": "complete", "tools": [{"name": "work", "inputSchema": {"type": "object"}}]}
    elif kind == "asks" and "inputResponses" not in params:
        result = {
            "resultType": "input_required", "requestState": "state-\u00e4-1",
            "inputRequests": {
                "name": {"method": "elicitation/create", "params": {"message": "Your name?"}},
                "more": {"method": "elicitation/create", "params": {"message": "More?"}},
            },
        }
    elif kind == "always-asks":
        result = {
            "resultType": "input_required", "requestState": "s",
            "inputRequests": {"x": {"method": "elicitation/create", "params": {"message": "Again?"}}},
        }
    elif kind == "samples":
        result = {
            "resultType": "input_required",
            "inputRequests": {"x": {"method": "sampling/createMessage", "params": {"messages": [], "maxTokens": 1}}},
        }
    elif kind == "waits" and "requestState" not in params:
        result = {"resultType": "input_required", "requestState": "later"}
    elif kind == "hangs" and params.get("arguments", {}).get("hang"):
        continue
    else:
        said = {key: params[key] for key in ("inputResponses", "requestState", "name") if key in params}
        said["id_is_new"] = request["id"] not in seen
        said["capabilities"] = meta.get("io.modelcontextprotocol/clientCapabilities")
        said["cancelled"] = [note["params"]["requestId"] for note in seen if isinstance(note, dict)]
        result = {"resultType": "complete", "content": [{"type": "text", "text": json.dumps(said)}]}
    seen.append(request["id"])
    answer = {"jsonrpc": "2.0", "id": request["id"]}
    answer.update({"error": error} if error else {"result": result})
    print(json.dumps(answer), flush=True)
