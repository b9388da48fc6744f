#ifndef CORE_DNN_H
#define CORE_DNN_H

#include "CoreDNNLinear.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Row-major single-precision product C = alpha * op(A) * op(B) + beta * C, where op(X) is X, or its
/// transpose when the flag is set. op(A) is m x k, op(B) is k x n, C is m x n; ld* are row strides in
/// elements. Runs on the calling thread only. Returns 0, or the library's status where it refused.
int core_dnn_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc);

/// Whether the library behind the products is on this machine; without it every product is refused.
int core_dnn_is_present(void);

/// Name and version of the library behind the products, e.g. "oneDNN 2.6.3".
const char *core_dnn_version(void);

#ifdef __cplusplus
}
#endif

#endif
