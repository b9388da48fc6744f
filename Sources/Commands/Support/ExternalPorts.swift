internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients
internal import RAG

extension Workspace {
    /// Systems that are not Neo's, as this machine reaches them: over HTTP, or by starting a program.
    static func externals(environment: [String: String], proxies: ProxySettings) -> External {
        { setting, folder, body in
            switch setting.source {
            case .url(let url):
                var endpoint = PipelineEndpoint(
                    url: url, timeLimitSeconds: setting.timeLimitSeconds, replyBytes: ExternalReply.byteLimit)
                for (header, variable) in setting.headers {
                    endpoint.headers[header] = try secret(variable, for: setting, environment)
                }
                try await PipelineClient.with(endpoint, proxies: proxies) { client in
                    try await body { String(decoding: try await client.ask($0), as: UTF8.self) }
                }
            case .command(let words):
                let command = try ExternalCommand(setting, words, folder: folder, environment: environment)
                try await body { try await command.ask($0) }
            }
        }
    }

    private static func secret(
        _ variable: String, for setting: ExternalSetting, _ environment: [String: String]
    ) throws(EndpointError) -> Secret {
        let value = environment[variable] ?? ""
        // What else is in there would end the header, or begin another one.
        guard let secret = Secret(value), value.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) else {
            throw EndpointError(
                .settings,
                "neo.yaml says that a header for the external system \(setting.name) is in the environment variable "
                    + "\(variable), which \(value.isEmpty ? "is not set" : "holds characters that no header may have")."
            )
        }
        return secret
    }
}
