#ifndef ROW_KERNELS_H
#define ROW_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Loops over rows of floats whose length is a multiple of 16. Results differ between machines by rounding only:
// sums always have sixteen parts, in the same order; but a product and a sum may be one operation or two.

/// e to the power of each element, to a relative error below 3e-7 for -87 ... 88; beyond, the value at the bound.
void row_kernels_exponential(float *row, long length);

/// Adds `bias` to each of `count` rows.
void row_kernels_add_bias(float *rows, const float *bias, long count, long length);

/// Adds `bias` to each row and applies the Gaussian error linear unit x Φ(x), to an absolute error below 1e-6.
void row_kernels_add_bias_and_activate(float *rows, const float *bias, long count, long length);

/// sum = first + second + third, for one row.
void row_kernels_add(const float *first, const float *second, const float *third, float *sum, long length);

/// Layer norm of each row in place: (x - mean) / sqrt(variance + epsilon) * scale + shift.
/// Where `narrow` is not NULL, the results go there too, as bfloat16.
void row_kernels_normalise(
    float *rows, const float *scale, const float *shift, float epsilon, long count, long length, uint16_t *narrow);

/// Turns each row of scores into weights that sum to 1. Rows stand `stride` apart, a multiple of 16; what is
/// behind `length` in a row is overwritten.
void row_kernels_softmax(float *scores, long count, long length, long stride);

/// Rounds floats to the nearest bfloat16, ties to even. Not a number stays not a number.
void row_kernels_narrow(const float *from, uint16_t *to, long count);

/// Adds the rows up: sum += all of them.
void row_kernels_accumulate(const float *rows, float *sum, long count, long length);

/// Scales a row to length 1; a row of zeros stays as it is.
void row_kernels_scale_to_unit(float *row, long length);

#ifdef __cplusplus
}
#endif

#endif
