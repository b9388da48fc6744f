extension OTLPValue {
    /// The kinds of fields on the wire (https://protobuf.dev/programming-guides/encoding/).
    private enum WireType: UInt64 {
        case varint = 0
        case eightBytes = 1
        case length = 2
        case fourBytes = 5
    }

    /// A message as protobuf.
    var protobuf: [UInt8] {
        var bytes: [UInt8] = []
        if case .message(let fields) = self {
            for field in fields { field.value.write(as: field.number, to: &bytes) }
        }
        return bytes
    }

    private func write(as number: Int, to bytes: inout [UInt8]) {
        switch self {
        case .list(let values):
            guard let first = values.first else { return }
            if first.isNumber {
                Self.key(number, .length, &bytes)
                Self.delimited(values.reduce(into: []) { $1.writeNumber(to: &$0) }, &bytes)
            } else {
                for value in values { value.write(as: number, to: &bytes) }
            }
        case .message:
            Self.key(number, .length, &bytes)
            Self.delimited(protobuf, &bytes)
        case .string(let text):
            Self.key(number, .length, &bytes)
            Self.delimited(Array(text.utf8), &bytes)
        case .id(let id):
            Self.key(number, .length, &bytes)
            Self.delimited(id, &bytes)
        case .bool, .int64, .uint32, .constant:
            Self.key(number, .varint, &bytes)
            writeNumber(to: &bytes)
        case .fixed32:
            Self.key(number, .fourBytes, &bytes)
            writeNumber(to: &bytes)
        case .fixed64, .double:
            Self.key(number, .eightBytes, &bytes)
            writeNumber(to: &bytes)
        }
    }

    private var isNumber: Bool {
        switch self {
        case .message, .string, .id, .list: false
        default: true
        }
    }

    /// The number without its key, as it stands in a packed field.
    private func writeNumber(to bytes: inout [UInt8]) {
        switch self {
        case .bool(let flag): Self.varint(flag ? 1 : 0, &bytes)
        case .int64(let value): Self.varint(UInt64(bitPattern: value), &bytes)
        case .uint32(let value): Self.varint(UInt64(value), &bytes)
        case .constant(let value): Self.varint(UInt64(value), &bytes)
        case .fixed32(let value): withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        case .fixed64(let value): withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        case .double(let value): withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
        default: break
        }
    }

    private static func key(_ number: Int, _ type: WireType, _ bytes: inout [UInt8]) {
        varint(UInt64(number) << 3 | type.rawValue, &bytes)
    }

    private static func delimited(_ content: [UInt8], _ bytes: inout [UInt8]) {
        varint(UInt64(content.count), &bytes)
        bytes += content
    }

    private static func varint(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
