/* Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit. */
#define KERNELS_CONTRACT 0xffb0d7dfab6d5222ULL
