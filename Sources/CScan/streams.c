#include "CScan.h"

#if defined(__x86_64__)

#include "simd.h"

/* The first of two bytes that begin a stream, in the whole blocks at the front; where these end if there is none. */
AVX2 static size_t head_avx2(const uint8_t *data, size_t length) {
  size_t i = 0;
  for (; i + 33 <= length; i += 32) {
    __m256i first = _mm256_loadu_si256((const __m256i *)(data + i)), second = _mm256_loadu_si256((const __m256i *)(data + i + 1));
#define IS(bytes, value) _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)(value)))
    __m256i gzip = _mm256_and_si256(IS(first, 0x1f), IS(second, 0x8b));
    __m256i zstd = _mm256_and_si256(IS(first, 0x28), IS(second, 0xb5));
    __m256i zip = _mm256_and_si256(IS(first, 0x50), _mm256_or_si256(IS(second, 0x4b), IS(second, 0x2a)));
    __m256i level = _mm256_or_si256(_mm256_or_si256(IS(second, 0x01), IS(second, 0x5e)),
                                    _mm256_or_si256(IS(second, 0x9c), IS(second, 0xda)));
    __m256i zlib = _mm256_and_si256(IS(first, 0x78), level);
#undef IS
    __m256i any = _mm256_or_si256(_mm256_or_si256(gzip, zstd), _mm256_or_si256(zip, zlib));
    uint32_t found = (uint32_t)_mm256_movemask_epi8(any);
    if (found) return i + (size_t)__builtin_ctz(found);
  }
  return i;
}

#endif

static int is_head(uint8_t first, uint8_t second) {
  switch (first) {
    case 0x1f: return second == 0x8b;
    case 0x28: return second == 0xb5;
    case 0x50: return second == 0x4b || second == 0x2a;
    case 0x78: return second == 0x01 || second == 0x5e || second == 0x9c || second == 0xda;
    default: return 0;
  }
}

size_t cscan_stream_head_by(cscan_form form, const uint8_t *data, size_t length) {
  size_t i = 0;
#if defined(__x86_64__)
  if (form == CSCAN_AVX2) i = head_avx2(data, length);
#endif
  (void)form;
  for (; i + 1 < length; i++)
    if (is_head(data[i], data[i + 1])) return i;
  return length;
}

size_t cscan_stream_head(const uint8_t *data, size_t length) {
  return cscan_stream_head_by(cscan_best_form(), data, length);
}
