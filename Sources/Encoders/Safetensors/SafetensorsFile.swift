/// The weights of a model, in the safetensors format, mapped into memory and never executed.
///
/// Source: the format description of the safetensors project.
public struct SafetensorsFile: Sendable {
    private let file: MappedFile
    private let header: SafetensorsHeader

    /// Opens and checks a file.
    ///
    /// - Throws: `EncodersError` where the file cannot be read, is cut short or contradicts itself.
    public init(path: String) throws {
        file = try MappedFile(path: path)
        header = try SafetensorsHeader(of: file)
    }

    /// The names of all tensors, sorted.
    public var names: [String] { header.entries.keys.sorted() }

    /// The lengths of a tensor's axes; nil where there is no such tensor.
    public func shape(of name: String) -> [Int]? { header.entries[name]?.shape }

    /// A copy of a tensor's elements, row-major.
    public func floats(of name: String) throws -> [Float] {
        let tensor = try tensor(name)
        return Array(UnsafeBufferPointer(start: tensor.start, count: tensor.count))
    }

    /// A tensor as floats; 32-bit floats are not copied, 16-bit ones are widened.
    func tensor(_ name: String, shape: [Int]? = nil) throws(EncodersError) -> FloatTensor {
        guard let entry = header.entries[name] else {
            throw EncodersError(
                .damagedFile, "\(file.path) has no tensor \"\(name)\"; is it the weights of this model?")
        }
        if let shape, shape != entry.shape {
            throw EncodersError(
                .damagedFile,
                "\(file.path) holds \"\(name)\" with shape \(entry.shape), but config.json asks for \(shape)."
            )
        }
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
        switch entry.type {
        case "F32":
            // The format aligns data to 8 bytes, but nothing forces a writer to: copy where it did not.
            if let start = bytes.baseAddress, Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0 {
                return FloatTensor(
                    borrowing: start.assumingMemoryBound(to: Float.self), of: file, shape: entry.shape
                )
            }
            return widened(bytes, width: 4, shape: entry.shape) { bytes, place in
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            }
        case "BF16":
            return widened(bytes, width: 2, shape: entry.shape) { bytes, place in
                let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
                return Float(bitPattern: UInt32(bits) << 16)
            }
        case "F16":
            return widened(bytes, width: 2, shape: entry.shape) { bytes, place in
                float(fromHalf: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)))
            }
        default:
            throw EncodersError(
                .unsupportedModel,
                "\(file.path) holds \"\(name)\" as \(entry.type); only F32, F16 and BF16 weights are supported."
            )
        }
    }

    private func widened(
        _ bytes: UnsafeRawBufferPointer, width: Int, shape: [Int], _ read: (UnsafeRawBufferPointer, Int) -> Float
    ) -> FloatTensor {
        let buffer = FloatBuffer(count: bytes.count / width)
        for position in 0..<buffer.count {
            buffer.start[position] = read(bytes, position * width)
        }
        return FloatTensor(buffer, shape: shape)
    }
}

/// The value of an IEEE 754 half; `Float16` does not exist on every platform.
func float(fromHalf bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = UInt32(bits >> 10) & 31
    let fraction = UInt32(bits) & 1023
    switch exponent {
    case 0: return sign * Float(fraction) * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(bitPattern: (exponent + 112) << 23 | fraction << 13)
    }
}
