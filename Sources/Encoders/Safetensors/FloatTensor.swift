/// Read-only floats, row-major, borrowed from a mapped file or converted from a narrower type.
///
/// Unchecked: nobody writes to the floats once a tensor exists.
struct FloatTensor: @unchecked Sendable {
    private enum Owner {
        case file(MappedFile)
        case buffer(FloatBuffer)
    }

    private let owner: Owner
    /// The first element; valid as long as the tensor.
    let start: UnsafePointer<Float>
    /// The lengths of the axes.
    let shape: [Int]

    /// The number of elements.
    var count: Int { shape.reduce(1, *) }

    /// Borrows floats of a file.
    init(borrowing start: UnsafePointer<Float>, of file: MappedFile, shape: [Int]) {
        owner = .file(file)
        self.start = start
        self.shape = shape
    }

    /// Takes over floats.
    init(_ buffer: FloatBuffer, shape: [Int]) {
        owner = .buffer(buffer)
        start = UnsafePointer(buffer.start)
        self.shape = shape
    }

    /// Says that the floats of a file were copied, or will not be needed for long.
    func release() {
        if case .file(let file) = owner { file.release(start, count: count * MemoryLayout<Float>.stride) }
    }

    /// Tensors one under the other; all have the same lengths but for the first axis.
    static func stacked(_ tensors: [FloatTensor]) -> FloatTensor {
        let buffer = FloatBuffer(count: tensors.map(\.count).reduce(0, +))
        var offset = 0
        for tensor in tensors {
            (buffer.start + offset).update(from: tensor.start, count: tensor.count)
            offset += tensor.count
            tensor.release()
        }
        let rows = tensors.compactMap(\.shape.first).reduce(0, +)
        return FloatTensor(buffer, shape: [rows] + (tensors.first?.shape.dropFirst() ?? []))
    }
}
