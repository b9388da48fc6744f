#include "CVectors.h"

#include <math.h>

#include "widths.h"

typedef _Float16 half;

FOR_EACH_WIDTH
float cvectors_round_i8(
    const float *restrict row, long length, int8_t *restrict bytes, float *restrict norm, float *restrict error)
{
    float greatest = 0;
    for (long i = 0; i < length; i++) {
        float magnitude = fabsf(row[i]);
        greatest = magnitude > greatest ? magnitude : greatest;
    }
    // Of a row of zeros any scale is right; 1 keeps the division below defined.
    float scale = greatest > 0 ? greatest / 127 : 1;
    double squares = 0;
    double lost = 0;
    for (long i = 0; i < length; i++) {
        float rounded = rintf(row[i] / scale);
        bytes[i] = (int8_t)rounded;
        double difference = (double)row[i] - (double)scale * (double)rounded;
        squares += (double)row[i] * (double)row[i];
        lost += difference * difference;
    }
    *norm = (float)sqrt(squares);
    *error = (float)sqrt(lost);
    return scale;
}

FOR_EACH_WIDTH
void cvectors_round_f16(const float *restrict values, long count, uint16_t *restrict halves)
{
    half *restrict out = (half *)halves;
    for (long i = 0; i < count; i++) {
        out[i] = (half)values[i];
    }
}

FOR_EACH_WIDTH
void cvectors_widen_f16(const uint16_t *restrict halves, long count, float *restrict values)
{
    const half *restrict in = (const half *)halves;
    for (long i = 0; i < count; i++) {
        values[i] = (float)in[i];
    }
}

FOR_EACH_WIDTH
void cvectors_widen_i8(const int8_t *restrict bytes, float scale, long count, float *restrict values)
{
    for (long i = 0; i < count; i++) {
        values[i] = scale * (float)bytes[i];
    }
}
