#include "CoreDNN.h"

#include <stdio.h>

#ifdef __APPLE__

#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>

int core_dnn_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc)
{
    cblas_sgemm(
        CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans,
        (int)m, (int)n, (int)k, alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
    return 0;
}

int core_dnn_is_present(void) { return 1; }

const char *core_dnn_version(void) { return "Accelerate"; }

#else

#include "dnnl_library.h"

// Neo is parallel in Swift's task groups: a second level of threads inside each product makes the
// spinning workers of both fight for the same cores. The setting is per calling thread, so it is made
// in front of every product; it costs a few nanoseconds.
int core_dnn_is_present(void) { return dnnl() != NULL; }

int core_dnn_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc)
{
    if (dnnl() == NULL) return (int)dnnl_unimplemented;
    dnnl()->omp_set_num_threads(1);
    return (int)dnnl()->sgemm(
        transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

const char *core_dnn_version(void)
{
    static char text[64];
    if (dnnl() == NULL) return "oneDNN (not found)";
    const dnnl_version_t *version = dnnl()->version();
    if (text[0] == 0 && version != NULL) {
        snprintf(text, sizeof text, "oneDNN %d.%d.%d", version->major, version->minor, version->patch);
    }
    return text;
}

#endif
