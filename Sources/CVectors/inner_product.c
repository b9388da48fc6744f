#include "CVectors.h"

#include <math.h>

#include "widths.h"

// Halves are read by the processor's own type: F16C on x86-64-v3, the compiler's routines before that.
typedef _Float16 half;

FOR_EACH_WIDTH
void cvectors_products_f32(
    const float *restrict rows, long count, long length, const float *restrict query, float *restrict products)
{
    for (long row = 0; row < count; row++) {
        const float *restrict values = rows + row * length;
        float sum = 0;
        {
#pragma clang fp reassociate(on) contract(fast)
            for (long i = 0; i < length; i++) {
                sum += values[i] * query[i];
            }
        }
        products[row] = sum;
    }
}

FOR_EACH_WIDTH
void cvectors_products_f16(
    const uint16_t *restrict rows, long count, long length, const float *restrict query, float *restrict products)
{
    for (long row = 0; row < count; row++) {
        const half *restrict values = (const half *)rows + row * length;
        float sum = 0;
        {
#pragma clang fp reassociate(on) contract(fast)
            for (long i = 0; i < length; i++) {
                sum += (float)values[i] * query[i];
            }
        }
        products[row] = sum;
    }
}

FOR_EACH_WIDTH
void cvectors_products_i8(
    const int8_t *restrict rows, const float *restrict scales, long count, long length, const float *restrict query,
    float *restrict products)
{
    for (long row = 0; row < count; row++) {
        const int8_t *restrict values = rows + row * length;
        float sum = 0;
        {
#pragma clang fp reassociate(on) contract(fast)
            for (long i = 0; i < length; i++) {
                sum += (float)values[i] * query[i];
            }
        }
        products[row] = sum * scales[row];
    }
}

FOR_EACH_WIDTH
void cvectors_bounds_i8(
    const int8_t *restrict rows, const float *restrict scales, const float *restrict norms,
    const float *restrict errors, long count, long length, const int8_t *restrict query, float query_scale,
    float query_norm, float query_error, float *restrict lower, float *restrict upper)
{
    for (long row = 0; row < count; row++) {
        const int8_t *restrict values = rows + row * length;
        int32_t sum = 0;
        for (long i = 0; i < length; i++) {
            sum += (int32_t)values[i] * (int32_t)query[i];
        }
        float middle = query_scale * scales[row] * (float)sum;
        float margin = query_error * norms[row] + query_norm * errors[row];
        lower[row] = middle - margin;
        upper[row] = middle + margin;
    }
}

FOR_EACH_WIDTH
long cvectors_greater(const float *restrict values, long count, float threshold, uint32_t *restrict positions)
{
    long found = 0;
    long i = 0;
    // Nearly all blocks hold nothing: one comparison of their maximum is all that they cost.
    for (; i + 64 <= count; i += 64) {
        int any = 0;
        for (long j = 0; j < 64; j++) {
            any |= values[i + j] > threshold;
        }
        if (!any) {
            continue;
        }
        // No branch: in a block that holds something it may be anywhere.
        for (long j = 0; j < 64; j++) {
            positions[found] = (uint32_t)(i + j);
            found += values[i + j] > threshold;
        }
    }
    for (; i < count; i++) {
        if (values[i] > threshold) {
            positions[found++] = (uint32_t)i;
        }
    }
    return found;
}
