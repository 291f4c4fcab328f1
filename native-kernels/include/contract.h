/* Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit. */
#define KERNELS_CONTRACT 0x49c374eed9f756feULL
