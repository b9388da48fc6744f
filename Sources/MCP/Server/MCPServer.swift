package import Base

/// Answers clients of both revisions. It keeps nothing between requests but what a legacy client has agreed on.
package struct MCPServer: Sendable {
    /// Bytes of text that an answer has at most.
    package static let answerBytes = 256 << 10

    private let info: JSONValue
    private let instructions: String
    private let tools: [MCPServedTool]
    private let resources: MCPServedResources?
    /// What is wrong with a call's arguments; empty where nothing is.
    private let check: @Sendable (_ arguments: JSONValue, _ schema: JSONValue) -> [String]

    package init(
        name: String, version: String, instructions: String, tools: [MCPServedTool],
        resources: MCPServedResources? = nil,
        check: @escaping @Sendable (_ arguments: JSONValue, _ schema: JSONValue) -> [String]
    ) {
        info = ["name": .string(name), "version": .string(version)]
        self.instructions = instructions
        self.tools = tools
        self.resources = resources
        self.check = check
    }

    private enum Era {
        case modern
        case legacy
    }

    /// The answer to a request.
    ///
    /// - Parameter hasSession: whether the client said `initialize` before.
    /// - Throws: `CancellationError` alone: then no answer is wanted.
    package func answer(to request: MCPRequest, hasSession: Bool) async throws -> MCPResponse {
        do {
            return MCPResponse(id: request.id, outcome: .success(try await result(of: request, hasSession)))
        } catch let fault as MCPFault {
            return MCPResponse(id: request.id, outcome: .failure(fault))
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            return MCPResponse(
                id: request.id, outcome: .failure(MCPFault(MCPErrorNumber.internalError, sentence(for: error))))
        }
    }

    private func result(of request: MCPRequest, _ hasSession: Bool) async throws -> JSONValue {
        let params = request.params ?? [:]
        switch request.method {
        case "initialize":
            let asked = params["protocolVersion"]?.string ?? ""
            return [
                "protocolVersion": .string(
                    MCPRevision.handshakes.contains(asked) ? asked : MCPRevision.legacy.rawValue),
                "capabilities": capabilities, "serverInfo": info, "instructions": .string(instructions),
            ]
        case "ping" where params["_meta"]?[MCPName.version] == nil: return [:]
        default: break
        }
        let era = try era(of: params, hasSession)
        let result: [String: JSONValue]
        switch request.method {
        case "server/discover" where era == .modern:
            result = [
                "supportedVersions": [.string(MCPRevision.modern.rawValue)], "capabilities": capabilities,
                "instructions": .string(instructions), "ttlMs": 3_600_000, "cacheScope": "private",
            ]
        case "resources/list":
            result = Self.cached(try offered(request).listed(params["cursor"]), era)
        case "resources/templates/list":
            _ = try offered(request)
            result = Self.cached(["resourceTemplates": []], era)
        case "resources/read":
            result = Self.cached(try offered(request).contents(of: params["uri"]?.string ?? ""), era)
        case "tools/list":
            guard params["cursor"] == nil else {
                throw MCPFault(MCPErrorNumber.invalidParams, "There is one page only: leave `cursor` out.")
            }
            result = Self.cached(["tools": .array(tools.map(\.json))], era, milliseconds: 3_600_000)
        case "tools/call": result = try await call(params)
        default:
            throw MCPFault(MCPErrorNumber.methodNotFound, "Neo does not offer \(request.method.prefix(60)).")
        }
        guard era == .modern else { return .object(result) }
        return .object(result.merging(["resultType": "complete", "_meta": [MCPName.server: info]]) { own, _ in own })
    }

    private var capabilities: JSONValue { resources == nil ? ["tools": [:]] : ["tools": [:], "resources": [:]] }

    private func offered(_ request: MCPRequest) throws(MCPFault) -> MCPServedResources {
        guard let resources else {
            throw MCPFault(MCPErrorNumber.methodNotFound, "Neo does not offer \(request.method.prefix(60)).")
        }
        return resources
    }

    /// A result, and for how long a client of the present revision may keep it.
    private static func cached(
        _ result: [String: JSONValue], _ era: Era, milliseconds: Int = 0
    ) -> [String: JSONValue] {
        guard era == .modern else { return result }
        return result.merging(["ttlMs": .integer(milliseconds), "cacheScope": "private"]) { $1 }
    }

    private func era(of params: JSONValue, _ hasSession: Bool) throws(MCPFault) -> Era {
        guard let version = params["_meta"]?[MCPName.version]?.string else {
            if hasSession { return .legacy }
            throw MCPFault(
                MCPErrorNumber.invalidParams,
                "Every request says in `_meta` which revision it is of (\(MCPName.version)), or `initialize` comes first."
            )
        }
        guard version == MCPRevision.modern.rawValue else {
            throw MCPFault(
                MCPErrorNumber.unsupportedVersion, "Revision \(version.prefix(40)) is not spoken here.",
                data: ["supported": [.string(MCPRevision.modern.rawValue)], "requested": .string(version)])
        }
        guard params["_meta"]?[MCPName.capabilities]?.object != nil else {
            throw MCPFault(
                MCPErrorNumber.invalidParams,
                "Every request says in `_meta` what the client can (\(MCPName.capabilities)).")
        }
        return .modern
    }

    private func call(_ params: JSONValue) async throws -> [String: JSONValue] {
        let name = params["name"]?.string ?? ""
        guard let tool = tools.first(where: { $0.name == name }) else {
            throw MCPFault(
                MCPErrorNumber.invalidParams,
                "There is no tool \"\(name.prefix(60))\". There are: \(tools.map(\.name).joined(separator: ", ")).")
        }
        guard let arguments = (params["arguments"] ?? [:]).object else {
            throw MCPFault(MCPErrorNumber.invalidParams, "The arguments of \(name) are no JSON object.")
        }
        let problems = check(.object(arguments), tool.schema)
        // Models repair what they are told of: so it is a result, and no error of the protocol.
        let outcome =
            problems.isEmpty
            ? try await tool.run(arguments)
            : MCPServedTool.Outcome(
                "The arguments of \(name) do not have the right form: \(problems.joined(separator: "; ")).",
                isError: true)
        var text = outcome.text
        if text.utf8.count > Self.answerBytes {
            text = String(decoding: text.utf8.prefix(Self.answerBytes), as: UTF8.self) + "\n(cut: the answer is longer)"
        }
        return ["content": [["type": "text", "text": .string(text)]], "isError": .bool(outcome.isError)]
    }
}
