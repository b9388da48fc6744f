internal import Agents
internal import Base
internal import MCP

/// Servers of the Model Context Protocol that an editor gives along with a session.
///
/// Its user has named them there, so they need no further word of trust; but what an editor says of a server has no
/// walls in it. A program gets the narrowest that are of use: it reads the session's folder, and reaches nobody.
struct GivenServers: Sendable {
    private static let most = 32

    private(set) var settings: [MCPServerSetting] = []
    /// What they get to know, by names that nothing else has: it may be secrets.
    private(set) var variables: [String: String] = [:]

    /// None.
    init() {}

    /// - Parameters:
    ///   - params: of a request that opens a session.
    ///   - folder: the session's.
    /// - Throws: `ACPFault` with the field that is wrong.
    init(_ params: ACPParams, folder: String) throws(ACPFault) {
        let list = try params.list("mcpServers")
        guard list.count <= Self.most else { throw params.wrong("mcpServers", "are more than \(Self.most)") }
        for (position, entry) in list.enumerated() {
            let place = "mcpServers[\(position)]"
            guard let title = entry["name"]?.string else { throw params.wrong(place + ".name", "must be a text") }
            let name = freeName(title)
            switch entry["type"]?.string {
            case nil, "stdio"?: settings.append(try program(entry, name, folder, place, params))
            case "http"?: settings.append(try remote(entry, name, folder, place, params))
            case let type?:
                throw params.wrong(
                    place + ".type", "is \"\(type.prefix(40))\", which Neo does not take: there are stdio and http")
            }
        }
    }

    private mutating func program(
        _ entry: JSONValue, _ name: String, _ folder: String, _ place: String, _ params: ACPParams
    ) throws(ACPFault) -> MCPServerSetting {
        guard let command = entry["command"]?.string, !command.isEmpty else {
            throw params.wrong(place + ".command", "must be the path of a program")
        }
        let words = (entry["args"]?.array ?? []).compactMap(\.string)
        guard words.count == entry["args"]?.array?.count ?? 0 else {
            throw params.wrong(place + ".args", "must be a list of texts")
        }
        var named: [String: String] = [:]
        for variable in entry["env"]?.array ?? [] {
            guard let key = variable["name"]?.string, MCPServerSetting.isVariable(key),
                let value = variable["value"]?.string
            else {
                throw params.wrong(place + ".env", "must name variables of an environment, with `name` and `value`")
            }
            named[key] = keep(value)
        }
        var setting = MCPServerSetting(
            name: name, kind: .program([command] + words, variables: named), folder: folder,
            entry: ["command": .string(command), "args": .array(words.map(JSONValue.string))])
        setting.walls = .inside(MCPServerSetting.Walls(read: [folder]))
        return setting
    }

    private mutating func remote(
        _ entry: JSONValue, _ name: String, _ folder: String, _ place: String, _ params: ACPParams
    ) throws(ACPFault) -> MCPServerSetting {
        guard let url = entry["url"]?.string, url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw params.wrong(place + ".url", "must be an http or https address")
        }
        var headers: [String: MCPServerSetting.HeaderSource] = [:]
        for header in entry["headers"]?.array ?? [] {
            guard let key = header["name"]?.string, let value = header["value"]?.string, !key.isEmpty,
                key.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D })
            else { throw params.wrong(place + ".headers", "must have `name` and `value`") }
            headers[key.lowercased()] = MCPServerSetting.HeaderSource(variable: keep(value))
        }
        return MCPServerSetting(
            name: name, kind: .remote(url, headers: headers), folder: folder, entry: ["url": .string(url)])
    }

    private mutating func keep(_ value: String) -> String {
        let name = "NEO_GIVEN_\(variables.count)"
        variables[name] = value
        return name
    }

    /// A name for people, as one that can be part of tools' names and that no other has.
    private func freeName(_ title: String) -> String {
        let taken = Set(settings.map(\.name))
        let letters = title.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
        }
        let words = String(letters).split(separator: "-").joined(separator: "-")
        let short = words.isEmpty ? "server" : String(words.prefix(28))
        var (name, number) = (short, 1)
        while taken.contains(name) {
            number += 1
            name = "\(short)-\(number)"
        }
        return name
    }
}
