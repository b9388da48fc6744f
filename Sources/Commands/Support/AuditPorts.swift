internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients
internal import RAG
internal import Server

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MachineLanguageModels {
    /// Who writes the answers of an audit; nil for quotes.
    func auditedGenerator(_ text: String?) async throws -> Generator? {
        guard let text, case .written(let generator) = try await answering(text) else { return nil }
        return generator
    }
}

extension AuditSession.Ports {
    /// This machine's model store, and a service: the one at an address, else one that is started for the purpose.
    static func machine(url: String?, onStep: @escaping @Sendable (String) -> Void) -> AuditSession.Ports {
        let store = ModelStore.machine
        let token = ProcessInfo.processInfo.environment["NEO_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return AuditSession.Ports(
            model: { name in
                guard let entry = try? store.catalogue.entry(name) else { return nil }
                let weights =
                    entry.files.first { $0.path.hasSuffix(".safetensors") } ?? entry.files.max { $0.size < $1.size }
                return Audit.Component(
                    kind: "model", name: entry.name, version: entry.revision, licence: entry.licence,
                    digest: weights?.hash.hex)
            },
            service: { service in
                guard let url else { return try await ownService(service) }
                var outcome = try await look(at: url, token: token)
                outcome.unchecked.append(
                    "The limit of requests a minute: somebody uses the service at \(url), and would be locked out with the "
                        + "audit. Without --url it is tried on a service of its own.")
                return outcome
            },
            onStep: onStep)
    }

    private static func look(at url: String, token: String?) async throws -> ServiceAudit.Outcome {
        do {
            return try await ServiceClient.with(url) { client in
                try await ServiceAudit.look(at: url, token: token) { try await client.reply(to: $0) }
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw EngineerError(
                code: .invalidRequest,
                message: "The service at \(url) does not answer: \(error). Start it, or leave --url out.")
        }
    }

    /// Serves on this machine with a token that nobody knows, and again with a low limit of requests.
    private static func ownService(_ service: LiveService) async throws -> ServiceAudit.Outcome {
        let token = ContentHash(of: "\(UInt64.random(in: 0...(.max))) \(UInt64.random(in: 0...(.max)))").hex
        var options = ServerOptions(port: 0, token: Secret(token), verbosity: .errors)
        options.shutdownSeconds = 5
        var outcome = try await withServer(service: service, options: options) { port in
            try await look(at: "http://127.0.0.1:\(port)", token: token)
        }
        options.requestsPerMinutePerClient = 10
        let limited = try await withServer(service: service, options: options) { port in
            try await ServiceClient.with("http://127.0.0.1:\(port)") { client in
                try await ServiceAudit.rate(limit: 10, token: token) { try await client.reply(to: $0) }
            }
        }
        outcome.checks += limited.checks
        outcome.findings += limited.findings
        return outcome
    }
}

extension ServiceClient {
    /// What comes back.
    func reply(to request: ServiceAudit.Request) async throws -> ServiceAudit.Reply {
        let reply = try await send(request.method, request.path, headers: request.headers, body: request.body)
        return ServiceAudit.Reply(status: reply.status, headers: reply.headers, body: reply.body)
    }
}
