"""A server of the official SDK: over stdio, or over HTTP, where it prints its port first."""
import socket
import sys

import anyio
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.streamable_http import EventMessage, EventStore

server = MCPServer("sdk", instructions="A server for tests.")


@server.tool()
def add(a: int, b: int) -> int:
    """Adds two whole numbers."""
    return a + b


@server.tool()
def echo(text: str) -> str:
    """Gives a text back."""
    return text


@server.tool()
def fail() -> str:
    """Always fails."""
    raise ValueError("it was asked to fail")


@server.tool()
async def broken(context: Context) -> str:
    """Breaks off the stream of its answer first."""
    await context.close_sse_stream()
    await anyio.sleep(0.1)
    return "behind the break"


class KeptEvents(EventStore):
    """Events of all streams, for who comes back."""

    def __init__(self):
        self.events = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events) - 1)

    async def replay_events_after(self, last_event_id, send_callback):
        begin = int(last_event_id)
        stream = self.events[begin][0]
        for number, (other, message) in enumerate(self.events):
            if number > begin and other == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


def serve_http(kind: str) -> None:
    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    # Who reads the port may connect at once.
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    app = server.streamable_http_app(
        stateless_http=kind == "stateless", event_store=KeptEvents() if kind == "resumable" else None, retry_interval=50)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    if sys.argv[1:] == []:
        server.run()
    else:
        serve_http(sys.argv[1])
