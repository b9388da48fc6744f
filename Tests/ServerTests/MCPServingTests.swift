import Base
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MCP
import Testing

@testable import Server

/// Streamable HTTP on real sockets.
@Suite(.timeLimit(.minutes(2))) struct MCPServingTests {
    @Test func `a client that goes away ends what it asked for, and the signal ends the server`() async throws {
        let (ports, found) = AsyncStream<Int>.makeStream()
        let (begins, begun) = AsyncStream<Void>.makeStream()
        let (ends, ended) = AsyncStream<Void>.makeStream()
        let (stops, stop) = AsyncStream<Void>.makeStream()
        let tool = MCPServedTool(name: "endless", summary: "", schema: ["type": "object"], onlyReads: true) { _ in
            begun.yield()
            do { try await Task.sleep(for: .seconds(3600)) } catch {
                ended.yield()
                throw error
            }
            return MCPServedTool.Outcome("never")
        }
        let server = MCPServer(name: "t", version: "1", instructions: "", tools: [tool], check: { _, _ in [] })
        struct Leaves: Error {}
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await runMCP(server, options: ServerOptions(port: 0, verbosity: .errors), stop: stops) {
                    found.yield($0)
                }
                found.finish()
            }
            let port = try #require(await ports.first { _ in true })
            await #expect(throws: Leaves.self) {
                try await TestClient.withClient(host: "localhost", port: port) { client in
                    let request = try Self.call(port)
                    Task { try? await client.execute(request) }
                    _ = await begins.first { _ in true }
                    throw Leaves()
                }
            }
            // Nothing else ends the tool.
            _ = await ends.first { _ in true }
            stop.yield()
            try await group.waitForAll()
        }
    }

    private static func call(_ port: Int) throws -> TestClient.Request {
        let body = """
            {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "endless", "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}}}
            """
        var headers: HTTPFields = [.contentType: "application/json", .accept: "application/json, text/event-stream"]
        for (name, value) in [
            ("mcp-protocol-version", "2026-07-28"), ("mcp-method", "tools/call"), ("mcp-name", "endless"),
        ] { headers[try #require(HTTPField.Name(name))] = value }
        return TestClient.Request(
            "/mcp", method: .post, authority: "localhost:\(port)", headers: headers, body: ByteBuffer(string: body))
    }
}
