package import Base
package import Downloads

/// Where telemetry goes, as OpenTelemetry's variables of the environment say
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
package struct ExportSettings: Sendable {
    /// How requests are written.
    package enum Format: String, Sendable, CaseIterable {
        case protobuf = "http/protobuf"
        case json = "http/json"

        var contentType: String { self == .json ? "application/json" : "application/x-protobuf" }
    }

    /// Where one kind of telemetry goes.
    package struct Destination: Sendable {
        /// The whole address.
        package var address: Address
        package var format: Format
        /// Headers of each request; they may hold keys.
        package var headers: [String: Secret]
        /// How long a request may take, with all its tries.
        package var seconds: Double
    }

    /// Where spans go; nil where nobody wants them.
    package var traces: Destination?
    /// Where metrics go; nil where nobody wants them.
    package var metrics: Destination?
    /// What the program says of itself.
    package var resource: [String: String]
    /// Whether what was said goes with it.
    package var capturesContent: Bool
    /// Neo's version.
    package var version: String
    /// The proxies of the environment.
    package var proxies: ProxySettings

    /// The settings; nil where no collector is named, or telemetry is turned off.
    ///
    /// - Throws: `TelemetryExportError` that names the variable; values that may hold keys are not repeated.
    package init?(environment: [String: String], version: String) throws(TelemetryExportError) {
        func value(_ name: String) -> String? {
            environment[name].map { $0.trimmingSpaces }.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard value("OTEL_SDK_DISABLED")?.lowercased() != "true" else { return nil }
        let reader = DestinationReader(value: value)
        traces = try reader.destination(of: "TRACES", path: "/v1/traces")
        metrics = try reader.destination(of: "METRICS", path: "/v1/metrics")
        guard traces != nil || metrics != nil else { return nil }
        var resource = try KeyValueList.read(value("OTEL_RESOURCE_ATTRIBUTES"), of: "OTEL_RESOURCE_ATTRIBUTES")
        resource["service.name"] = value("OTEL_SERVICE_NAME") ?? resource["service.name"] ?? "neo"
        resource["service.version"] = resource["service.version"] ?? version
        resource["telemetry.sdk.language"] = "swift"
        resource["telemetry.sdk.name"] = "neo"
        resource["telemetry.sdk.version"] = version
        self.resource = resource
        capturesContent = value("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT")?.lowercased() == "true"
        self.version = version
        proxies = ProxySettings(environment: environment)
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
