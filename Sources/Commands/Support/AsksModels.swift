internal import Base
internal import TelemetryExport

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A command that asks models: what it asks is told to a collector where the environment names one (docs/telemetry.md).
protocol AsksModels {}

extension AgentCommand: AsksModels {}
extension Ask: AsksModels {}
extension BuildCommand: AsksModels {}
extension Compare: AsksModels {}
extension Evaluate: AsksModels {}
extension GoldenPropose: AsksModels {}
extension InterviewCommand: AsksModels {}
extension Models.Test: AsksModels {}
extension RunCommand: AsksModels {}
extension Search: AsksModels {}
extension Serve: AsksModels {}
extension Sessions.Resume: AsksModels {}

/// Runs a command, and tells a collector what it asks of models; at the end, also after Ctrl-C, what is left is sent.
///
/// Settings that make no sense are said, and the command does its work without.
func withTelemetry(
    of command: Any.Type, environment: [String: String] = ProcessInfo.processInfo.environment,
    _ body: () async throws -> Void
) async throws {
    guard command is any AsksModels.Type, let settings = telemetrySettings(environment) else {
        return try await body()
    }
    try await withTelemetryExport(settings, onTrouble: { Terminal.printError($0) }, body)
}

private func telemetrySettings(_ environment: [String: String]) -> ExportSettings? {
    do {
        return try ExportSettings(environment: environment, version: neoVersion)
    } catch {
        Terminal.printError("telemetry: nothing is sent: \(error.message)")
        return nil
    }
}
