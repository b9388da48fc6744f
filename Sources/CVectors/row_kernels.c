#include "RowKernels.h"

#include <math.h>
#include <string.h>

#include "widths.h"

#define LANES 16
#define INLINE static inline __attribute__((always_inline))

// A product and a sum may be fused; that is the only freedom, so that sums keep their order everywhere.
#pragma clang fp contract(fast)

// x = n ln 2 + r with whole n; e^r is its Taylor polynomial of degree 7 on |r| <= ln 2 / 2, and 2^n goes into the
// exponent's bits. No library call: those are not made for many elements at a time.
INLINE float exponential(float x)
{
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    // Adding 1.5 * 2^23 leaves the nearest whole number in the low bits of the fraction.
    const float magic = 0x1.8p23f;
    const float shifted = x * 1.44269504f + magic;
    const float n = shifted - magic;
    // ln 2 in two parts, so that n times the first is exact.
    const float r = (x - n * 0.693359375f) + n * 2.1219444e-4f;
    float power = 1.0f / 5040;
    power = power * r + 1.0f / 720;
    power = power * r + 1.0f / 120;
    power = power * r + 1.0f / 24;
    power = power * r + 1.0f / 6;
    power = power * r + 0.5f;
    power = power * r + 1.0f;
    power = power * r + 1.0f;
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    const int32_t exponent = (int32_t)((uint32_t)(bits - 0x4B400000 + 127) << 23);
    float scale;
    memcpy(&scale, &exponent, sizeof scale);
    return power * scale;
}

// With u = |x| / sqrt 2 it is max(x, 0) - |x| erfc(u) / 2, and erfc is formula 7.1.26 of Abramowitz and Stegun,
// "Handbook of Mathematical Functions" (error below 1.5e-7).
INLINE float gaussian_error_linear_unit(float x)
{
    const float magnitude = fabsf(x);
    const float u = magnitude * 0.70710678f;
    const float t = 1.0f / (u * 0.3275911f + 1.0f);
    float tail = t * 1.061405429f - 1.453152027f;
    tail = tail * t + 1.421413741f;
    tail = tail * t - 0.284496736f;
    tail = tail * t + 0.254829592f;
    const float complement = tail * t * exponential(-u * u);
    return (x > 0 ? x : 0) - magnitude * complement * 0.5f;
}

INLINE uint16_t bfloat16(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint32_t rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    // Rounding could carry the fraction of a NaN into an infinity.
    const uint32_t quiet = bits >> 16 | 0x40;
    return (uint16_t)((bits & 0x7FFFFFFF) > 0x7F800000 ? quiet : rounded);
}

INLINE float sum_of_lanes(const float *lanes)
{
    float halves[8], quarters[4];
    for (int lane = 0; lane < 8; lane++) halves[lane] = lanes[lane] + lanes[lane + 8];
    for (int lane = 0; lane < 4; lane++) quarters[lane] = halves[lane] + halves[lane + 4];
    return (quarters[0] + quarters[2]) + (quarters[1] + quarters[3]);
}

FOR_EACH_WIDTH void row_kernels_exponential(float *row, long length)
{
    for (long position = 0; position < length; position++) row[position] = exponential(row[position]);
}

FOR_EACH_WIDTH void row_kernels_add_bias(
    float *restrict rows, const float *restrict bias, long count, long length)
{
    for (long row = 0; row < count; row++) {
        float *restrict start = rows + row * length;
        for (long position = 0; position < length; position++) start[position] += bias[position];
    }
}

FOR_EACH_WIDTH void row_kernels_add_bias_and_activate(
    float *restrict rows, const float *restrict bias, long count, long length)
{
    for (long row = 0; row < count; row++) {
        float *restrict start = rows + row * length;
        for (long position = 0; position < length; position++) {
            start[position] = gaussian_error_linear_unit(start[position] + bias[position]);
        }
    }
}

FOR_EACH_WIDTH void row_kernels_add(
    const float *first, const float *second, const float *third, float *restrict sum, long length)
{
    for (long position = 0; position < length; position++) {
        sum[position] = (first[position] + second[position]) + third[position];
    }
}

FOR_EACH_WIDTH void row_kernels_normalise(
    float *restrict rows, const float *restrict scale, const float *restrict shift, float epsilon, long count,
    long length, uint16_t *restrict narrow)
{
    for (long row = 0; row < count; row++) {
        float *restrict start = rows + row * length;
        float sums[LANES] = {0}, squares[LANES] = {0};
        for (long position = 0; position < length; position += LANES) {
            for (int lane = 0; lane < LANES; lane++) sums[lane] += start[position + lane];
        }
        const float mean = sum_of_lanes(sums) / (float)length;
        for (long position = 0; position < length; position += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                const float difference = start[position + lane] - mean;
                squares[lane] += difference * difference;
            }
        }
        const float factor = 1.0f / sqrtf(sum_of_lanes(squares) / (float)length + epsilon);
        for (long position = 0; position < length; position++) {
            start[position] = (start[position] - mean) * factor * scale[position] + shift[position];
        }
        if (narrow != NULL) {
            uint16_t *restrict copy = narrow + row * length;
            for (long position = 0; position < length; position++) copy[position] = bfloat16(start[position]);
        }
    }
}

FOR_EACH_WIDTH void row_kernels_softmax(float *restrict scores, long count, long length, long stride)
{
    for (long row = 0; row < count; row++) {
        float *restrict start = scores + row * stride;
        for (long position = length; position < stride; position++) start[position] = -INFINITY;
        float maxima[LANES], sums[LANES] = {0};
        for (int lane = 0; lane < LANES; lane++) maxima[lane] = -INFINITY;
        for (long position = 0; position < stride; position += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                const float score = start[position + lane];
                maxima[lane] = score > maxima[lane] ? score : maxima[lane];
            }
        }
        float maximum = maxima[0];
        for (int lane = 1; lane < LANES; lane++) maximum = maxima[lane] > maximum ? maxima[lane] : maximum;
        for (long position = 0; position < stride; position += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                // The padding becomes e^-87, which no sum of floats notices.
                const float weight = exponential(start[position + lane] - maximum);
                start[position + lane] = weight;
                sums[lane] += weight;
            }
        }
        const float factor = 1.0f / sum_of_lanes(sums);
        for (long position = 0; position < stride; position++) start[position] *= factor;
    }
}

FOR_EACH_WIDTH void row_kernels_narrow(const float *restrict from, uint16_t *restrict to, long count)
{
    for (long position = 0; position < count; position++) to[position] = bfloat16(from[position]);
}

FOR_EACH_WIDTH void row_kernels_accumulate(
    const float *restrict rows, float *restrict sum, long count, long length)
{
    for (long row = 0; row < count; row++) {
        for (long position = 0; position < length; position++) sum[position] += rows[row * length + position];
    }
}

FOR_EACH_WIDTH void row_kernels_scale_to_unit(float *restrict row, long length)
{
    float squares[LANES] = {0};
    for (long position = 0; position < length; position += LANES) {
        for (int lane = 0; lane < LANES; lane++) squares[lane] += row[position + lane] * row[position + lane];
    }
    const float norm = sqrtf(sum_of_lanes(squares));
    if (!(norm > 0)) return;
    for (long position = 0; position < length; position++) row[position] /= norm;
}
