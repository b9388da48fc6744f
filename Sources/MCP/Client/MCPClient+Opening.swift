internal import Base

/// The two ways in which a connection begins.
extension MCPClient {
    /// The modern way; nil where the server knows nothing of it.
    func discover() async throws -> MCPServerFacts? {
        do {
            let answer = try await exchange("server/discover", [:], .modern, seconds: min(setting.seconds, 10))
            return try MCPServerFacts(discovered: answer)
        } catch is MCPFault {
            return nil
        } catch let error as MCPError {
            switch error.code {
            // Programs that wait for `initialize` first may say nothing at all, or end.
            case .late, .status, .form: return nil
            case .unreachable where !transport.answersWithin: return nil
            default: throw error
            }
        }
    }

    /// The way of 2025-11-25.
    func initialize(mayBeModern: Bool) async throws -> (MCPServerFacts, String) {
        let params: JSONValue = [
            "protocolVersion": .string(MCPRevision.legacy.rawValue), "capabilities": answerer.capabilities,
            "clientInfo": Self.info,
        ]
        do {
            let answer = try await exchange("initialize", params, nil, seconds: setting.seconds)
            let facts = try MCPServerFacts(initialized: answer)
            let version = answer["protocolVersion"]?.string ?? MCPRevision.legacy.rawValue
            let note = MCPMessage.notification(MCPNotification(method: "notifications/initialized"))
            try await transport.send(MCPOutgoing(note, revision: .legacy, version: version), inbox)
            return (facts, version)
        } catch let fault as MCPFault {
            // What was remembered may be of an earlier version of the server.
            if mayBeModern, let facts = try await discover() { return (facts, MCPRevision.modern.rawValue) }
            throw refusal(fault, of: "initialize")
        }
    }
}
