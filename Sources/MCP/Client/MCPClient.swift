package import Base

/// A server while it is used.
///
/// Nothing that a server says is believed: answers are matched by id, have a bound and a time limit, and must have the
/// form that the protocol gives them.
///
/// ```swift
/// let tools = try await MCPClient.with(setting) { client in
///     try await client.tools()
/// }
/// ```
package actor MCPClient {
    /// How Neo introduces itself.
    static let info: JSONValue = ["name": "neo", "version": "0.1.0"]
    private static let mostPages = 100
    private static let mostTools = 1_000
    private static let mostRounds = 8

    package nonisolated let setting: MCPServerSetting
    nonisolated let transport: any MCPTransport
    nonisolated let inbox: MCPInbox
    nonisolated let answerer: MCPAnswerer
    private nonisolated let memory: MCPEraMemory
    private nonisolated let gate = SerialGate()
    /// What was agreed, with which start of the server.
    private var agreed: (facts: MCPServerFacts, version: String, generation: Int)?
    private var nextID = 0
    private var list: MCPToolList?

    init(
        _ setting: MCPServerSetting, _ transport: any MCPTransport, _ inbox: MCPInbox, _ answerer: MCPAnswerer,
        _ memory: MCPEraMemory
    ) {
        self.setting = setting
        self.transport = transport
        self.inbox = inbox
        self.answerer = answerer
        self.memory = memory
    }

    /// What came that nobody had asked for.
    package nonisolated var figures: MCPInbox.Figures { inbox.figures }

    /// Opens a connection while `body` works.
    ///
    /// - Parameters:
    ///   - transport: the way to the server.
    ///   - answerer: answers what the server asks the user.
    ///   - memory: which revision it speaks, as far as that is known.
    package static func with<Result: Sendable>(
        _ setting: MCPServerSetting, over transport: any MCPTransport, answerer: MCPAnswerer = .nobody,
        memory: MCPEraMemory = MCPEraMemory(folder: nil),
        _ body: @escaping @Sendable (MCPClient) async throws -> Result
    ) async throws -> Result {
        let inbox = MCPInbox()
        let client = MCPClient(setting, transport, inbox, answerer, memory)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await transport.run(inbox)
                return nil
            }
            group.addTask {
                await client.answerRequests()
                return nil
            }
            group.addTask {
                do {
                    let result = try await body(client)
                    await transport.finish()
                    return result
                } catch {
                    await transport.finish()
                    throw error
                }
            }
            defer { group.cancelAll() }
            while let next = try await group.next() { if let next { return next } }
            throw CancellationError()
        }
    }

    /// Answers what a legacy server asks, one after the other.
    private nonisolated func answerRequests() async {
        for await request in inbox.requests {
            let outcome = await answerer.answer(request.method, request.params ?? [:])
            let message = MCPMessage.response(MCPResponse(id: request.id, outcome: outcome))
            try? await transport.send(MCPOutgoing(message, revision: .legacy), inbox)
        }
    }

    // MARK: What a server can be asked

    /// What the server says of itself.
    package func facts() async throws -> MCPServerFacts { try await open().facts }

    /// All its tools, page by page. Asked for once: what a session was told stays.
    package func tools() async throws -> MCPToolList {
        if let list { return list }
        var found = MCPToolList()
        var names: Set<String> = []
        var cursors: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.mostPages {
            let page = try await request(
                "tools/list", cursor.map { ["cursor": .string($0)] } ?? [:])
            guard let tools = page["tools"]?.array else {
                throw MCPError(.form, "The server \(setting.name) lists no `tools`.")
            }
            for json in tools.prefix(Self.mostTools - found.tools.count) {
                do throws(MCPError) {
                    let tool = try MCPTool(json)
                    guard names.insert(tool.name).inserted else {
                        found.remarks.append("\(setting.name) lists the tool \(tool.name) twice: the first counts.")
                        continue
                    }
                    found.remarks += tool.schema.remarks.map { "The schema of \(setting.name)'s \(tool.name) \($0)." }
                    found.tools.append(tool)
                } catch { found.remarks.append("\(setting.name): \(error.message)") }
            }
            guard let next = page["nextCursor"]?.string else {
                list = found
                return found
            }
            guard found.tools.count < Self.mostTools, next.utf8.count <= 4_096, cursors.insert(next).inserted else {
                break
            }
            cursor = next
        }
        found.remarks.append(
            "\(setting.name) lists its tools without end: \(found.tools.count) of them are used.")
        list = found
        return found
    }

    /// Calls a tool.
    ///
    /// - Throws: `MCPError` where there is no answer, or none of the right form. That a tool failed is a result.
    package func call(_ name: String, _ arguments: JSONValue) async throws -> MCPToolResult {
        let listed = list?.tool(name)
        var params: [String: JSONValue] = ["name": .string(name), "arguments": arguments]
        for round in 0..<Self.mostRounds {
            let result = try await request(
                "tools/call", .object(params), parameters: listed?.headers(for: arguments) ?? [:])
            guard result["resultType"]?.string == "input_required" else { return try MCPToolResult(result) }
            params["inputResponses"] = try await responses(to: result)
            params["requestState"] = result["requestState"]
            // Who only asks for time is given some.
            if result["inputRequests"] == nil { try await Task.sleep(for: .milliseconds(100 << round)) }
        }
        throw MCPError(
            .form, "The server \(setting.name) asked \(Self.mostRounds) times for more before it answered \(name).")
    }

    private func responses(to result: JSONValue) async throws -> JSONValue? {
        guard let requests = result["inputRequests"]?.object else { return nil }
        guard requests.count <= 16 else {
            throw MCPError(.form, "The server \(setting.name) asks for \(requests.count) things at once.")
        }
        var responses: [String: JSONValue] = [:]
        for (key, request) in requests.sorted(by: { $0.key < $1.key }) {
            switch await answerer.answer(request["method"]?.string ?? "", request["params"] ?? [:]) {
            case .success(let answer): responses[key] = answer
            case .failure(let fault): throw MCPError(.form, "The server \(setting.name): \(fault.message)")
            }
        }
        return .object(responses)
    }

    // MARK: Requests

    func request(
        _ method: String, _ params: JSONValue, parameters: [String: String] = [:]
    ) async throws -> JSONValue {
        let (facts, version) = try await open()
        do {
            return try await exchange(
                method, params, facts.revision, version: version, parameters: parameters, seconds: setting.seconds)
        } catch let fault as MCPFault {
            throw refusal(fault, of: method)
        }
    }

    nonisolated func refusal(_ fault: MCPFault, of method: String) -> MCPError {
        MCPError(
            .refused(fault.number),
            "The server \(setting.name) answers \(method) with an error (\(fault.number)): "
                + fault.message.prefix(500))
    }

    /// Finds out which revision the server speaks, and agrees on it; again where it was started anew.
    private func open() async throws -> (facts: MCPServerFacts, version: String) {
        await gate.enter()
        do {
            let opened = try await openAlone()
            await gate.leave()
            return opened
        } catch {
            await gate.leave()
            throw error
        }
    }

    private func openAlone() async throws -> (facts: MCPServerFacts, version: String) {
        if let agreed, agreed.generation == transport.generation { return (agreed.facts, agreed.version) }
        let known = agreed?.facts.revision ?? memory.revision(of: setting)
        let facts: MCPServerFacts
        var version = MCPRevision.modern.rawValue
        if known != .legacy, let found = try await discover() {
            facts = found
        } else {
            (facts, version) = try await initialize(mayBeModern: known == .legacy)
        }
        memory.remember(facts.revision, of: setting)
        agreed = (facts, version, transport.generation)
        return (facts, version)
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: `MCPFault` where the server answers with an error; `MCPError` where it does not answer.
    func exchange(
        _ method: String, _ params: JSONValue, _ revision: MCPRevision?, version: String = MCPRevision.legacy.rawValue,
        parameters: [String: String] = [:], seconds: Double
    ) async throws -> JSONValue {
        nextID += 1
        let id = "neo-\(nextID)"
        var members = params.object ?? [:]
        if revision == .modern {
            members["_meta"] = [
                MCPName.version: .string(MCPRevision.modern.rawValue), MCPName.client: Self.info,
                MCPName.capabilities: answerer.capabilities,
            ]
        }
        var outgoing = MCPOutgoing(
            .request(MCPRequest(id: .string(id), method: method, params: .object(members))), revision: revision,
            version: version)
        outgoing.parameters = parameters
        do {
            return try await Self.exchange(outgoing, id, transport, inbox, setting.name, method, seconds)
        } catch {
            let isOver = if let error = error as? MCPError { error.code == .late } else { error is CancellationError }
            // Over HTTP, the connection that is closed says so.
            if isOver, method != "initialize", !transport.answersWithin || revision == .legacy {
                await tell(cancelled: id, revision, version)
            }
            throw error
        }
    }

    /// Says that an answer is not wanted any more, also where this task is cancelled.
    private func tell(cancelled id: String, _ revision: MCPRevision?, _ version: String) async {
        let note = MCPNotification(method: "notifications/cancelled", params: ["requestId": .string(id)])
        try? await transport.send(MCPOutgoing(.notification(note), revision: revision, version: version), inbox)
    }

    private static func exchange(
        _ outgoing: MCPOutgoing, _ id: String, _ transport: any MCPTransport, _ inbox: MCPInbox, _ name: String,
        _ method: String, _ seconds: Double
    ) async throws -> JSONValue {
        inbox.open(id)
        defer { inbox.close(id) }
        return try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            group.addTask {
                try await transport.send(outgoing, inbox)
                if transport.answersWithin {
                    inbox.fail(id, MCPError(.form, "The server \(name) answered \(method) with nothing."))
                }
                return nil
            }
            group.addTask { try await inbox.answer(to: id) }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw MCPError(
                    .late,
                    "The server \(name) did not answer \(method) within \(JSONValue.number(seconds).canonicalText) s.")
            }
            defer { group.cancelAll() }
            while let next = try await group.next() { if let next { return next } }
            throw CancellationError()
        }
    }
}
