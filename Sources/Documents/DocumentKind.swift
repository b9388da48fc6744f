package import Base

/// What a file holds, judged by its name.
package enum DocumentKind: Sendable, Hashable {
    case markdown
    case text
    case code(language: String)
    /// A BEIR `corpus.jsonl`: one document a line.
    case collection
    case html
    case pdf
    /// What only a program outside can read: `docx`, `pptx`, `xlsx`, and what the project names parsers for.
    case foreign(format: String)

    /// The kind of a file, or nil where the name says nothing.
    ///
    /// - Parameter foreign: suffixes that the project has parsers for.
    package init?(path: String, foreign: Set<String> = []) {
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
        case "html", "htm", "xhtml": self = .html
        case "pdf": self = .pdf
        case "docx", "pptx", "xlsx": self = .foreign(format: suffix)
        case _ where foreign.contains(suffix): self = .foreign(format: suffix)
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
        case .html: "html"
        case .pdf: "pdf"
        case .foreign(let format): format
        }
    }

    /// The format by which a parser is chosen; nil where there is only one way to read it.
    package var format: String? {
        switch self {
        case .html: "html"
        case .pdf: "pdf"
        case .foreign(let format): format
        case .markdown, .text, .code, .collection: nil
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
