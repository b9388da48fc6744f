#ifndef CORE_DNN_LINEAR_H
#define CORE_DNN_LINEAR_H

#ifdef __cplusplus
extern "C" {
#endif

// Linear layers whose weights are put into the library's own order once, with what comes behind the product fused.

/// How many bytes an element of a linear layer's input, weights or output has: 32-bit floats or bfloat16.
typedef enum { CORE_DNN_F32 = 0, CORE_DNN_BF16 = 1 } core_dnn_type;

/// What a linear layer does: y = x · Wᵀ + b, then the Gaussian error linear unit where `gelu`, then + y where `add`.
typedef struct {
    long inputs;
    long outputs;
    /// The type of x and of the packed weights; products are summed in 32-bit floats.
    core_dnn_type input;
    /// The type of y.
    core_dnn_type output;
    int gelu;
    int add;
} core_dnn_linear_shape;

/// A linear layer; read-only once it is made, so that many threads may run it.
typedef struct core_dnn_linear core_dnn_linear;

/// What one thread needs to run linear layers.
typedef struct core_dnn_worker core_dnn_worker;

/// Rows are computed in whole blocks of as many: x must be readable, and y writable, to a multiple of it.
enum { CORE_DNN_LINEAR_ROWS = 4 };

/// Packs a layer: `weights` is outputs x inputs, row-major, `bias` has a float for each output; both are copied.
/// NULL where the library has no fast kernel for the shape on this machine.
core_dnn_linear *core_dnn_linear_create(const core_dnn_linear_shape *shape, const float *weights, const float *bias);

/// The number of bytes that the packed weights take.
long core_dnn_linear_bytes(const core_dnn_linear *linear);

/// Runs a layer over `rows` rows that stand one behind the other, on the calling thread. Returns 0, or the library's
/// status where it refused.
int core_dnn_linear_run(const core_dnn_linear *linear, core_dnn_worker *worker, long rows, const void *x, void *y);

/// Frees a layer, or nothing.
void core_dnn_linear_destroy(core_dnn_linear *linear);

/// A worker for one thread at a time; NULL where there is no library or no memory.
core_dnn_worker *core_dnn_worker_create(void);

/// Frees a worker, or nothing.
void core_dnn_worker_destroy(core_dnn_worker *worker);

#ifdef __cplusplus
}
#endif

#endif
