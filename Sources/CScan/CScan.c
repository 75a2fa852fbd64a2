#define _GNU_SOURCE  /* memrchr */
#include "CScan.h"

#include <string.h>

#include "utf8.h"

#if defined(__x86_64__)
#include "simd.h"
#endif

cscan_form cscan_best_form(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("popcnt"))
    return CSCAN_SCALAR;
  return CSCAN_AVX2;
#else
  return CSCAN_SCALAR;
#endif
}

static size_t index_scalar(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state);

size_t cscan_index_by(cscan_form form, const uint8_t *base, size_t from, size_t blocks, uint32_t *out,
                      cscan_state *state) {
#if defined(__x86_64__)
  if (form == CSCAN_AVX2) return cscan_index_avx2(base, from, blocks, out, state);
#endif
  (void)form;
  return index_scalar(base, from, blocks, out, state);
}

size_t cscan_index(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state) {
  return cscan_index_by(cscan_best_form(), base, from, blocks, out, state);
}

size_t cscan_lines(const uint8_t *data, size_t length, size_t *last) {
  size_t count = 0, done = 0;
#if defined(__x86_64__)
  if (cscan_best_form() != CSCAN_SCALAR) count = cscan_lines_avx2(data, length, &done);
#endif
  for (size_t i = done; i < length; i++) count += data[i] == '\n';
  const uint8_t *found = count ? memrchr(data, '\n', length) : NULL;
  if (found) *last = (size_t)(found - data);
  return count;
}

/* One lookup per byte: what it is outside strings. */
enum { KIND_BARE, KIND_SPACE, KIND_OPERATOR, KIND_QUOTE };

static const uint8_t kinds[256] = {
    [' '] = KIND_SPACE,    ['\t'] = KIND_SPACE,   ['\n'] = KIND_SPACE,   ['\r'] = KIND_SPACE,
    ['{'] = KIND_OPERATOR, ['}'] = KIND_OPERATOR, ['['] = KIND_OPERATOR, [']'] = KIND_OPERATOR,
    [':'] = KIND_OPERATOR, [','] = KIND_OPERATOR, ['"'] = KIND_QUOTE,
};

/* The carries mean the same as in the SIMD form, so the two can be compared call by call: `escaped` and `bare` follow the
   bytes whether they lie in a string or not, as masks over a block do. */
static size_t index_scalar(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state) {
  size_t n = 0;
  int in_string = state->in_string != 0, escaped = state->escaped != 0, bare = state->bare != 0;
  for (size_t block = 0; block < blocks; block++) {
    size_t start = from + block * CSCAN_BLOCK, first = n;
    uint8_t high = 0;
    for (size_t i = start; i < start + CSCAN_BLOCK; i++) {
      uint8_t byte = base[i], kind = kinds[byte];
      high |= byte;
      int quote = kind == KIND_QUOTE && !escaped;
      int begins_escape = byte == '\\' && !escaped;
      int now_bare = !quote && (kind == KIND_BARE || kind == KIND_QUOTE);
      if (quote) {
        out[n++] = (uint32_t)i;
        in_string = !in_string;
      } else if (in_string) {
        if (begins_escape || byte < 0x20) out[n++] = (uint32_t)i;
      } else if (kind == KIND_OPERATOR || (now_bare && !bare)) {
        out[n++] = (uint32_t)i;
      }
      escaped = begins_escape;
      bare = now_bare;
    }
    if ((high & 0x80) || state->non_ascii) {
      size_t bad = cscan_utf8_first_invalid(base, start);
      if (bad != SIZE_MAX) return cscan_stop_at(out, first, n, bad, state);
    }
    state->non_ascii = high & 0x80;
  }
  state->in_string = in_string ? UINT64_MAX : 0;
  state->escaped = (uint64_t)escaped;
  state->bare = (uint64_t)bare;
  return n;
}
