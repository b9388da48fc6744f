package import Base

/// What a file holds, judged by its name.
package enum DocumentKind: Sendable, Hashable {
    case markdown
    case text
    case code(language: String)
    /// A BEIR `corpus.jsonl`: one document a line.
    case collection

    /// The kind of a file, or nil where the name says nothing.
    package init?(path: String) {
        let name = FilePaths.name(of: path).lowercased()
        if name == "corpus.jsonl" {
            self = .collection
            return
        }
        if let language = Self.languagesByName[name] {
            self = .code(language: language)
            return
        }
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        let suffix = String(name[name.index(after: dot)...])
        switch suffix {
        case "md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd": self = .markdown
        case "txt", "text", "rst", "adoc", "asciidoc", "org", "tex", "log": self = .text
        case "jsonl", "ndjson": return nil
        default:
            guard let language = Self.languages[suffix] else { return nil }
            self = .code(language: language)
        }
    }

    /// The name under which the kind stands in a document's metadata.
    package var name: String {
        switch self {
        case .markdown: "markdown"
        case .text: "text"
        case .code: "code"
        case .collection: "collection"
        }
    }

    /// What a document of this kind says of itself in its metadata.
    package var metadata: [String: JSONValue] {
        if case .code(let language) = self {
            return ["kind": .string(name), "language": .string(language)]
        }
        return ["kind": .string(name)]
    }

    private static let languagesByName: [String: String] = [
        "dockerfile": "dockerfile", "makefile": "make", "cmakelists.txt": "cmake",
    ]

    private static let languages: [String: String] = [
        "bash": "shell", "c": "c", "cc": "cpp", "cpp": "cpp", "cs": "csharp", "css": "css", "cxx": "cpp",
        "dart": "dart",
        "erl": "erlang", "ex": "elixir", "exs": "elixir", "f90": "fortran", "go": "go", "h": "c", "hpp": "cpp",
        "hs": "haskell", "java": "java", "jl": "julia", "js": "javascript", "jsx": "javascript", "kt": "kotlin",
        "lua": "lua", "m": "objective-c", "mjs": "javascript", "ml": "ocaml", "mm": "objective-cpp", "php": "php",
        "pl": "perl", "proto": "protobuf", "py": "python", "r": "r", "rb": "ruby", "rs": "rust", "scala": "scala",
        "sh": "shell", "sql": "sql", "swift": "swift", "ts": "typescript", "tsx": "typescript", "zig": "zig",
        "zsh": "shell",
    ]
}
