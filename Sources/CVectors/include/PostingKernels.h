#ifndef POSTING_KERNELS_H
#define POSTING_KERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Loops over the postings of an inverted index: what a term adds to the scores of the chunks that have it.
//
// The chunks of a rare term are a list of numbers, ascending. Those of a frequent one are a set of bits, 32 chunks a
// word: the lower half has the bits, the upper half how many are set in the words before. Either way `scores` has one
// entry a chunk of the term, in the same order. Of frequent terms up to POSTING_KERNELS_PADDING scores behind the last
// may be read, whatever stands there.
#define POSTING_KERNELS_PADDING 8

/// sums[chunk - origin] += score, for the chunks before `end`. Returns how many those were.
long posting_kernels_add_list(
    const int32_t *chunks, const float *scores, long count, int32_t origin, int32_t end, float *sums);

/// The same for the chunks of `count` words, the first of which is chunk 0 of `sums`; `scores` are those of the whole
/// term.
void posting_kernels_add_bits(const uint64_t *words, long count, const float *scores, float *sums);

#ifdef __cplusplus
}
#endif

#endif
