internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MCPClient {
    /// Opens a connection as a setting describes it while `body` works: a program is started inside its walls.
    ///
    /// - Parameters:
    ///   - hidden: files and folders that are not there for a program, whatever its walls let it see.
    ///   - environment: where variables have their values.
    /// - Throws: `MCPError` where the setting makes no sense, or the server cannot be used; what `body` throws.
    package static func with<Result: Sendable>(
        _ setting: MCPServerSetting, hidden: [String] = [], answerer: MCPAnswerer = .nobody,
        memory: MCPEraMemory = MCPEraMemory(folder: nil),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        _ body: @escaping @Sendable (MCPClient) async throws -> Result
    ) async throws -> Result {
        let transport: any MCPTransport =
            switch setting.kind {
            case .program:
                StdioTransport(
                    setting.name, try MCPProgram(setting, hidden: hidden, environment: environment))
            case .remote: try HTTPTransport(setting, environment: environment)
            }
        return try await with(setting, over: transport, answerer: answerer, memory: memory, body)
    }
}
