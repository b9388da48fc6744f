internal import Base
internal import Sandbox

/// What a call did to a file: its text before and after it.
struct ACPDifference: Sendable {
    /// The protocol's form.
    static func json(_ path: String, _ old: String?, _ new: String) -> JSONValue {
        .object(
            ["type": "diff", "path": .string(path), "newText": .string(new)]
                .merging(dropping: ["oldText": old.map(JSONValue.string)]))
    }

    /// A longer file is shown by the pieces that the model wrote.
    private static let mostBytes = 256 << 10

    /// What a file holds.
    private enum Content: Sendable {
        case nothing
        case text(String)
        /// It is no text, too long, or may not be read.
        case unknown
    }

    private let files: WorkspaceFiles
    private let before: [(path: String, content: Content)]

    /// Looks at files before a call changes them.
    init(_ paths: [String], in files: WorkspaceFiles) {
        self.files = files
        before = paths.prefix(20).map { ($0, Self.content(of: $0, files)) }
    }

    /// The line, from 1, in which a text stands in the first of the files; nil where it does not.
    func line(of text: String) -> Int? {
        guard case .text(let whole)? = before.first?.content, !text.isEmpty, let range = whole.firstRange(of: text)
        else { return nil }
        return 1 + whole[..<range.lowerBound].utf8.count { $0 == 0x0A }
    }

    /// The differences, after the call; nil where they cannot be told.
    func changes() -> [JSONValue]? {
        var changes: [JSONValue] = []
        for (path, content) in before {
            switch (content, Self.content(of: path, files)) {
            case (.unknown, _), (_, .unknown): return nil
            case (.nothing, .nothing): continue
            case (.nothing, .text(let new)): changes.append(Self.json(path, nil, new))
            case (.text(let old), .text(let new)): if old != new { changes.append(Self.json(path, old, new)) }
            case (.text(let old), .nothing): changes.append(Self.json(path, old, ""))
            }
        }
        return changes
    }

    private static func content(of path: String, _ files: WorkspaceFiles) -> Content {
        do {
            let content = try files.read(path, limit: mostBytes)
            guard content.size == content.bytes.count, !content.bytes.contains(0),
                let text = String(validating: content.bytes, as: UTF8.self)
            else { return .unknown }
            return .text(text)
        } catch let error as SandboxError where error.code == .missing {
            return .nothing
        } catch { return .unknown }
    }
}
