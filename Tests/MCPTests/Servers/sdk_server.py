"""A server of the official SDK: over stdio, or over HTTP, where it prints its port first."""
import socket
import sys

from mcp.server.mcpserver import MCPServer

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


def serve_http(stateless: bool) -> None:
    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    # Who reads the port may connect at once.
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    app = server.streamable_http_app(stateless_http=stateless)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    if sys.argv[1:] == []:
        server.run()
    else:
        serve_http(stateless=sys.argv[1] == "stateless")
