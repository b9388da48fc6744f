internal import Base

/// A line of the inbox that holds nothing but figures, read where it lies: nearly all lines are such, and a value of JSON for
/// each costs many times what its row in the database does.
///
/// What is out of the ordinary (an escape, a nested name, a word, `config`, a date) is no such line:
/// ``LogRecord/records(ofLine:)`` reads it, and says what is wrong. Both read the same of a line that both can read.
struct MetricLine {
    /// More figures than that are rare enough.
    private static let maximumValues = 32

    let run: UnsafeRawBufferPointer
    private(set) var step: Int?
    private(set) var time: Double?
    private(set) var isSystem = false
    let values: [(name: UnsafeRawBufferPointer, value: Double)]

    /// - Parameter line: must stay where it is while this lives.
    init?(_ line: UnsafeRawBufferPointer) {
        var cursor = JSONCursor(line)
        var run: UnsafeRawBufferPointer?
        var values: [(name: UnsafeRawBufferPointer, value: Double)] = []
        var seen: UInt8 = 0
        guard cursor.takes("{") else { return nil }
        repeat {
            guard let word = cursor.plainString(), let key = Key(word), seen & key.rawValue == 0, cursor.takes(":")
            else { return nil }
            seen |= key.rawValue
            switch key {
            case .version: guard cursor.number() == 1 else { return nil }
            case .kind:
                guard let kind = cursor.plainString() else { return nil }
                isSystem = kind.isWord("system_metric")
                guard isSystem || kind.isWord("metric") else { return nil }
            case .run:
                guard let id = cursor.plainString(), (1...200).contains(id.count) else { return nil }
                run = id
            case .name, .project:
                guard let text = cursor.plainString(), (1...LogRecord.maximumName).contains(text.count),
                    text.allSatisfy({ $0 < 0x80 })
                else { return nil }
            case .step:
                guard let number = cursor.number(), let whole = Int(exactly: number), number.magnitude < 0x1p53 else {
                    return nil
                }
                step = whole
            case .time:
                time = cursor.number()
                guard time != nil else { return nil }
            case .values: guard Self.read(&values, from: &cursor) else { return nil }
            }
        } while cursor.takes(",")
        guard cursor.takes("}"), cursor.isAtEnd(), let run, !values.isEmpty else { return nil }
        self.run = run
        self.values = values
    }

    private static func read(
        _ values: inout [(name: UnsafeRawBufferPointer, value: Double)], from cursor: inout JSONCursor
    ) -> Bool {
        guard cursor.takes("{") else { return false }
        repeat {
            guard let name = cursor.plainString(), (1...LogRecord.maximumName).contains(name.count),
                cursor.takes(":"), let value = cursor.number(), values.count < maximumValues,
                !values.contains(where: { $0.name.elementsEqual(name) })
            else { return false }
            values.append((name, value))
        } while cursor.takes(",")
        return cursor.takes("}")
    }

    private enum Key: UInt8 {
        case version = 1
        case kind = 2
        case run = 4
        case name = 8
        case project = 16
        case step = 32
        case time = 64
        case values = 128

        init?(_ word: UnsafeRawBufferPointer) {
            // By length first: most words are told apart by it.
            switch word.count {
            case 1 where word.isWord("v"): self = .version
            case 3 where word.isWord("run"): self = .name
            case 4 where word.isWord("kind"): self = .kind
            case 4 where word.isWord("step"): self = .step
            case 6 where word.isWord("run_id"): self = .run
            case 7 where word.isWord("metrics"): self = .values
            case 7 where word.isWord("project"): self = .project
            case 9 where word.isWord("timestamp"): self = .time
            default: return nil
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isWord(_ word: StaticString) -> Bool {
        elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}
