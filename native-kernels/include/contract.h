/* Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit. */
#define KERNELS_CONTRACT 0xc091acdcc26c71cbULL
