/* Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit. */
#define KERNELS_CONTRACT 0x3d84ffffee6184f9ULL
