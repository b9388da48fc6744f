/// A value of a GGUF file's metadata, as far as Neo looks at it.
enum GGUFValue: Sendable, Hashable {
    case integer(Int)
    case text(String)
    /// A short list of whole numbers, such as one for each layer.
    case integers([Int])
    /// A number with a fraction, a truth value, a vocabulary: present, and of no interest.
    case other

    /// The kinds of the specification, by their numbers there (ggml's `docs/gguf.md`).
    private enum Kind: UInt32 {
        case uint8, int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

        /// The number of bytes of one; nil where that depends.
        var size: Int? {
            switch self {
            case .uint8, .int8, .bool: 1
            case .uint16, .int16: 2
            case .uint32, .int32, .float32: 4
            case .uint64, .int64, .float64: 8
            case .string, .array: nil
            }
        }
    }

    /// The longest list that is kept; more layers has no model.
    private static let keptElements = 4096
    /// The longest text that is kept whole: a chat template of a megabyte is nobody's.
    private static let textLimit = 4 << 20

    /// Reads the kind of a value and the value.
    init(_ reader: inout GGUFReader, of key: String) throws(DownloadsError) {
        let kind = try Self.kind(&reader, of: key)
        self =
            kind == .array ? try Self.list(&reader, of: key) : try Self.value(kind, &reader, of: key)
    }

    private static func kind(_ reader: inout GGUFReader, of key: String) throws(DownloadsError) -> Kind {
        let number = try reader.integer(UInt32.self)
        guard let kind = Kind(rawValue: number) else {
            throw reader.damaged("\(printable(key)) has a value of the unknown kind \(number)")
        }
        return kind
    }

    private static func value(
        _ kind: Kind, _ reader: inout GGUFReader, of key: String
    ) throws(DownloadsError) -> GGUFValue {
        switch kind {
        case .uint8: return .integer(Int(try reader.integer(UInt8.self)))
        case .int8: return .integer(Int(try reader.integer(Int8.self)))
        case .uint16: return .integer(Int(try reader.integer(UInt16.self)))
        case .int16: return .integer(Int(try reader.integer(Int16.self)))
        case .uint32: return .integer(Int(try reader.integer(UInt32.self)))
        case .int32: return .integer(Int(try reader.integer(Int32.self)))
        case .uint64: return .integer(Int(clamping: try reader.integer(UInt64.self)))
        case .int64: return .integer(Int(try reader.integer(Int64.self)))
        case .float32, .float64, .bool, .array:
            try reader.skip(kind.size ?? 0)
            return .other
        case .string: return .text(try reader.text(printable(key), limit: textLimit))
        }
    }

    private static func list(_ reader: inout GGUFReader, of key: String) throws(DownloadsError) -> GGUFValue {
        let kind = try kind(&reader, of: key)
        guard kind != .array else { throw reader.damaged("\(printable(key)) is a list of lists") }
        // A text has at least its length; what is left of the file bounds the number of elements.
        let size = kind.size ?? 8
        let count = try reader.count("the number of elements of \(printable(key))", limit: (reader.rest - 8) / size)
        switch kind {
        case .string:
            for _ in 0..<count { try reader.skipText() }
            return .other
        case .float32, .float64, .bool:
            try reader.skip(count * size)
            return .other
        default:
            guard count <= keptElements else {
                try reader.skip(count * size)
                return .other
            }
            var elements: [Int] = []
            for _ in 0..<count {
                if case .integer(let element) = try value(kind, &reader, of: key) {
                    elements.append(element)
                }
            }
            return .integers(elements)
        }
    }

    /// A name out of a file, for a message.
    static func printable(_ name: String) -> String {
        let plain = name.prefix(64).filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        return plain.isEmpty ? "a key" : plain
    }
}
