package import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Writes safetensors files, also wrong ones.
package struct SafetensorsWriter {
    package private(set) var header: [String: JSONValue] = ["__metadata__": ["format": "pt"]]
    package private(set) var data = Data()

    /// A file without tensors.
    package init() {}

    /// Adds a tensor of 32-bit floats.
    package mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
        var bytes = Data()
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        add(name, "F32", shape, bytes)
    }

    /// Adds a tensor of any type.
    package mutating func add(_ name: String, _ type: String, _ shape: [Int], _ bytes: Data) {
        header[name] = [
            "dtype": .string(type), "shape": .array(shape.map { .integer($0) }),
            "data_offsets": [.integer(data.count), .integer(data.count + bytes.count)],
        ]
        data += bytes
    }

    /// Overwrites what the header says of a tensor.
    package mutating func claim(_ name: String, _ entry: JSONValue) {
        header[name] = entry
    }

    /// The whole file.
    package var file: Data {
        var text = Data(JSONValue.object(header).canonicalText.utf8)
        while text.count % 8 != 0 { text.append(0x20) }
        var file = Data()
        withUnsafeBytes(of: UInt64(text.count).littleEndian) { file.append(contentsOf: $0) }
        return file + text + data
    }
}
