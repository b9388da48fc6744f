#ifndef CVECTORS_WIDTHS_H
#define CVECTORS_WIDTHS_H

// One copy of a function for each generation of x86-64; the loader picks. Elsewhere the base already has wide vectors.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_WIDTH __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define FOR_EACH_WIDTH
#endif

#endif
