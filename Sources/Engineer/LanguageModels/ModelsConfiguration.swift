package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The language models of this user, for all projects: what `config.yaml` says.
///
/// Without the file there is one endpoint, `local`, for models that run on this machine.
package struct ModelsConfiguration: Sendable, Hashable {
    /// The endpoints by name; `local` is always among them.
    package var endpoints: [String: EndpointEntry]
    /// Who does what.
    package var roles: [ModelRole: ModelReference]
    /// What models cost, by `endpoint/model`.
    package var prices: [String: PriceEntry]
    /// `permissions`, `hooks`, `trusted` and `mcp`, as they are written: for agents, which read them.
    package var agents: [String: JSONValue] = [:]
    /// The file that says so, for messages.
    package var path: String

    /// A configuration; the endpoint `local` is added.
    package init(
        endpoints: [String: EndpointEntry] = [:], roles: [ModelRole: ModelReference] = [:],
        prices: [String: PriceEntry] = [:], path: String
    ) {
        self.endpoints = endpoints
        if endpoints[ModelReference.localEndpoint] == nil {
            self.endpoints[ModelReference.localEndpoint] = EndpointEntry(.local)
        }
        self.roles = roles
        self.prices = prices
        self.path = path
    }

    /// `$NEO_HOME/config.yaml`, `$XDG_CONFIG_HOME/neo/config.yaml` or `~/.config/neo/config.yaml`.
    package static func standardPath(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let home = value("NEO_HOME") { return home + "/config.yaml" }
        let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        return (value("XDG_CONFIG_HOME") ?? home + "/.config") + "/neo/config.yaml"
    }

    /// Reads the file of this machine; what holds without one, where there is none.
    ///
    /// - Throws: `EngineerError` with file, line and remedy.
    package static func read(_ environment: [String: String]) throws(EngineerError) -> ModelsConfiguration {
        let path = standardPath(environment)
        guard FileManager.default.fileExists(atPath: path) else { return ModelsConfiguration(path: path) }
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else {
            throw EngineerError(
                code: .invalidConfiguration,
                message: "\(path) cannot be read as text. Check its rights, and that it is UTF-8.")
        }
        return try ModelsConfiguration(yaml: text, path: path)
    }

    /// The model that a text names: a role, `ENDPOINT/MODEL`, or a model of this machine.
    ///
    /// - Throws: `EngineerError` where a role has no model.
    package func reference(_ text: String) throws(EngineerError) -> ModelReference {
        if let role = ModelRole(rawValue: text) {
            guard let reference = roles[role] else {
                throw EngineerError(
                    code: .invalidConfiguration,
                    message: "No model has the role \(text). Say which one in \(path): "
                        + "`roles: {\(text): ENDPOINT/MODEL}`, such as `local/smollm2-135m-instruct`.")
            }
            return reference
        }
        return ModelReference(text, endpoints: endpoints.keys)
    }

    /// The endpoint of a model.
    ///
    /// - Throws: `EngineerError` with the nearest name where there is none.
    package func endpoint(_ name: String) throws(EngineerError) -> EndpointEntry {
        if let entry = endpoints[name] { return entry }
        let hint = nearest(to: name, in: endpoints.keys).map { " Did you mean \"\($0)\"?" } ?? ""
        let known = endpoints.keys.sorted().joined(separator: ", ")
        throw EngineerError(
            code: .invalidConfiguration,
            message: "No endpoint is called \"\(name)\".\(hint) \(path) knows \(known).")
    }
}
