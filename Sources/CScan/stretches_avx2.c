#include "CScan.h"

#if defined(__x86_64__)

#include "simd.h"
#include "stretches.h"

/* Bytes of [A-Za-z0-9+/_-]: a bit for each group of characters, by the low and the high half of the byte. */
INLINE __m256i members(__m256i bytes) {
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  const __m256i by_low = twice(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 5, 4, 13);
  const __m256i by_high = twice(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  __m256i low = _mm256_shuffle_epi8(by_low, _mm256_and_si256(bytes, nibble));
  __m256i high = _mm256_shuffle_epi8(by_high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
  return _mm256_cmpeq_epi8(_mm256_and_si256(low, high), _mm256_setzero_si256());
}

AVX2 size_t cscan_stretches_avx2(const uint8_t *data, size_t length, cscan_stretch_state *state) {
  size_t run = state->run, i = 0;
  uint32_t *out = state->out;
  __m256i backslash = _mm256_setzero_si256(), percent = backslash, zero = backslash;
  for (; i + CSCAN_BLOCK <= length; i += CSCAN_BLOCK) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(data + i)), high = _mm256_loadu_si256((const __m256i *)(data + i + 32));
    backslash = _mm256_or_si256(backslash, _mm256_or_si256(_mm256_cmpeq_epi8(low, _mm256_set1_epi8('\\')),
                                                           _mm256_cmpeq_epi8(high, _mm256_set1_epi8('\\'))));
    percent = _mm256_or_si256(percent, _mm256_or_si256(_mm256_cmpeq_epi8(low, _mm256_set1_epi8('%')),
                                                       _mm256_cmpeq_epi8(high, _mm256_set1_epi8('%'))));
    zero = _mm256_or_si256(zero, _mm256_or_si256(_mm256_cmpeq_epi8(low, _mm256_setzero_si256()),
                                                 _mm256_cmpeq_epi8(high, _mm256_setzero_si256())));
    uint64_t others = mask(members(low), members(high));
    if (others == 0) {
      run += CSCAN_BLOCK;
      continue;
    }
    /* What runs on from the blocks before. */
    size_t lead = _tzcnt_u64(others);
    if (run + lead >= CSCAN_LEAST_STRETCH) {
      *out++ = (uint32_t)(i - run);
      *out++ = (uint32_t)(i + lead);
    }
    size_t trail = (size_t)__builtin_clzll(others);
    /* A bit survives where CSCAN_LEAST_STRETCH members follow; most blocks of text have none behind the first word. */
    uint64_t inside = ~others & (lead ? ~0ULL << lead : ~0ULL) & (trail ? ~0ULL >> trail : ~0ULL);
    uint64_t starts = inside & inside >> 1;
    starts &= starts >> 2;
    starts &= starts >> 4;
    starts &= starts >> 8;
    while (starts) {
      size_t start = _tzcnt_u64(starts);
      size_t end = start + _tzcnt_u64(others >> start);
      *out++ = (uint32_t)(i + start);
      *out++ = (uint32_t)(i + end);
      starts &= ~0ULL << end;
    }
    run = trail;
  }
  state->out = out;
  state->run = run;
  if (!_mm256_testz_si256(backslash, backslash)) state->seen |= CSCAN_BACKSLASH;
  if (!_mm256_testz_si256(percent, percent)) state->seen |= CSCAN_PERCENT;
  if (!_mm256_testz_si256(zero, zero)) state->seen |= CSCAN_ZERO;
  return i;
}

#else

/* No such form on this machine; an empty translation unit is not ISO C. */
typedef int cscan_no_avx2_stretches;

#endif
