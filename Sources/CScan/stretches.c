#include "stretches.h"

#include "CScan.h"

/* 0-63, or 255 for what is no digit of either alphabet. */
static const uint8_t digits[256] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 62, 255, 62, 255, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 255, 255, 255, 255, 255, 255,
    255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 255, 255, 255, 255, 63,
    255, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

static int is_member(uint8_t byte) { return digits[byte] < 64; }

size_t cscan_stretches_by(cscan_form form, const uint8_t *data, size_t length, uint32_t *out, uint32_t *seen) {
  cscan_stretch_state state = {out, 0, 0};
  size_t done = 0;
#if defined(__x86_64__)
  if (form == CSCAN_AVX2) done = cscan_stretches_avx2(data, length, &state);
#endif
  (void)form;
  size_t run = state.run;
  for (size_t i = done; i <= length; i++) {
    if (i < length && is_member(data[i])) {
      run++;
      continue;
    }
    if (run >= CSCAN_LEAST_STRETCH) {
      *state.out++ = (uint32_t)(i - run);
      *state.out++ = (uint32_t)i;
    }
    run = 0;
    if (i == length) break;
    if (data[i] == '\\') state.seen |= CSCAN_BACKSLASH;
    if (data[i] == '%') state.seen |= CSCAN_PERCENT;
    if (data[i] == 0) state.seen |= CSCAN_ZERO;
  }
  *seen = state.seen;
  return (size_t)(state.out - out) / 2;
}

size_t cscan_stretches(const uint8_t *data, size_t length, uint32_t *out, uint32_t *seen) {
  return cscan_stretches_by(cscan_best_form(), data, length, out, seen);
}

size_t cscan_base64(const uint8_t *text, size_t length, uint8_t *out) {
  uint8_t *const begin = out;
  uint32_t group = 0;
  unsigned count = 0;
  for (size_t i = 0; i < length; i++) {
    uint8_t value = digits[text[i]];
    if (value == 255) continue;
    group = group << 6 | value;
    if (++count < 4) continue;
    *out++ = (uint8_t)(group >> 16);
    *out++ = (uint8_t)(group >> 8);
    *out++ = (uint8_t)group;
    group = 0;
    count = 0;
  }
  if (count >= 2) *out++ = (uint8_t)(group >> (count * 6 - 8));
  if (count == 3) *out++ = (uint8_t)(group >> 2);
  return (size_t)(out - begin);
}

/* 0-15, or 255 for what is no hexadecimal digit. */
static const uint8_t nibbles[256] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255,
    255, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

size_t cscan_hex(const uint8_t *text, size_t length, uint8_t *out) {
  for (size_t i = 0; i + 1 < length; i += 2) {
    uint8_t high = nibbles[text[i]], low = nibbles[text[i + 1]];
    if ((high | low) > 15) return 0;
    out[i / 2] = (uint8_t)(high << 4 | low);
  }
  return length % 2 == 1 && nibbles[text[length - 1]] > 15 ? 0 : length / 2;
}
