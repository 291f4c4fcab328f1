/* Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit. */
#define KERNELS_CONTRACT 0xe487f759f64985afULL
