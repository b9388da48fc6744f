package import Base

/// A server, as `neo.yaml` and `config.yaml` name it under `mcp:`.
package struct MCPServerSetting: Sendable, Hashable {
    /// What it is.
    package enum Kind: Sendable, Hashable {
        /// A program: its words, and the variables that it gets, each with the one of the environment that has its value.
        case program([String], variables: [String: String])
        /// An address, and its headers by name.
        case remote(String, headers: [String: HeaderSource])
    }

    /// Where a header's value stands.
    package struct HeaderSource: Sendable, Hashable {
        /// What stands before it: `Bearer `.
        package var prefix: String
        /// A variable of the environment.
        package var variable: String

        package init(prefix: String = "", variable: String) {
            self.prefix = prefix
            self.variable = variable
        }
    }

    /// What a program may see, change and reach besides itself.
    package struct Walls: Sendable, Hashable {
        package var read: [String] = []
        package var write: [String] = []
        package var net: [String] = []

        package init(read: [String] = [], write: [String] = [], net: [String] = []) {
            self.read = read
            self.write = write
            self.net = net
        }
    }

    /// Whether walls are around it.
    package enum Confinement: Sendable, Hashable {
        case inside(Walls)
        /// It may do all that the user may.
        case none
    }

    package var name: String
    package var kind: Kind
    package var walls: Confinement = .inside(Walls())
    /// How long a call may take.
    package var seconds: Double = 60
    /// Where relative paths begin.
    package var folder: String
    /// Its entry, as it stands there.
    package var entry: JSONValue

    package init(name: String, kind: Kind, folder: String, entry: JSONValue = [:]) {
        self.name = name
        self.kind = kind
        self.folder = folder
        self.entry = entry
    }

    /// What somebody trusts, and what is remembered of the server: another entry, or the same in another folder, is another
    /// server.
    package var hash: ContentHash {
        ContentHash(of: .object(["name": .string(name), "folder": .string(folder), "entry": entry]))
    }

    /// Who is spoken to, for people and for rules.
    package var place: String {
        switch kind {
        case .program(let words, _): words.joined(separator: " ")
        case .remote(let url, _): url
        }
    }
}
