#ifndef KUMO_FIXTURES_CSCAN_STRETCHES_H
#define KUMO_FIXTURES_CSCAN_STRETCHES_H

#include <stddef.h>
#include <stdint.h>

/* What the search for stretches hands from its SIMD form to its scalar end. */
typedef struct cscan_stretch_state {
  uint32_t *out;  /* where the next stretch is written */
  size_t run;     /* bytes of the alphabets just before the place that was reached */
  uint32_t seen;
} cscan_stretch_state;

#if defined(__x86_64__)
/* The whole blocks at the front; returns their length. */
size_t cscan_stretches_avx2(const uint8_t *data, size_t length, cscan_stretch_state *state);
#endif

#endif
