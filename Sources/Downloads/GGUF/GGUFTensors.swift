/// What the list of a GGUF file's tensors adds up to.
struct GGUFTensors {
    /// The number of weights.
    private(set) var elements = 0
    /// The type that most of the bytes have.
    var mainType: String? { bytesByType.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }

    private var bytesByType: [String: Int] = [:]

    /// Reads the list, and compares the place of each tensor with the length of the file.
    init(_ reader: inout GGUFReader, count: Int, alignment: Int) throws(DownloadsError) {
        var end = 0
        for _ in 0..<count {
            let name = GGUFValue.printable(try reader.text("a tensor's name", limit: GGUFHeader.nameLimit))
            let size = try Self.elements(&reader, of: name)
            let type = GGUFTensorType(try reader.integer(UInt32.self))
            let offset = try reader.count("the offset of \(name)", limit: reader.fileSize)
            let (sum, overflow) = elements.addingReportingOverflow(size)
            guard !overflow else { throw reader.damaged("it claims more weights than can be counted") }
            elements = sum
            // Of a type that is newer than the table, only the beginning can be checked.
            guard let type else {
                end = max(end, offset)
                continue
            }
            guard let bytes = type.bytes(of: size) else {
                throw reader.damaged("\(name) has \(size) weights, which are no whole blocks of \(type.name)")
            }
            bytesByType[type.name, default: 0] += min(bytes, reader.fileSize)
            end = max(end, offset.addingReportingOverflow(bytes).overflow ? .max : offset + bytes)
        }
        let start = (reader.position + alignment - 1) / alignment * alignment
        guard end <= reader.fileSize - start else {
            let (needed, overflow) = start.addingReportingOverflow(end)
            throw reader.damaged(
                "it is cut short: it has \(reader.fileSize) bytes, and its tensors need "
                    + (overflow ? "more than can be" : "\(needed)"))
        }
    }

    private static func elements(_ reader: inout GGUFReader, of name: String) throws(DownloadsError) -> Int {
        let dimensions = try reader.integer(UInt32.self)
        guard dimensions <= 8 else { throw reader.damaged("\(name) has \(dimensions) dimensions") }
        var size = 1
        for _ in 0..<dimensions {
            let length = try reader.count("a dimension of \(name)", limit: 1 << 40)
            let (product, overflow) = size.multipliedReportingOverflow(by: length)
            guard !overflow else { throw reader.damaged("\(name) is larger than can be counted") }
            size = product
        }
        return size
    }
}
