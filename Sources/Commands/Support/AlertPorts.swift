internal import Base
internal import Engineer
internal import Notifications
internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The ways to tell somebody of an alert, as this machine has them.
struct AlertPorts: Sendable {
    let project: Project
    let environment: [String: String]

    init(_ project: Project, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.project = project
        self.environment = environment
    }

    /// Sends one message.
    func deliver(_ channel: AlertChannel, _ message: JSONValue) async throws {
        switch channel.kind {
        case .webhook(let url, let headers):
            var secrets: [String: Secret] = [:]
            for (name, variable) in headers { secrets[name] = try secret(variable, channel) }
            let exchange = HTTPExchange(
                url: url, headers: secrets, timeLimitSeconds: channel.timeLimitSeconds, environment: environment)
            let reply = try await exchange.send(message)
            guard (200..<300).contains(reply.status) else {
                throw NotificationError(.refused, "\(exchange.origin) answered \(reply.status).")
            }
        case .mail(let server, let from, let to, let user, let password):
            let name = try user.map { try secret($0, channel).reveal { $0 } }
            let mail = MailMessage(
                from: from, to: to, subject: AlertMessage.subject(message), text: AlertMessage.text(message),
                date: Date(), id: UUID().uuidString.lowercased())
            try await MailServer(server, user: name, password: try password.map { try secret($0, channel) })
                .send(mail, timeLimitSeconds: channel.timeLimitSeconds)
        case .command(let words, let isOutsideWalls):
            try await run(words, isOutsideWalls, channel, message)
        }
    }

    private func run(
        _ words: [String], _ isOutsideWalls: Bool, _ channel: AlertChannel, _ message: JSONValue
    ) async throws {
        let (program, arguments) = (words.first ?? "", Array(words.dropFirst()))
        let input = message.canonicalText + "\n"
        let result: ChildProcess.Result
        if isOutsideWalls {
            result = try await ChildProcess(
                executable: program, arguments: arguments, directory: project.folder, input: input,
                outputLimit: 64 << 10, timeLimitSeconds: channel.timeLimitSeconds
            ).run()
        } else {
            let folder = URL(filePath: project.folder).resolvingSymlinksInPath().path
            var process = ConfinedProcess(executable: program, arguments: arguments, environment: environment)
            process.reason = "is a program that neo.yaml names"
            process.directory = folder
            process.readable = [folder]
            process.workspaces = [folder]
            process.hidden = ["\(folder)/.neo", "\(folder)/.git"].filter { FileManager.default.fileExists(atPath: $0) }
            process.input = input
            process.outputLimit = 64 << 10
            process.timeLimitSeconds = channel.timeLimitSeconds
            result = try await process.run()
        }
        guard result.status == 0 else {
            let complaint =
                result.errorOutput.split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(200))" } ?? ""
            throw NotificationError(
                .refused, "The program \(program) ended with code \(result.status)\(Terminal.harmless(complaint)).")
        }
    }

    private func secret(_ variable: String, _ channel: AlertChannel) throws(NotificationError) -> Secret {
        let value = environment[variable] ?? ""
        // What else is in there would end a header, or begin another one.
        guard let secret = Secret(value), value.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) else {
            throw NotificationError(
                .unusable,
                "neo.yaml says that a secret of the channel \(channel.name) is in the environment variable \(variable), "
                    + "which \(value.isEmpty ? "is not set" : "holds characters that it may not have").")
        }
        return secret
    }
}
