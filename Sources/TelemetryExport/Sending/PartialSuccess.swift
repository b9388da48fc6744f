internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a collector did not take of a request that it took: `partial_success` of its reply.
struct PartialSuccess: Equatable {
    /// How many spans or points it did not take.
    var rejected: Int64 = 0
    /// Why, or what it warns of; empty where nothing.
    var message = ""

    /// Reads a reply; nil where all was taken, or the reply says nothing that can be read.
    init?(_ reply: Data, format: ExportSettings.Format) {
        switch format {
        case .json:
            guard let part = (try? JSONValue(parsing: reply))?["partialSuccess"] else { return nil }
            let count = part["rejectedSpans"] ?? part["rejectedDataPoints"]
            rejected = (count?.integer).map(Int64.init) ?? count?.string.flatMap { Int64($0) } ?? 0
            message = part["errorMessage"]?.string ?? ""
        case .protobuf:
            var outer = ProtobufReader(Array(reply)[...])
            while let field = outer.next() {
                guard field.number == 1, case .bytes(let inner) = field.value else { continue }
                var reader = ProtobufReader(inner)
                while let field = reader.next() {
                    switch (field.number, field.value) {
                    case (1, .varint(let count)): rejected = Int64(bitPattern: count)
                    case (2, .bytes(let text)): message = String(decoding: text, as: UTF8.self)
                    default: break
                    }
                }
            }
        }
        guard rejected > 0 || !message.isEmpty else { return nil }
    }
}

/// Reads fields of protobuf; ends at the first that is none.
private struct ProtobufReader {
    enum Value {
        case varint(UInt64)
        case bytes(ArraySlice<UInt8>)
        case other
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> (number: UInt64, value: Value)? {
        guard let key = varint() else { return nil }
        switch key & 7 {
        case 0: return varint().map { (key >> 3, .varint($0)) }
        case 1: return take(8).map { _ in (key >> 3, .other) }
        case 2: return varint().flatMap { take($0) }.map { (key >> 3, .bytes($0)) }
        case 5: return take(4).map { _ in (key >> 3, .other) }
        default: return nil
        }
    }

    private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
        guard count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
