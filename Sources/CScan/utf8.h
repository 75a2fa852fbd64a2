#ifndef KUMO_FIXTURES_CSCAN_UTF8_H
#define KUMO_FIXTURES_CSCAN_UTF8_H

#include "CScan.h"

/* Length of the well-formed sequence (Unicode, table 3-7) at p, looking at no byte from end on: 0 if it is ill-formed,
   -1 if end cuts it short. */
static inline int cscan_utf8_sequence(const uint8_t *p, const uint8_t *end) {
  uint8_t lead = p[0], low = 0x80, high = 0xbf;
  int length;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) length = 2;
  else if (lead < 0xf0) length = 3;
  else length = 4;
  if (lead == 0xe0) low = 0xa0;
  if (lead == 0xed) high = 0x9f;
  if (lead == 0xf0) low = 0x90;
  if (lead == 0xf4) high = 0x8f;
  for (int i = 1; i < length; i++) {
    if (p + i == end) return -1;
    if (p[i] < low || p[i] > high) return 0;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

/* Offset of the lead byte of the first ill-formed sequence that ends or breaks in the block at base + start, or SIZE_MAX.
   Everything before the block is known to be well-formed, but for a sequence that the block has to finish. */
static inline size_t cscan_utf8_first_invalid(const uint8_t *base, size_t start) {
  const uint8_t *p = base + start, *end = p + CSCAN_BLOCK;
  if (p[-1] >= 0xc0) p -= 1;
  else if (p[-2] >= 0xe0 && p[-1] >= 0x80) p -= 2;
  else if (p[-3] >= 0xf0 && p[-2] >= 0x80 && p[-1] >= 0x80) p -= 3;
  while (p < end) {
    int length = cscan_utf8_sequence(p, end);
    if (length == 0) return (size_t)(p - base);
    if (length < 0) break;
    p += length;
  }
  return SIZE_MAX;
}

/* Ends the index at an ill-formed sequence: drops the entries of this block (they begin at first) that lie at or after it. */
static inline size_t cscan_stop_at(uint32_t *out, size_t first, size_t n, size_t bad, cscan_state *state) {
  while (n > first && out[n - 1] >= bad) n--;
  out[n++] = (uint32_t)bad;
  state->invalid = 1;
  return n;
}

#endif
