#include "CHnsw.h"

#include <memory>
#include <queue>
#include <vector>

// The distances are ours, chosen for the processor when the program starts; the library's are chosen when it is built.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>

#include "CVectors.h"

namespace {

float distance(const void *left, const void *right, const void *length)
{
    float product = 0;
    cvectors_products_f32(
        static_cast<const float *>(left), 1, *static_cast<const long *>(length), static_cast<const float *>(right),
        &product);
    return 1 - product;
}

class InnerProducts : public hnswlib::SpaceInterface<float> {
public:
    explicit InnerProducts(long length) : length(length) {}
    size_t get_data_size() override { return static_cast<size_t>(length) * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void *get_dist_func_param() override { return &length; }

private:
    long length;
};

// The library keeps the breadth of a search in the graph, where threads would share it; below it is an argument.
class Graph : public hnswlib::HierarchicalNSW<float> {
public:
    using HierarchicalNSW::HierarchicalNSW;

    std::priority_queue<std::pair<float, hnswlib::labeltype>> nearest(const void *query, size_t limit, size_t breadth)
    {
        std::priority_queue<std::pair<float, hnswlib::labeltype>> result;
        if (cur_element_count == 0) {
            return result;
        }
        hnswlib::tableint current = enterpoint_node_;
        float best = fstdistfunc_(query, getDataByInternalId(current), dist_func_param_);
        for (int level = maxlevel_; level > 0; level--) {
            bool changed = true;
            while (changed) {
                changed = false;
                unsigned *links = get_linklist(current, level);
                const hnswlib::tableint *neighbours = reinterpret_cast<hnswlib::tableint *>(links + 1);
                for (int i = 0; i < getListCount(links); i++) {
                    float other = fstdistfunc_(query, getDataByInternalId(neighbours[i]), dist_func_param_);
                    if (other < best) {
                        best = other;
                        current = neighbours[i];
                        changed = true;
                    }
                }
            }
        }
        auto candidates = searchBaseLayerST<false>(current, query, std::max(breadth, limit));
        while (candidates.size() > limit) {
            candidates.pop();
        }
        for (; !candidates.empty(); candidates.pop()) {
            result.emplace(candidates.top().first, getExternalLabel(candidates.top().second));
        }
        return result;
    }
};

}

struct chnsw_graph {
    InnerProducts space;
    Graph graph;
    long length;

    chnsw_graph(long length, long capacity, long links, long breadth, unsigned long seed)
        : space(length),
          graph(&space, static_cast<size_t>(capacity), static_cast<size_t>(links), static_cast<size_t>(breadth), seed),
          length(length)
    {
    }
};

// No exception may reach Swift.

chnsw_graph *chnsw_make(long length, long capacity, long links, long breadth, unsigned long seed)
try {
    return new chnsw_graph(length, capacity, links, breadth, seed);
} catch (...) {
    return nullptr;
}

int chnsw_add(chnsw_graph *graph, const float *vector)
try {
    graph->graph.addPoint(vector, graph->graph.cur_element_count);
    return 0;
} catch (...) {
    return 1;
}

long chnsw_search(
    const chnsw_graph *graph, const float *query, long limit, long breadth, unsigned *numbers, float *products)
try {
    // A search changes counters of visits only, and takes its list of visits from a pool with a lock.
    auto &library = const_cast<Graph &>(graph->graph);
    auto nearest = library.nearest(query, static_cast<size_t>(limit), static_cast<size_t>(breadth));
    long count = static_cast<long>(nearest.size());
    for (long place = count - 1; place >= 0; place--, nearest.pop()) {
        numbers[place] = static_cast<unsigned>(nearest.top().second);
        products[place] = 1 - nearest.top().first;
    }
    return count;
} catch (...) {
    return -1;
}

int chnsw_vector(const chnsw_graph *graph, unsigned number, float *vector)
try {
    auto &library = const_cast<Graph &>(graph->graph);
    if (number >= library.cur_element_count) {
        return 1;
    }
    const float *values = reinterpret_cast<const float *>(library.getDataByInternalId(number));
    std::copy(values, values + graph->length, vector);
    return 0;
} catch (...) {
    return 1;
}

void chnsw_free(chnsw_graph *graph) { delete graph; }
