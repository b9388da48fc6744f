internal import Agents
internal import Base
internal import Engineer
internal import LanguageModels
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The servers of an agent's session: they run for as long as it does, and what they offer when it opens is what it is
/// offered to its end.
struct AgentServers: Sendable {
    /// More tools than these only cost.
    private static let mostTools = 200

    private let settings: [MCPServerSetting]
    private let remarks: [String]
    private let hidden: [String]
    /// Where servers have the values of their variables.
    private let environment: [String: String]
    private let memory = MCPEraMemory(folder: MCPHome.folder())

    /// - Parameters:
    ///   - hidden: what no server may see.
    ///   - isOffered: whether the model is offered tools of servers at all.
    ///   - given: servers that came with the session; of two with one name, the settings' own counts.
    init(
        workspace: String, user: ModelsConfiguration, file: ProjectFile?, hidden: [String], isOffered: Bool,
        given: GivenServers = GivenServers()
    ) throws {
        self.hidden = hidden
        environment = ProcessInfo.processInfo.environment.merging(given.variables) { $1 }
        guard isOffered else {
            settings = []
            remarks = []
            return
        }
        let known = try KnownServers(workspace: workspace, user: user, file: file)
        let own = known.all.filter(\.isTrusted).map(\.setting)
        let taken = Set(own.map(\.name))
        settings = own + given.settings.filter { !taken.contains($0.name) }
        remarks = known.all.filter { !$0.isTrusted }.map {
            "The server \($0.setting.name) of neo.yaml is not started, as you have not said that you trust it: "
                + "neo mcp trust \($0.setting.name)"
        }
    }

    /// Runs them while `body` works. A server that cannot be used is said, and left out.
    func with<Result: Sendable>(
        _ remark: @escaping @Sendable (String) -> Void,
        _ body: @escaping @Sendable ([ServerTool]) async throws -> Result
    ) async throws -> Result {
        for sentence in remarks { remark(sentence) }
        return try await with(settings[...], [], remark, body)
    }

    private func with<Result: Sendable>(
        _ rest: ArraySlice<MCPServerSetting>, _ clients: [MCPClient], _ remark: @escaping @Sendable (String) -> Void,
        _ body: @escaping @Sendable ([ServerTool]) async throws -> Result
    ) async throws -> Result {
        guard let next = rest.first else { return try await body(await tools(of: clients, remark)) }
        do {
            return try await MCPClient.with(next, hidden: hidden, memory: memory, environment: environment) { client in
                // What is thrown from here on is not the server's.
                do { return try await with(rest.dropFirst(), clients + [client], remark, body) } catch {
                    throw Inside(error: error)
                }
            }
        } catch let inside as Inside {
            throw inside.error
        } catch let error as MCPError {
            remark(error.message)
            return try await with(rest.dropFirst(), clients, remark, body)
        }
    }

    private struct Inside: Error {
        var error: any Error
    }

    private func tools(
        of clients: [MCPClient], _ remark: @escaping @Sendable (String) -> Void
    ) async -> [ServerTool] {
        let lists = await withTaskGroup(of: (Int, MCPToolList).self) { group in
            for (position, client) in clients.enumerated() {
                group.addTask {
                    do { return (position, try await client.tools()) } catch {
                        return (position, MCPToolList(remarks: [sentence(for: error)]))
                    }
                }
            }
            return await group.reduce(into: [Int: MCPToolList]()) { $0[$1.0] = $1.1 }
        }
        var names: Set<String> = []
        var tools: [ServerTool] = []
        for (position, client) in clients.enumerated() {
            let list = lists[position] ?? MCPToolList()
            for sentence in list.remarks.prefix(5) { remark(sentence) }
            for tool in list.tools.sorted(by: { $0.name < $1.name }) {
                guard tools.count < Self.mostTools else {
                    remark("Only \(Self.mostTools) tools of servers are offered.")
                    return tools
                }
                let one = ServerTool(tool, of: client, taken: names)
                names.insert(one.definition.name)
                tools.append(one)
            }
        }
        return tools
    }
}
