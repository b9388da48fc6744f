internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DoctorCheck {
    /// What is wrong with `config.yaml`. Nothing is asked over the network: whether an endpoint answers,
    /// `neo models test` finds out.
    ///
    /// - Parameter localProblem: why a model of this machine cannot write; nil where it can.
    package static func models(
        _ environment: [String: String], localProblem: (String) -> String?
    ) -> [DoctorCheck] {
        let path = ModelsConfiguration.standardPath(environment)
        guard FileManager.default.fileExists(atPath: path) else {
            return [
                DoctorCheck(
                    name: "config.yaml", passed: false,
                    detail: "\(path) is not there; needed for models that are served elsewhere", isOptional: true)
            ]
        }
        let configuration: ModelsConfiguration
        do {
            configuration = try ModelsConfiguration.read(environment)
        } catch {
            // Every command that may ask a model reads it first.
            return [DoctorCheck(name: "config.yaml", passed: false, detail: error.message, remedy: "edit \(path)")]
        }
        return [DoctorCheck(name: "config.yaml", passed: true, detail: path)]
            + configuration.endpoints.sorted { $0.key < $1.key }.filter { $0.value.api != .local }
            .map { endpoint($0.key, $0.value, environment) }
            + ModelRole.allCases.compactMap { role in
                configuration.roles[role].map { Self.role(role, $0, configuration, localProblem) }
            } + configuration.prices.keys.sorted().compactMap { price($0, configuration) }
    }

    /// Whether what an endpoint is shown can be had.
    private static func endpoint(
        _ name: String, _ entry: EndpointEntry, _ environment: [String: String]
    ) -> DoctorCheck {
        func check(_ detail: String, remedy: String?, isOptional: Bool = true) -> DoctorCheck {
            DoctorCheck(
                name: "endpoint \(name)", passed: remedy == nil, detail: detail, remedy: remedy, isOptional: isOptional)
        }
        var variables = entry.headers.values.sorted()
        switch entry.key {
        case .variable(let variable): variables.insert(variable, at: 0)
        case .file(let file):
            do throws(EngineerError) {
                _ = try SecretFile.read(file, for: name)
            } catch {
                // What others can read is a leak, whoever uses it.
                let isLeak = SecretFile.isReadByOthers(file)
                let remedy = isLeak ? "chmod 600 \(file)" : "write the key into \(file), with mode 600"
                return check(error.message, remedy: remedy, isOptional: !isLeak)
            }
        case nil: break
        }
        if let missing = variables.first(where: { environment[$0].flatMap { Secret($0) } == nil }) {
            return check("\(missing) is not set", remedy: "export \(missing)=…")
        }
        if let file = entry.certificates.map({ Project.absolute($0) }),
            !FileManager.default.isReadableFile(atPath: file)
        {
            return check("the certificates \(file) cannot be read", remedy: "correct `certificates` of \(name)")
        }
        return check(entry.url ?? "", remedy: nil)
    }

    private static func role(
        _ role: ModelRole, _ reference: ModelReference, _ configuration: ModelsConfiguration,
        _ localProblem: (String) -> String?
    ) -> DoctorCheck {
        var check = DoctorCheck(name: "role \(role.rawValue)", passed: true, detail: "\(reference)")
        guard configuration.endpoints[reference.endpoint]?.api == .local, let problem = localProblem(reference.model)
        else { return check }
        check.passed = false
        if let sentence = unknownEndpoint(reference, configuration) {
            check.detail = sentence
            check.remedy = "correct `roles` in \(configuration.path)"
        } else {
            check.detail = problem
            check.isOptional = true
        }
        return check
    }

    /// A price that no model has.
    private static func price(_ name: String, _ configuration: ModelsConfiguration) -> DoctorCheck? {
        let reference = ModelReference(name, endpoints: configuration.endpoints.keys)
        guard let sentence = unknownEndpoint(reference, configuration) else { return nil }
        return DoctorCheck(
            name: "price \(name)", passed: false, detail: sentence,
            remedy: "correct `prices` in \(configuration.path)", isOptional: true)
    }

    /// What stands before a slash and names no endpoint; nil where there is no slash, or the Hub's model is meant.
    private static func unknownEndpoint(_ reference: ModelReference, _ configuration: ModelsConfiguration) -> String? {
        guard reference.endpoint == ModelReference.localEndpoint, !reference.model.hasSuffix(".gguf"),
            let name = reference.model.split(separator: "/", maxSplits: 1).first.map(String.init),
            name != reference.model
        else { return nil }
        do throws(EngineerError) {
            _ = try configuration.endpoint(name)
            return nil
        } catch {
            return error.message
        }
    }
}
