internal import Base
internal import Downloads

/// Reads where a kind of telemetry goes: its own variables go before those for all kinds.
struct DestinationReader {
    /// What a variable says; nil where it is not set, or empty.
    let value: (String) -> String?

    /// The destination of a signal; nil where there is none.
    ///
    /// - Parameter path: what stands behind an address that is one for all kinds.
    func destination(of signal: String, path: String) throws(TelemetryExportError) -> ExportSettings.Destination? {
        guard value("OTEL_\(signal)_EXPORTER")?.lowercased() != "none",
            let (name, text) = setting(signal, "ENDPOINT")
        else { return nil }
        let isOwn = name.contains(signal)
        let url = isOwn ? text : text.droppingTrailingSlashes + path
        guard let address = try? Address(url) else {
            throw TelemetryExportError(
                .settings, "\(name) is no http or https address; write, for example, http://127.0.0.1:4318.")
        }
        let headers = try headers(signal)
        if !headers.isEmpty, !address.mayCarrySecrets {
            throw TelemetryExportError(
                .settings,
                "\(name) is not encrypted, so the headers for \(address.origin) could be read on the way; use https, "
                    + "or give no headers.")
        }
        return ExportSettings.Destination(
            address: address, format: try format(signal), headers: headers, seconds: try seconds(signal))
    }

    private func setting(_ signal: String, _ name: String) -> (name: String, value: String)? {
        for variable in ["OTEL_EXPORTER_OTLP_\(signal)_\(name)", "OTEL_EXPORTER_OTLP_\(name)"] {
            if let value = value(variable) { return (variable, value) }
        }
        return nil
    }

    private func format(_ signal: String) throws(TelemetryExportError) -> ExportSettings.Format {
        guard let (name, text) = setting(signal, "PROTOCOL") else { return .protobuf }
        guard let format = ExportSettings.Format(rawValue: text) else {
            throw TelemetryExportError(
                .settings,
                "\(name) asks for a protocol that Neo does not speak; write http/protobuf or http/json, and mind that a "
                    + "collector listens for them on another port than for gRPC (4318).")
        }
        return format
    }

    private func headers(_ signal: String) throws(TelemetryExportError) -> [String: Secret] {
        guard let (name, text) = setting(signal, "HEADERS") else { return [:] }
        var headers: [String: Secret] = [:]
        for (key, value) in try KeyValueList.read(text, of: name) {
            let isName = !key.isEmpty && key.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
            guard isName, let secret = Secret(value), value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw TelemetryExportError(.settings, "\(name) holds characters that no header may have.")
            }
            headers[key] = secret
        }
        return headers
    }

    private func seconds(_ signal: String) throws(TelemetryExportError) -> Double {
        guard let (name, text) = setting(signal, "TIMEOUT") else { return 10 }
        guard let milliseconds = Int(text), (1...600_000).contains(milliseconds) else {
            throw TelemetryExportError(.settings, "\(name) must be milliseconds, from 1 to 600000.")
        }
        return Double(milliseconds) / 1000
    }
}

extension String {
    fileprivate var droppingTrailingSlashes: String {
        var text = self[...]
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
    }
}
