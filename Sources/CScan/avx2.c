#include "CScan.h"

#if defined(__x86_64__)

#include "simd.h"

INLINE uint32_t *flatten(uint32_t *out, uint64_t bits, uint32_t at) {
  uint32_t *end = out + __builtin_popcountll(bits);
  /* Writing past the end in groups of eight is cheaper than a branch per entry; out has CSCAN_SLACK to spare. */
  while (bits) {
    for (int i = 0; i < 8; i++) {
      out[i] = at + (uint32_t)_tzcnt_u64(bits);
      bits &= bits - 1;
    }
    out += 8;
  }
  return end;
}

AVX2 size_t cscan_index_avx2(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state) {
  const __m256i operators = twice(OPERATORS), spaces = twice(SPACES), bit5 = _mm256_set1_epi8(0x20);
  const __m256i last_control = _mm256_set1_epi8(0x1f);
  uint32_t *const begin = out;
  cscan_state carry = *state;
  for (size_t block = 0; block < blocks; block++) {
    const size_t at = from + block * CSCAN_BLOCK;
    const uint8_t *p = base + at;
    __m256i low = _mm256_loadu_si256((const __m256i *)p), high = _mm256_loadu_si256((const __m256i *)(p + 32));
    uint64_t operator = mask(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(operators, low), _mm256_or_si256(low, bit5)),
                             _mm256_cmpeq_epi8(_mm256_shuffle_epi8(operators, high), _mm256_or_si256(high, bit5)));
    uint64_t space = mask(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(spaces, low), low),
                          _mm256_cmpeq_epi8(_mm256_shuffle_epi8(spaces, high), high));
    uint64_t control = mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low, last_control), low),
                            _mm256_cmpeq_epi8(_mm256_min_epu8(high, last_control), high));
    uint32_t *first = out;
    uint64_t entries =
        entries_of(equal(low, high, '\\'), equal(low, high, '"'), operator, space, control, &carry);
    out = flatten(out, entries, (uint32_t)at);
    size_t bad = invalid_in(base, at, mask(low, high), &carry);
    if (bad != SIZE_MAX) return cscan_stop_at(begin, (size_t)(first - begin), (size_t)(out - begin), bad, state);
  }
  *state = carry;
  return (size_t)(out - begin);
}

AVX2 size_t cscan_lines_avx2(const uint8_t *data, size_t length, size_t *done) {
  size_t count = 0, i = 0;
  for (; i + CSCAN_BLOCK <= length; i += CSCAN_BLOCK) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(data + i)), high = _mm256_loadu_si256((const __m256i *)(data + i + 32));
    count += (size_t)__builtin_popcountll(equal(low, high, '\n'));
  }
  *done = i;
  return count;
}

#else

/* No such form on this machine; an empty translation unit is not ISO C. */
typedef int cscan_no_avx2;

#endif
