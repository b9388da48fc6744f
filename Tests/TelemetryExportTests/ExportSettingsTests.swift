import Base
import Downloads
import Testing

@testable import TelemetryExport

@Suite struct ExportSettingsTests {
    private static func settings(_ environment: [String: String]) throws -> ExportSettings? {
        try ExportSettings(environment: environment, version: "1.2.3")
    }

    @Test(arguments: [
        [:], ["OTEL_EXPORTER_OTLP_ENDPOINT": " "],
        ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_SDK_DISABLED": "TRUE"],
        [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_TRACES_EXPORTER": "none",
            "OTEL_METRICS_EXPORTER": "none",
        ],
    ])
    func `Without a collector, or turned off, there is none`(environment: [String: String]) throws {
        #expect(try Self.settings(environment) == nil)
    }

    @Test func `One address is for all kinds, and a kind's own goes before it`() throws {
        let one = try #require(try Self.settings(["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example:9/otel/"]))
        #expect(one.traces?.address.url == "https://c.example:9/otel/v1/traces")
        #expect(one.metrics?.address.url == "https://c.example:9/otel/v1/metrics")
        #expect(one.traces?.format == .protobuf && one.traces?.seconds == 10 && !one.capturesContent)
        let own = try #require(
            try Self.settings([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:6006/in",
                "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL": "http/protobuf",
                "OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Basic%20YTpi,x-a = 1", "OTEL_METRICS_EXPORTER": "none",
                "OTEL_EXPORTER_OTLP_TIMEOUT": "2500", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "true",
            ]))
        #expect(own.traces?.address.url == "http://127.0.0.1:6006/in")
        #expect(own.metrics == nil && own.traces?.format == .json && own.capturesContent)
        #expect(own.traces?.headers["Authorization"]?.reveal { $0 } == "Basic YTpi")
        #expect(own.traces?.headers["x-a"]?.reveal { $0 } == "1")
        #expect(own.traces?.seconds == 2.5)
        #expect(!"\(own)".contains("YTpi"))
    }

    @Test func `The program names itself as the environment wants`() throws {
        let settings = try #require(
            try Self.settings([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_SERVICE_NAME": "tea",
                "OTEL_RESOURCE_ATTRIBUTES": "service.name=no,deployment.environment.name=a%2Cb",
            ]))
        #expect(
            settings.resource == [
                "service.name": "tea", "service.version": "1.2.3", "deployment.environment.name": "a,b",
                "telemetry.sdk.name": "neo", "telemetry.sdk.language": "swift", "telemetry.sdk.version": "1.2.3",
            ])
    }

    @Test(arguments: [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://sk-canary@x"), ("OTEL_EXPORTER_OTLP_HEADERS", "sk-canary"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "a=sk-canary%0d%0ab"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"), ("OTEL_RESOURCE_ATTRIBUTES", "a"),
    ])
    func `What makes no sense is named, and keys are not repeated`(variable: String, value: String) throws {
        var environment = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"]
        environment[variable] = value
        let error = #expect(throws: TelemetryExportError.self) { try Self.settings(environment) }
        #expect(error?.message.contains(variable) == true)
        #expect(error?.description.contains("canary") == false)
    }

    @Test func `Headers do not go where others can read them`() {
        let error = #expect(throws: TelemetryExportError.self) {
            try Self.settings([
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_EXPORTER_OTLP_HEADERS": "a=b",
            ])
        }
        #expect(error?.message.contains("not encrypted") == true)
    }
}
