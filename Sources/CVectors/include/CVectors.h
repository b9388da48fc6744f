#ifndef CVECTORS_H
#define CVECTORS_H

#include <stdint.h>

#include "PostingKernels.h"
#include "RowKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

// Loops over vectors, compiled for several generations of processors; the one that the machine has is chosen when
// the program starts. Swift's own vector types are compiled for the oldest alone.
//
// Rows stand one behind the other, `length` elements each. Half-precision floats are IEEE 754 binary16, as their bits.
// The order in which a sum is added up depends on the processor; on one machine it is always the same, so a row has
// the same score whether it is scored alone or among others.

/// products[i] = row i · query.
void cvectors_products_f32(const float *rows, long count, long length, const float *query, float *products);

/// The same for rows of half-precision floats.
void cvectors_products_f16(const uint16_t *rows, long count, long length, const float *query, float *products);

/// The same for rows of bytes, each with a factor: products[i] = scales[i] * (row i · query).
void cvectors_products_i8(
    const int8_t *rows, const float *scales, long count, long length, const float *query, float *products);

/// Between which bounds the exact products of rows lie whose coarse copy is `rows`: for row i
/// query_scale * scales[i] * (row i · query), give or take `query_error * norms[i] + query_norm * errors[i]`.
///
/// query_scale * query is the coarse copy of the query, query_norm its length, and query_error how far it is from the
/// query itself; norms and errors are the lengths of the rows and how far their coarse copies are from them.
void cvectors_bounds_i8(
    const int8_t *rows, const float *scales, const float *norms, const float *errors, long count, long length,
    const int8_t *query, float query_scale, float query_norm, float query_error, float *lower, float *upper);

/// Writes the positions of the values that are greater than `threshold`, in order; returns how many. There is room for
/// `count` positions, and what stands behind those that are found is overwritten.
long cvectors_greater(const float *values, long count, float threshold, uint32_t *positions);

/// Rounds a row to bytes of one scale, the greatest magnitude being 127: row = scale * bytes, nearly. Returns the
/// scale; `norm` is the row's length, `error` the length of what was lost.
float cvectors_round_i8(const float *row, long length, int8_t *bytes, float *norm, float *error);

/// Rounds floats to half precision, to the nearest, ties to even.
void cvectors_round_f16(const float *values, long count, uint16_t *halves);

/// Widens half-precision floats.
void cvectors_widen_f16(const uint16_t *halves, long count, float *values);

/// Widens a row of bytes.
void cvectors_widen_i8(const int8_t *bytes, float scale, long count, float *values);

#ifdef __cplusplus
}
#endif

#endif
