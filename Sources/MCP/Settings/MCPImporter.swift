package import Base

/// Servers as settings of other programs name them: `.mcp.json`, Claude, Cursor and VS Code in JSON, Codex in TOML.
///
/// No value of a variable or header is taken over: it may be a secret. Its name is, and a remark says where to put it.
package struct MCPImporter: Sendable {
    /// A server that was found.
    package struct Found: Sendable, Hashable {
        package var name: String
        /// What would stand under `mcp:`.
        package var entry: JSONValue
        /// What was not taken over, a sentence each.
        package var remarks: [String]
    }

    /// The servers of a file, by name.
    package private(set) var servers: [Found] = []
    /// What in the file was not understood, a sentence each.
    package private(set) var remarks: [String] = []

    /// Reads a file's text.
    ///
    /// - Parameter path: its name, which says its form.
    /// - Throws: `MCPError` where it cannot be read.
    package init(_ text: String, path: String) throws(MCPError) {
        guard text.utf8.count <= 16 << 20 else { throw MCPError(.settings, "\(path) has more than 16 MB.") }
        let named: [String: JSONValue]
        if path.lowercased().hasSuffix(".toml") {
            let tables = CodexTables(text)
            named = tables.servers
            remarks = tables.remarks.map { "\(path): \($0)" }
        } else {
            guard let json = try? JSONValue(parsing: Self.withoutComments(text)), json.object != nil else {
                throw MCPError(
                    .settings,
                    "\(path) is no JSON object. Name .mcp.json, a file of Claude, Cursor or VS Code, or Codex's config.toml."
                )
            }
            named = json["mcpServers"]?.object ?? json["servers"]?.object ?? json["mcp"]?["servers"]?.object ?? [:]
        }
        for (name, entry) in named.sorted(by: { $0.key < $1.key }) { read(name, entry) }
        if servers.isEmpty, remarks.isEmpty { remarks.append("\(path) names no servers.") }
    }

    private mutating func read(_ name: String, _ entry: JSONValue) {
        let own = Self.name(from: name)
        var notes: [String] = []
        if own != name { notes.append("It is called \(own) here: \(name.prefix(60)) can be no part of a tool's name.") }
        var fields: [String: JSONValue] = [:]
        if let command = entry["command"]?.string {
            fields["command"] = .string(command)
            if let words = entry["args"]?.array?.compactMap(\.string), !words.isEmpty {
                fields["args"] = .array(
                    words.map { word in
                        guard Self.looksSecret(word) else { return .string(Self.withoutInputs(word, &notes)) }
                        notes.append(
                            "One of its words looks like a secret, and was left out: put it into a variable under `env`."
                        )
                        return "SECRET_LEFT_OUT"
                    })
            }
            variables(entry["env"]?.object ?? [:], &fields, &notes)
        } else if let url = (entry["url"] ?? entry["serverUrl"])?.string {
            fields["url"] = .string(String(url.prefix { $0 != "?" }))
            if url.contains("?") {
                notes.append("What stood behind the ? of its address was left out: it may be a secret.")
            }
            if entry["type"]?.string == "sse" {
                notes.append("It may speak the old transport of events, which Neo does not.")
            }
            headers(entry, &fields, &notes)
        } else {
            remarks.append("\(name.prefix(60)) has neither `command` nor `url`, and was left out.")
            return
        }
        if let seconds = entry["tool_timeout_sec"]?.number
            ?? entry["timeout"]?.number.map({ $0 > 1_000 ? $0 / 1_000 : $0 }),
            (0.1...3_600).contains(seconds)
        {
            fields["timeout"] = Int(exactly: seconds).map(JSONValue.integer) ?? .number(seconds)
        }
        if entry["disabled"]?.bool == true || entry["enabled"]?.bool == false {
            notes.append("It was switched off there.")
        }
        let known: Set = [
            "command", "args", "env", "url", "serverUrl", "type", "headers", "http_headers", "bearer_token_env_var",
            "env_http_headers", "timeout", "tool_timeout_sec", "disabled", "enabled", "envFile", "env_vars",
        ]
        let others = (entry.object ?? [:]).keys.filter { !known.contains($0) }.sorted()
        if !others.isEmpty { notes.append("Not taken over: \(others.prefix(10).joined(separator: ", ")).") }
        servers.append(Found(name: own, entry: .object(fields), remarks: notes))
    }

    private func variables(
        _ named: [String: JSONValue], _ fields: inout [String: JSONValue], _ notes: inout [String]
    ) {
        let names = named.keys.filter(MCPServerSetting.isVariable).sorted()
        guard !names.isEmpty else { return }
        fields["env"] = .array(names.map(JSONValue.string))
        notes.append(
            "The values of \(names.joined(separator: ", ")) were not copied, as they may be secrets: set them in your "
                + "environment.")
    }

    private func headers(_ entry: JSONValue, _ fields: inout [String: JSONValue], _ notes: inout [String]) {
        if let name = entry["bearer_token_env_var"]?.string, MCPServerSetting.isVariable(name) {
            fields["token"] = .string(name)
        }
        var headers: [String: JSONValue] = [:]
        for (header, source) in entry["env_http_headers"]?.object ?? [:] {
            if let name = source.string, MCPServerSetting.isVariable(name) { headers[header] = .string(name) }
        }
        for header in ((entry["headers"] ?? entry["http_headers"])?.object ?? [:]).keys.sorted() {
            let letters = header.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
            let variable = (Self.name(from: header).first?.isNumber == true ? "_" : "") + String(letters)
            guard MCPServerSetting.isVariable(variable) else { continue }
            headers[header] = .string(variable)
            notes.append(
                "The value of its header \(header) was not copied, as it may be a secret: set \(variable) in your environment."
            )
        }
        if !headers.isEmpty { fields["headers"] = .object(headers) }
    }

    /// A name that can be part of a tool's.
    private static func name(from text: String) -> String {
        var name = ""
        for character in text.prefix(32) {
            let isKept = character.isASCII && (character.isLetter || character.isNumber || character == "-")
            if isKept { name.append(character) } else if !name.isEmpty, name.last != "-" { name.append("-") }
        }
        while name.last == "-" { name.removeLast() }
        return name.isEmpty ? "server" : name
    }

    /// VS Code's `${input:name}` is asked for there: here it would be a variable.
    private static func withoutInputs(_ word: String, _ notes: inout [String]) -> String {
        if word.contains("${") {
            notes.append("The word \(word.prefix(60)) names something of the other program: put in what is meant.")
        }
        return word
    }

    /// Long runs of letters and digits, or well-known beginnings of keys.
    private static func looksSecret(_ word: String) -> Bool {
        let value = word.split(separator: "=").last.map(String.init) ?? word
        if ["sk-", "ghp_", "github_pat_", "xox", "AKIA", "glpat-", "Bearer "].contains(where: value.hasPrefix) {
            return true
        }
        return value.utf8.count >= 32 && value.contains(where: \.isNumber) && value.contains(where: \.isLetter)
            && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }

    /// VS Code's files may have comments and commas behind the last element.
    private static func withoutComments(_ text: String) -> String {
        var kept: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        var inText = false
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if inText {
                kept.append(byte)
                if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    kept.append(next)
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    inText = false
                }
            } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
                continue
            } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                index += 2
                while index + 1 < bytes.count,
                    !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/"))
                {
                    index += 1
                }
                index += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                if let last = kept.lastIndex(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }),
                    kept[last] == UInt8(ascii: ",")
                {
                    kept.remove(at: last)
                }
                kept.append(byte)
            } else {
                inText = byte == UInt8(ascii: "\"")
                kept.append(byte)
            }
            index += 1
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
