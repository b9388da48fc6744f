internal import Synchronization

/// Something that was wrong with the input, but not so wrong that the work had to stop.
public struct Diagnostic: Sendable, Hashable, Codable {
    /// How much it matters.
    public enum Severity: String, Sendable, Codable {
        case note, warning, error
    }

    /// How much it matters.
    public var severity: Severity
    /// A sentence that says what was wrong and what to do.
    public var message: String
    /// The file that it is about.
    public var file: String?
    /// The line in that file, from 1.
    public var line: Int?

    /// A diagnostic about a file, or about the whole.
    public init(_ severity: Severity, _ message: String, file: String? = nil, line: Int? = nil) {
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
    }

    /// `file:line: severity: message`, the form that editors turn into a link.
    public var text: String {
        let place = file.map { file in line.map { "\(file):\($0): " } ?? "\(file): " } ?? ""
        return "\(place)\(severity.rawValue): \(message)"
    }
}

/// Collects diagnostics from concurrent work.
public final class DiagnosticCollector: Sendable {
    private let state = Mutex<[Diagnostic]>([])

    /// An empty collector.
    public init() {}

    /// Adds one.
    public func add(_ diagnostic: Diagnostic) {
        state.withLock { $0.append(diagnostic) }
    }

    /// All that were added, in a stable order: by file, then line, then message.
    public var all: [Diagnostic] {
        state.withLock { $0 }.sorted {
            ($0.file ?? "", $0.line ?? 0, $0.message) < ($1.file ?? "", $1.line ?? 0, $1.message)
        }
    }
}
