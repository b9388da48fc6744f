internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What the front of a safetensors file says about the tensors behind it.
///
/// Format: 8 bytes of header length (little endian), the header as JSON, then the data, in which the tensors
/// stand without holes or overlap.
struct SafetensorsHeader: Sendable {
    /// A tensor's type, shape and place.
    struct Entry: Sendable {
        /// The type as the format spells it, e.g. `F32`.
        var type: String
        /// The lengths of the axes.
        var shape: [Int]
        /// The bytes, counted from the start of the file.
        var range: Range<Int>
    }

    /// All tensors by name.
    private(set) var entries: [String: Entry] = [:]

    /// The number of bytes of one element, by type.
    private static let widths = [
        "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2,
        "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
    ]

    /// No sane model has a longer header; the format's own limit.
    private static let limit = 100_000_000

    /// Reads and checks the header of a file: afterwards every entry lies inside the file and has the length
    /// that its type and shape promise.
    init(of file: MappedFile) throws(EncodersError) {
        let again = "download the model again"
        guard file.bytes.count >= 8 else {
            throw EncodersError(.damagedFile, "\(file.path) is too short for a safetensors file; \(again).")
        }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(Self.limit), Int(length) <= file.bytes.count - 8 else {
            throw EncodersError(
                .damagedFile,
                "\(file.path) is cut short or no safetensors file: its header is said to have \(length) bytes, "
                    + "but \(file.bytes.count - 8) follow; \(again)."
            )
        }
        let start = 8 + Int(length)
        let members: [String: JSONValue]
        do {
            members = try JSONValue(parsing: Data(file.bytes[8..<start])).object ?? [:]
        } catch {
            throw EncodersError(.damagedFile, "\(file.path) has a header that is not JSON; \(again).", cause: error)
        }
        for (name, value) in members where name != "__metadata__" {
            entries[name] = try Self.entry(name, value, start: start, file: file.path)
        }
        var end = start
        for (name, entry) in entries.sorted(by: {
            ($0.value.range.lowerBound, $0.value.range.upperBound) < (
                $1.value.range.lowerBound, $1.value.range.upperBound
            )
        }) {
            guard entry.range.lowerBound == end else {
                throw EncodersError(
                    .damagedFile,
                    "\(file.path) is damaged: tensor \"\(name)\" leaves a hole or overlaps another; \(again)."
                )
            }
            end = entry.range.upperBound
        }
        guard end == file.bytes.count else {
            throw EncodersError(
                .damagedFile,
                "\(file.path) is \(end > file.bytes.count ? "cut short" : "too long"): its header describes \(end) bytes, "
                    + "but it has \(file.bytes.count); \(again)."
            )
        }
    }

    private static func entry(
        _ name: String, _ value: JSONValue, start: Int, file: String
    ) throws(EncodersError) -> Entry {
        let shape = value["shape"]?.array?.compactMap(\.integer) ?? []
        let offsets = value["data_offsets"]?.array?.compactMap(\.integer) ?? []
        guard
            let type = value["dtype"]?.string, let width = widths[type],
            shape.count == value["shape"]?.array?.count, shape.allSatisfy({ $0 >= 0 }),
            offsets.count == 2, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= Int.max - start
        else {
            throw EncodersError(
                .damagedFile,
                "\(file) describes tensor \"\(name)\" in a way that makes no sense: \(value.canonicalText.prefix(200))."
            )
        }
        var size = width
        var overflow = false
        for axis in shape {
            let product = size.multipliedReportingOverflow(by: axis)
            size = product.partialValue
            overflow = overflow || product.overflow
        }
        guard !overflow, size == offsets[1] - offsets[0] else {
            throw EncodersError(
                .damagedFile,
                "\(file) gives tensor \"\(name)\" of type \(type) and shape \(shape) "
                    + "\(offsets[1] - offsets[0]) bytes, which is not its size; download the model again."
            )
        }
        return Entry(type: type, shape: shape, range: start + offsets[0]..<start + offsets[1])
    }
}
