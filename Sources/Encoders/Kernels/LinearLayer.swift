internal import CoreDNN

/// y = x · weightᵀ + bias, with what comes behind it, over many rows.
///
/// Where the matrix library has a kernel for it, the weights are put into the library's own order once and all is one
/// pass; elsewhere the products are made with the weights as they lie in the file, in 32-bit floats only.
///
/// Unchecked: nothing is written once a layer exists.
final class LinearLayer: @unchecked Sendable {
    /// What follows the product.
    enum Form: Sendable {
        /// Nothing.
        case plain
        /// The Gaussian error linear unit; the result has the arithmetic's own type.
        case activated
        /// What is in y already is added.
        case residual
    }

    private enum Kernel {
        case packed(OpaquePointer)
        case borrowed(weight: FloatTensor, bias: FloatTensor)
    }

    private let kernel: Kernel
    private let form: Form
    private let inputs: Int
    private let outputs: Int

    /// A layer; `weight` is outputs x inputs, `bias` has a float for each output.
    ///
    /// - Throws: where `arithmetic` is bf16 and the library has no kernel for it.
    init(weight: FloatTensor, bias: FloatTensor, form: Form, arithmetic: Arithmetic) throws(EncodersError) {
        guard core_dnn_is_present() != 0 else {
            throw EncodersError(
                .computation,
                "A model needs oneDNN, which is not on this machine; install it (Debian: apt-get install libdnnl2).")
        }
        outputs = weight.shape[0]
        inputs = weight.shape[1]
        self.form = form
        let narrow = arithmetic == .brainFloat
        var shape = core_dnn_linear_shape()
        shape.inputs = inputs
        shape.outputs = outputs
        shape.input = narrow ? CORE_DNN_BF16 : CORE_DNN_F32
        shape.output = narrow && form == .activated ? CORE_DNN_BF16 : CORE_DNN_F32
        shape.gelu = form == .activated ? 1 : 0
        shape.add = form == .residual ? 1 : 0
        if let packed = core_dnn_linear_create(&shape, weight.start, bias.start) {
            kernel = .packed(packed)
            // The file's pages were read once and are not needed again.
            weight.release()
        } else if narrow {
            throw EncodersError(
                .unsupportedModel,
                "\(String(cString: core_dnn_version())) has no bf16 kernel for a layer of \(inputs) x \(outputs) on this "
                    + "machine; ask for precision f32 or auto."
            )
        } else {
            kernel = .borrowed(weight: weight, bias: bias)
        }
    }

    deinit {
        if case .packed(let packed) = kernel { core_dnn_linear_destroy(packed) }
    }

    /// Computes `rows` rows that stand one behind the other. Both places need room for whole blocks of
    /// `MatrixWorker.padded(rows)` rows; what is behind the last row is overwritten.
    func run(
        rows: Int, on input: UnsafeRawPointer, into output: UnsafeMutableRawPointer, worker: MatrixWorker
    ) throws(EncodersError) {
        switch kernel {
        case .packed(let packed):
            let status = core_dnn_linear_run(packed, worker.worker, rows, input, output)
            guard status == 0 else { throw refusedProduct(rows, inputs, outputs, status: Int(status)) }
        case .borrowed(let weight, let bias):
            let result = output.assumingMemoryBound(to: Float.self)
            try multiply(
                MatrixView(input.assumingMemoryBound(to: Float.self), stride: inputs),
                MatrixView(weight.start, stride: inputs), transposed: true, rows: rows, inner: inputs,
                columns: outputs, accumulates: form == .residual, into: result, stride: outputs
            )
            if form == .activated {
                RowKernels.addBiasAndActivate(bias.start, to: result, count: rows, length: outputs)
            } else {
                RowKernels.addBias(bias.start, to: result, count: rows, length: outputs)
            }
        }
    }
}

/// What one thread at a time needs for linear layers: the library's queue and scratch memory.
final class MatrixWorker {
    /// The library's object; nil where it packs nothing.
    let worker: OpaquePointer?

    /// A worker.
    init() {
        worker = core_dnn_worker_create()
    }

    deinit {
        core_dnn_worker_destroy(worker)
    }

    /// A number of rows rounded up to whole blocks.
    static func padded(_ rows: Int) -> Int {
        let block = CORE_DNN_LINEAR_ROWS
        return (rows + block - 1) / block * block
    }
}
