#include "CoreDNNLinear.h"

#include <stddef.h>

#ifdef __APPLE__

// Accelerate packs nothing and fuses nothing; the caller falls back to core_dnn_sgemm.
core_dnn_linear *core_dnn_linear_create(const core_dnn_linear_shape *shape, const float *weights, const float *bias)
{
    (void)shape, (void)weights, (void)bias;
    return NULL;
}
long core_dnn_linear_bytes(const core_dnn_linear *linear) { return (void)linear, 0; }
int core_dnn_linear_run(const core_dnn_linear *linear, core_dnn_worker *worker, long rows, const void *x, void *y)
{
    (void)linear, (void)worker, (void)rows, (void)x, (void)y;
    return 1;
}
void core_dnn_linear_destroy(core_dnn_linear *linear) { (void)linear; }
core_dnn_worker *core_dnn_worker_create(void) { return NULL; }
void core_dnn_worker_destroy(core_dnn_worker *worker) { (void)worker; }

#else

#include "dnnl_versions.h"

#include <pthread.h>
#include <stdlib.h>

// A product is made for a fixed number of rows. A batch is cut into these, the largest first, so that at most 3 rows
// are computed for nothing; large ones read the weights from the caches more seldom. There are many small ones because
// a question is short: it, or the half of it that one of two threads computes, should be one block that fits.
static const long block_rows[] = {256, 64, 56, 48, 40, 32, 28, 24, 20, 16, 12, 8, CORE_DNN_LINEAR_ROWS};
enum { BLOCKS = sizeof block_rows / sizeof block_rows[0] };

typedef struct {
    dnnl_primitive_t product;
    layout source, result, scratch;
    size_t scratch_bytes;
} block;

struct core_dnn_linear {
    core_dnn_linear_shape shape;
    block blocks[BLOCKS];
    layout packed;
    dnnl_memory_t weights, bias;
};

struct core_dnn_worker {
    dnnl_stream_t stream;
    void *scratch;
    size_t scratch_bytes;
};

static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;

static void make_engine(void)
{
    if (dnnl() == NULL || dnnl()->engine_create(&engine, dnnl_cpu, 0) != dnnl_success) engine = NULL;
}

static dnnl_data_type_t library_type(core_dnn_type type) { return type == CORE_DNN_BF16 ? dnnl_bf16 : dnnl_f32; }

static size_t element_bytes(core_dnn_type type) { return type == CORE_DNN_BF16 ? 2 : 4; }

static dnnl_status_t make_attributes(dnnl_primitive_attr_t *attributes, const core_dnn_linear_shape *shape)
{
    dnnl_post_ops_t operations = NULL;
    dnnl_status_t status = dnnl()->primitive_attr_create(attributes);
    if (status == dnnl_success) status = dnnl()->post_ops_create(&operations);
    if (status == dnnl_success && shape->gelu) status = post_ops_add_gelu(operations);
    if (status == dnnl_success && shape->add) status = post_ops_add_sum(operations);
    if (status == dnnl_success) status = dnnl()->primitive_attr_set_post_ops(*attributes, operations);
    // The library's own scratch memory belongs to the thread that made the primitive; ours belongs to a worker.
    if (status == dnnl_success) {
        status = dnnl()->primitive_attr_set_scratchpad_mode(*attributes, dnnl_scratchpad_mode_user);
    }
    if (operations != NULL) dnnl()->post_ops_destroy(operations);
    return status;
}

// Makes the product of a block. The first block chooses the order of the weights, the others take it over.
static dnnl_status_t make_block(core_dnn_linear *linear, int index, dnnl_primitive_attr_t attributes)
{
    const core_dnn_linear_shape *shape = &linear->shape;
    const dnnl_data_type_t input = library_type(shape->input), output = library_type(shape->output);
    block *it = &linear->blocks[index];
    layout any, bias;
    dnnl_primitive_desc_t description = NULL;
    memset(&any, 0, sizeof any);
    memset(&bias, 0, sizeof bias);
    dnnl_status_t status = layout_make(&it->source, block_rows[index], shape->inputs, input, dnnl_ab);
    if (status == dnnl_success) status = layout_make(&it->result, block_rows[index], shape->outputs, output, dnnl_ab);
    if (status == dnnl_success) status = layout_make(&bias, 1, shape->outputs, dnnl_f32, dnnl_ab);
    if (status == dnnl_success && index == 0) {
        status = layout_make(&any, shape->inputs, shape->outputs, input, dnnl_format_tag_any);
    }
    if (status == dnnl_success) {
        const layout *weights = index == 0 ? &any : &linear->packed;
        status = product_describe(&description, engine, &it->source, weights, &bias, &it->result, attributes);
    }
    if (status == dnnl_success) {
        const char *name = NULL;
        dnnl()->primitive_desc_query(description, dnnl_query_impl_info_str, 0, &name);
        // The reference kernels are a hundred times slower than any product that the caller could make itself.
        if (name == NULL || strncmp(name, "ref", 3) == 0) status = dnnl_unimplemented;
    }
    if (status == dnnl_success && index == 0) {
        status = layout_copy(&linear->packed, dnnl()->primitive_desc_query_md(description, dnnl_query_weights_md, 0));
    }
    if (status == dnnl_success) {
        status = layout_copy(&it->scratch, dnnl()->primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0));
    }
    if (status == dnnl_success) {
        it->scratch_bytes = dnnl()->memory_desc_get_size(layout_refer(&it->scratch));
        status = dnnl()->primitive_create(&it->product, description);
    }
    if (description != NULL) dnnl()->primitive_desc_destroy(description);
    layout_free(&any);
    layout_free(&bias);
    return status;
}

// Copies `from`, in the order that `plain` says, into new memory in the order that `wanted` says.
static dnnl_status_t pack(dnnl_memory_t *to, const layout *wanted, const layout *plain, const float *from)
{
    dnnl_memory_t source = NULL;
    dnnl_primitive_desc_t description = NULL;
    dnnl_primitive_t reorder = NULL;
    dnnl_stream_t stream = NULL;
    dnnl_status_t status = dnnl()->memory_create(&source, layout_refer(plain), engine, (void *)from);
    if (status == dnnl_success) status = dnnl()->memory_create(to, layout_refer(wanted), engine, DNNL_MEMORY_ALLOCATE);
    if (status == dnnl_success) status = dnnl()->stream_create(&stream, engine, dnnl_stream_default_flags);
    if (status == dnnl_success) {
        status = dnnl()->reorder_primitive_desc_create(
            &description, layout_refer(plain), engine, layout_refer(wanted), engine, NULL);
    }
    if (status == dnnl_success) status = dnnl()->primitive_create(&reorder, description);
    if (status == dnnl_success) {
        const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, *to}};
        status = dnnl()->primitive_execute(reorder, stream, 2, arguments);
    }
    if (status == dnnl_success) status = dnnl()->stream_wait(stream);
    if (reorder != NULL) dnnl()->primitive_destroy(reorder);
    if (description != NULL) dnnl()->primitive_desc_destroy(description);
    if (stream != NULL) dnnl()->stream_destroy(stream);
    if (source != NULL) dnnl()->memory_destroy(source);
    return status;
}

core_dnn_linear *core_dnn_linear_create(const core_dnn_linear_shape *shape, const float *weights, const float *bias)
{
    pthread_once(&engine_once, make_engine);
    core_dnn_linear *linear = engine == NULL ? NULL : calloc(1, sizeof *linear);
    if (linear == NULL) return NULL;
    dnnl()->omp_set_num_threads(1);
    linear->shape = *shape;
    layout plain, row;
    memset(&plain, 0, sizeof plain);
    memset(&row, 0, sizeof row);
    dnnl_primitive_attr_t attributes = NULL;
    dnnl_status_t status = make_attributes(&attributes, shape);
    for (int index = 0; index < BLOCKS && status == dnnl_success; index++) {
        status = make_block(linear, index, attributes);
    }
    if (status == dnnl_success) status = layout_make(&plain, shape->inputs, shape->outputs, dnnl_f32, dnnl_ba);
    if (status == dnnl_success) status = layout_make(&row, 1, shape->outputs, dnnl_f32, dnnl_ab);
    if (status == dnnl_success) status = pack(&linear->weights, &linear->packed, &plain, weights);
    if (status == dnnl_success) status = pack(&linear->bias, &row, &row, bias);
    if (attributes != NULL) dnnl()->primitive_attr_destroy(attributes);
    layout_free(&plain);
    layout_free(&row);
    if (status == dnnl_success) return linear;
    core_dnn_linear_destroy(linear);
    return NULL;
}

long core_dnn_linear_bytes(const core_dnn_linear *linear)
{
    return (long)dnnl()->memory_desc_get_size(layout_refer(&linear->packed));
}

static int reserve(core_dnn_worker *worker, size_t bytes)
{
    if (bytes <= worker->scratch_bytes) return 1;
    free(worker->scratch);
    worker->scratch_bytes = (bytes + 63) / 64 * 64;
    worker->scratch = aligned_alloc(64, worker->scratch_bytes);
    if (worker->scratch == NULL) worker->scratch_bytes = 0;
    return worker->scratch != NULL;
}

static dnnl_status_t run_block(
    const core_dnn_linear *linear, const block *it, core_dnn_worker *worker, const void *x, void *y)
{
    dnnl_memory_t source = NULL, result = NULL, scratch = NULL;
    if (!reserve(worker, it->scratch_bytes)) return dnnl_out_of_memory;
    dnnl_status_t status = dnnl()->memory_create(&source, layout_refer(&it->source), engine, (void *)x);
    if (status == dnnl_success) status = dnnl()->memory_create(&result, layout_refer(&it->result), engine, y);
    if (status == dnnl_success) {
        status = dnnl()->memory_create(&scratch, layout_refer(&it->scratch), engine, worker->scratch);
    }
    if (status == dnnl_success) {
        const dnnl_exec_arg_t arguments[] = {
            {DNNL_ARG_SRC, source}, {DNNL_ARG_WEIGHTS, linear->weights}, {DNNL_ARG_BIAS, linear->bias},
            {DNNL_ARG_DST, result}, {DNNL_ARG_SCRATCHPAD, scratch}};
        status = dnnl()->primitive_execute(it->product, worker->stream, 5, arguments);
    }
    if (source != NULL) dnnl()->memory_destroy(source);
    if (result != NULL) dnnl()->memory_destroy(result);
    if (scratch != NULL) dnnl()->memory_destroy(scratch);
    return status;
}

int core_dnn_linear_run(const core_dnn_linear *linear, core_dnn_worker *worker, long rows, const void *x, void *y)
{
    dnnl()->omp_set_num_threads(1);
    const size_t x_row = (size_t)linear->shape.inputs * element_bytes(linear->shape.input);
    const size_t y_row = (size_t)linear->shape.outputs * element_bytes(linear->shape.output);
    const long end = (rows + CORE_DNN_LINEAR_ROWS - 1) / CORE_DNN_LINEAR_ROWS * CORE_DNN_LINEAR_ROWS;
    int index = 0;
    for (long row = 0; row < end; row += block_rows[index]) {
        while (block_rows[index] > end - row) index++;
        const dnnl_status_t status = run_block(
            linear, &linear->blocks[index], worker, (const char *)x + (size_t)row * x_row,
            (char *)y + (size_t)row * y_row);
        if (status != dnnl_success) return (int)status;
    }
    return (int)dnnl()->stream_wait(worker->stream);
}

void core_dnn_linear_destroy(core_dnn_linear *linear)
{
    if (linear == NULL) return;
    for (int index = 0; index < BLOCKS; index++) {
        block *it = &linear->blocks[index];
        if (it->product != NULL) dnnl()->primitive_destroy(it->product);
        layout_free(&it->source);
        layout_free(&it->result);
        layout_free(&it->scratch);
    }
    if (linear->weights != NULL) dnnl()->memory_destroy(linear->weights);
    if (linear->bias != NULL) dnnl()->memory_destroy(linear->bias);
    layout_free(&linear->packed);
    free(linear);
}

core_dnn_worker *core_dnn_worker_create(void)
{
    pthread_once(&engine_once, make_engine);
    core_dnn_worker *worker = engine == NULL ? NULL : calloc(1, sizeof *worker);
    if (worker == NULL) return NULL;
    if (dnnl()->stream_create(&worker->stream, engine, dnnl_stream_default_flags) == dnnl_success) return worker;
    free(worker);
    return NULL;
}

void core_dnn_worker_destroy(core_dnn_worker *worker)
{
    if (worker == NULL) return;
    dnnl()->stream_destroy(worker->stream);
    free(worker->scratch);
    free(worker);
}

#endif
