#ifndef DNNL_VERSIONS_H
#define DNNL_VERSIONS_H

// oneDNN 2.x and 3.x differ in how a tensor's layout is held (a struct, or a handle that must be destroyed) and in how
// a product is described. Everything else of the shim is written once, against these names.

#include "dnnl_library.h"

#include <string.h>

#if DNNL_VERSION_MAJOR >= 3

typedef dnnl_memory_desc_t layout;
typedef const_dnnl_memory_desc_t layout_reference;

static inline layout_reference layout_refer(const layout *from) { return *from; }

static inline dnnl_status_t layout_make(
    layout *to, long rows, long columns, dnnl_data_type_t type, dnnl_format_tag_t tag)
{
    const dnnl_dims_t lengths = {rows, columns};
    return dnnl()->memory_desc_create_with_tag(to, 2, lengths, type, tag);
}

static inline dnnl_status_t layout_copy(layout *to, layout_reference from)
{
    return dnnl()->memory_desc_clone(to, from);
}

static inline void layout_free(layout *it)
{
    if (*it != NULL) dnnl()->memory_desc_destroy(*it);
    *it = NULL;
}

static inline dnnl_status_t post_ops_add_gelu(dnnl_post_ops_t operations)
{
    return dnnl()->post_ops_append_eltwise(operations, dnnl_eltwise_gelu_erf, 0, 0);
}

static inline dnnl_status_t post_ops_add_sum(dnnl_post_ops_t operations)
{
    return dnnl()->post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
}

static inline dnnl_status_t product_describe(
    dnnl_primitive_desc_t *to, dnnl_engine_t engine, const layout *source, const layout *weights, const layout *bias,
    const layout *result, const_dnnl_primitive_attr_t attributes)
{
    return dnnl()->matmul_primitive_desc_create(to, engine, *source, *weights, *bias, *result, attributes);
}

#else

typedef dnnl_memory_desc_t layout;
typedef const dnnl_memory_desc_t *layout_reference;

static inline layout_reference layout_refer(const layout *from) { return from; }

static inline dnnl_status_t layout_make(
    layout *to, long rows, long columns, dnnl_data_type_t type, dnnl_format_tag_t tag)
{
    const dnnl_dims_t lengths = {rows, columns};
    return dnnl()->memory_desc_init_by_tag(to, 2, lengths, type, tag);
}

static inline dnnl_status_t layout_copy(layout *to, layout_reference from)
{
    if (from == NULL) return dnnl_invalid_arguments;
    memcpy(to, from, sizeof *to);
    return dnnl_success;
}

static inline void layout_free(layout *it) { (void)it; }

static inline dnnl_status_t post_ops_add_gelu(dnnl_post_ops_t operations)
{
    return dnnl()->post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_erf, 0, 0);
}

static inline dnnl_status_t post_ops_add_sum(dnnl_post_ops_t operations)
{
    return dnnl()->post_ops_append_sum(operations, 1);
}

static inline dnnl_status_t product_describe(
    dnnl_primitive_desc_t *to, dnnl_engine_t engine, const layout *source, const layout *weights, const layout *bias,
    const layout *result, const_dnnl_primitive_attr_t attributes)
{
    dnnl_matmul_desc_t description;
    const dnnl_status_t status = dnnl()->matmul_desc_init(&description, source, weights, bias, result);
    return status == dnnl_success ? dnnl()->primitive_desc_create(to, &description, attributes, engine, NULL) : status;
}

#endif

#endif
