#include "PostingKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define HAS_INTRINSICS
#include <immintrin.h>
#endif

long posting_kernels_add_list(
    const int32_t *restrict chunks, const float *restrict scores, long count, int32_t origin, int32_t end,
    float *restrict sums)
{
    long i = 0;
    for (; i + 4 <= count && chunks[i + 3] < end; i += 4) {
        sums[chunks[i] - origin] += scores[i];
        sums[chunks[i + 1] - origin] += scores[i + 1];
        sums[chunks[i + 2] - origin] += scores[i + 2];
        sums[chunks[i + 3] - origin] += scores[i + 3];
    }
    for (; i < count && chunks[i] < end; i++) sums[chunks[i] - origin] += scores[i];
    return i;
}

static void add_one_by_one(
    const uint64_t *restrict words, long count, const float *restrict scores, float *restrict sums)
{
    for (long word = 0; word < count; word++) {
        const float *restrict next = scores + (words[word] >> 32);
        float *restrict place = sums + 32 * word;
        for (uint32_t bits = (uint32_t)words[word]; bits != 0; bits &= bits - 1) {
            place[__builtin_ctz(bits)] += *next++;
        }
    }
}

#ifdef HAS_INTRINSICS
// Scores that stand one behind the other go to eight places at once; how many they are makes no difference, and no
// branch depends on it. Sixteen at once (AVX-512) were faster by a tenth, which is no reason for a third copy.

// Which of the next scores each of eight places gets; -128 for none.
#define LANE(bits, i) ((bits) >> (i) & 1 ? __builtin_popcount((bits) & ((1 << (i)) - 1)) : -128)
#define LANES(bits) \
    {LANE(bits, 0), LANE(bits, 1), LANE(bits, 2), LANE(bits, 3), \
     LANE(bits, 4), LANE(bits, 5), LANE(bits, 6), LANE(bits, 7)}
#define LANES_4(bits) LANES(bits), LANES((bits) + 1), LANES((bits) + 2), LANES((bits) + 3)
#define LANES_16(bits) LANES_4(bits), LANES_4((bits) + 4), LANES_4((bits) + 8), LANES_4((bits) + 12)
#define LANES_64(bits) LANES_16(bits), LANES_16((bits) + 16), LANES_16((bits) + 32), LANES_16((bits) + 48)
static const int8_t lanes_of_bits[256][8] = {LANES_64(0), LANES_64(64), LANES_64(128), LANES_64(192)};

__attribute__((target("arch=x86-64-v3"))) static void add_eight_at_once(
    const uint64_t *restrict words, long count, const float *restrict scores, float *restrict sums)
{
    for (long word = 0; word < count; word++) {
        const float *next = scores + (words[word] >> 32);
        float *place = sums + 32 * word;
        uint32_t rest = (uint32_t)words[word];
        for (int group = 0; group < 4; group++, place += 8, rest >>= 8) {
            const uint32_t bits = rest & 255;
            const __m256i lanes = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)lanes_of_bits[bits]));
            const __m256 placed = _mm256_permutevar8x32_ps(_mm256_loadu_ps(next), lanes);
            const __m256 added = _mm256_blendv_ps(placed, _mm256_setzero_ps(), _mm256_castsi256_ps(lanes));
            _mm256_storeu_ps(place, _mm256_add_ps(_mm256_loadu_ps(place), added));
            next += __builtin_popcount(bits);
        }
    }
}
#endif

void posting_kernels_add_bits(
    const uint64_t *restrict words, long count, const float *restrict scores, float *restrict sums)
{
#ifdef HAS_INTRINSICS
    if (__builtin_cpu_supports("x86-64-v3")) {
        add_eight_at_once(words, count, scores, sums);
        return;
    }
#endif
    add_one_by_one(words, count, scores, sums);
}
