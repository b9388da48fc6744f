internal import Base
internal import Engineer

/// Reads what endpoints are shown from where `config.yaml` says that it is.
struct EndpointSecrets {
    /// The file that says so, for messages.
    let path: String
    let environment: [String: String]

    /// The key of an endpoint; nil where it has none.
    ///
    /// - Throws: a sentence where it has one that is not there.
    func key(of name: String, _ entry: EndpointEntry) throws -> Secret? {
        switch entry.key {
        case nil: nil
        case .variable(let variable): try secret(variable, "The key of \(name)")
        case .file(let path): try SecretFile.read(path, for: name)
        }
    }

    /// The further headers of an endpoint.
    func headers(of name: String, _ entry: EndpointEntry) throws -> [String: Secret] {
        var headers: [String: Secret] = [:]
        for (header, variable) in entry.headers {
            headers[header] = try secret(variable, "The header \(header) of \(name)")
        }
        return headers
    }

    private func secret(_ variable: String, _ what: String) throws(EngineerError) -> Secret {
        guard let secret = environment[variable].flatMap({ Secret($0) }) else {
            throw EngineerError(
                code: .invalidConfiguration,
                message: "\(what) is in the environment variable \(variable), which is not set (\(path)).")
        }
        return secret
    }
}
