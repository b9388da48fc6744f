#ifndef __APPLE__

#include "dnnl_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#define TEXT_OF(it) #it
#define TEXT(it) TEXT_OF(it)

static dnnl_functions functions;
static const dnnl_functions *loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Finds a function, and says whether there is one. Through memcpy: C knows no way from data to code.
static int find(void *library, const char *name, void *to)
{
    void *found = dlsym(library, name);
    memcpy(to, &found, sizeof found);
    return found != NULL;
}

static void load(void)
{
    // The very release line that the headers are of: between two of them, types differ.
    void *library = dlopen("libdnnl.so." TEXT(DNNL_VERSION_MAJOR), RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    // Of the library of threads that this one stands on.
    int complete = find(library, "omp_set_num_threads", &functions.omp_set_num_threads);
#define DNNL_FIND(name) complete = complete && find(library, "dnnl_" #name, &functions.name);
    DNNL_FUNCTIONS(DNNL_FIND)
#undef DNNL_FIND
    if (complete) loaded = &functions;
}

const dnnl_functions *dnnl(void)
{
    pthread_once(&once, load);
    return loaded;
}

#endif
