#ifndef CHNSW_H
#define CHNSW_H

#ifdef __cplusplus
extern "C" {
#endif

/// A graph over vectors that leads to the nearest ones: hnswlib behind C.
///
/// No function may be called while another one changes the same graph; any number may search it at once.
typedef struct chnsw_graph chnsw_graph;

/// An empty graph for `capacity` vectors of `length` floats; NULL where there is no memory for it.
///
/// `links` is M of the paper, `breadth` is efConstruction; equal seeds and equal insertions give equal graphs.
chnsw_graph *chnsw_make(long length, long capacity, long links, long breadth, unsigned long seed);

/// Adds a vector with the next number, counted from 0. Returns 0, or 1 where the graph is full or out of memory.
int chnsw_add(chnsw_graph *graph, const float *vector);

/// Finds up to `limit` numbers with great inner products, the greatest first, with `breadth` (ef of the paper)
/// candidates at a time. Returns how many; -1 where there is no memory.
long chnsw_search(
    const chnsw_graph *graph, const float *query, long limit, long breadth, unsigned *numbers, float *products);

/// Copies a vector back. Returns 0, or 1 where there is none of this number.
int chnsw_vector(const chnsw_graph *graph, unsigned number, float *vector);

/// Frees a graph; NULL is allowed.
void chnsw_free(chnsw_graph *graph);

#ifdef __cplusplus
}
#endif

#endif
