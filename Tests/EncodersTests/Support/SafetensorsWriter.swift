import Base
import FoundationEssentials

/// Writes safetensors files, also wrong ones.
struct SafetensorsWriter {
    private(set) var header: [String: JSONValue] = ["__metadata__": ["format": "pt"]]
    private(set) var data = Data()

    /// Adds a tensor of 32-bit floats.
    mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
        var bytes = Data()
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        add(name, "F32", shape, bytes)
    }

    /// Adds a tensor of any type.
    mutating func add(_ name: String, _ type: String, _ shape: [Int], _ bytes: Data) {
        header[name] = [
            "dtype": .string(type), "shape": .array(shape.map { .integer($0) }),
            "data_offsets": [.integer(data.count), .integer(data.count + bytes.count)],
        ]
        data += bytes
    }

    /// Overwrites what the header says of a tensor.
    mutating func claim(_ name: String, _ entry: JSONValue) {
        header[name] = entry
    }

    /// The whole file.
    var file: Data {
        var text = Data(JSONValue.object(header).canonicalText.utf8)
        while text.count % 8 != 0 { text.append(0x20) }
        var file = Data()
        withUnsafeBytes(of: UInt64(text.count).littleEndian) { file.append(contentsOf: $0) }
        return file + text + data
    }
}
