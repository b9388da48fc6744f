#ifndef DNNL_LIBRARY_H
#define DNNL_LIBRARY_H

// oneDNN is loaded when somebody first multiplies, not when the program starts: it is 40 MB, most commands do not need
// it, and a program that is given to other machines runs there also without it.

#include <dnnl.h>

#define DNNL_FUNCTIONS_OF_ALL(X) \
    X(engine_create) X(memory_create) X(memory_desc_get_size) X(memory_destroy) X(post_ops_append_eltwise) \
    X(post_ops_append_sum) X(post_ops_create) X(post_ops_destroy) X(primitive_attr_create) X(primitive_attr_destroy) \
    X(primitive_attr_set_post_ops) X(primitive_attr_set_scratchpad_mode) X(primitive_create) X(primitive_desc_destroy) \
    X(primitive_desc_query) X(primitive_desc_query_md) X(primitive_destroy) X(primitive_execute) \
    X(reorder_primitive_desc_create) X(sgemm) X(stream_create) X(stream_destroy) X(stream_wait) X(version)

#if DNNL_VERSION_MAJOR >= 3
#define DNNL_FUNCTIONS(X) \
    DNNL_FUNCTIONS_OF_ALL(X) X(matmul_primitive_desc_create) X(memory_desc_clone) X(memory_desc_create_with_tag) \
    X(memory_desc_destroy)
#else
#define DNNL_FUNCTIONS(X) \
    DNNL_FUNCTIONS_OF_ALL(X) X(matmul_desc_init) X(memory_desc_init_by_tag) X(primitive_desc_create)
#endif

/// What is used of it, by the names that dnnl.h has behind dnnl_.
typedef struct {
    void (*omp_set_num_threads)(int);
#define DNNL_FIELD(name) __typeof__(&dnnl_##name) name;
    DNNL_FUNCTIONS(DNNL_FIELD)
#undef DNNL_FIELD
} dnnl_functions;

/// The library, loaded once; NULL where it is not on this machine, and then nothing else here may be called.
const dnnl_functions *dnnl(void);

#endif
