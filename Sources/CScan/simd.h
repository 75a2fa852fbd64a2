#ifndef KUMO_FIXTURES_CSCAN_SIMD_H
#define KUMO_FIXTURES_CSCAN_SIMD_H

#include <immintrin.h>

#include "utf8.h"

/* A target attribute on each function instead of -mavx2: the rest of the program keeps running on every x86-64. */
#define AVX2 __attribute__((target("avx2,pclmul,bmi,popcnt")))
#define INLINE AVX2 static inline __attribute__((always_inline))

/* cscan_index with AVX2 and PCLMULQDQ. */
size_t cscan_index_avx2(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state);

/* Lines of the whole blocks at the front; *done becomes their length. */
size_t cscan_lines_avx2(const uint8_t *data, size_t length, size_t *done);

INLINE uint64_t mask(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

INLINE uint64_t equal(__m256i low, __m256i high, char byte) {
  __m256i wanted = _mm256_set1_epi8(byte);
  return mask(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

INLINE __m256i twice(char a, char b, char c, char d, char e, char f, char g, char h, char i, char j, char k, char l, char m,
                     char n, char o, char p) {
  return _mm256_setr_epi8(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
}

/* Which bytes begin an escape (returned) and which are escaped, by carry arithmetic over runs of backslashes. */
INLINE uint64_t escapes(uint64_t backslash, uint64_t *carry, uint64_t *escaped) {
  if (!backslash) {
    *escaped = *carry;
    *carry = 0;
    return 0;
  }
  const uint64_t odd = 0xaaaaaaaaaaaaaaaaULL;
  uint64_t candidate = backslash & ~*carry;
  uint64_t follows = candidate << 1;
  uint64_t begins_or_ends = ((follows | odd) - candidate) ^ odd;
  *escaped = begins_or_ends ^ (backslash | *carry);
  uint64_t begins = begins_or_ends & backslash;
  *carry = begins >> 63;
  return begins;
}

/* Errors of well-formedness by three table lookups: bit names say what two neighbouring bytes have in common. */
enum {
  TOO_SHORT = 1, TOO_LONG = 2, OVERLONG_3 = 4, TOO_LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32, TOO_LARGE_1000 = 64,
  OVERLONG_4 = 64, TWO_CONTINUATIONS = -128,
  CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS
};

INLINE __m256i utf8_errors(const uint8_t *p, __m256i input) {
  __m256i prev1 = _mm256_loadu_si256((const __m256i *)(p - 1));
  __m256i prev2 = _mm256_loadu_si256((const __m256i *)(p - 2));
  __m256i prev3 = _mm256_loadu_si256((const __m256i *)(p - 3));
  __m256i nibble = _mm256_set1_epi8(0x0f);
  __m256i first_high = _mm256_shuffle_epi8(
      twice(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_CONTINUATIONS,
            TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
            TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4),
      _mm256_and_si256(_mm256_srli_epi16(prev1, 4), nibble));
  __m256i first_low = _mm256_shuffle_epi8(
      twice(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
            CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
            CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
            CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
            CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000,
            CARRY | TOO_LARGE | TOO_LARGE_1000),
      _mm256_and_si256(prev1, nibble));
  const char tail = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS;
  __m256i second_high = _mm256_shuffle_epi8(
      twice(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
            tail | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4, tail | OVERLONG_3 | TOO_LARGE, tail | SURROGATE | TOO_LARGE,
            tail | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT),
      _mm256_and_si256(_mm256_srli_epi16(input, 4), nibble));
  __m256i special = _mm256_and_si256(_mm256_and_si256(first_high, first_low), second_high);
  __m256i third = _mm256_subs_epu8(prev2, _mm256_set1_epi8((char)(0xe0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(prev3, _mm256_set1_epi8((char)(0xf0 - 0x80)));
  __m256i must_continue = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(must_continue, special);
}

/* Which bytes of a block lie inside strings (the opening quote does, the closing one does not): the parity of the quotes so
   far, by carry-less multiplication. *in_string is all ones if the last byte does. */
INLINE uint64_t inside_strings(uint64_t quote, uint64_t *in_string) {
  __m128i all = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)quote), _mm_set1_epi8((char)0xff), 0);
  uint64_t inside = *in_string ^ (uint64_t)_mm_cvtsi128_si64(all);
  *in_string = (uint64_t)((int64_t)inside >> 63);
  return inside;
}

/* What a block adds to the index, from the masks of its bytes. */
INLINE uint64_t entries_of(uint64_t backslash, uint64_t quotes, uint64_t operator, uint64_t space, uint64_t control,
                           cscan_state *state) {
  uint64_t escaped;
  uint64_t begins_escape = escapes(backslash, &state->escaped, &escaped);
  uint64_t quote = quotes & ~escaped;
  uint64_t inside = inside_strings(quote, &state->in_string);
  operator &= ~control; /* bit 5 turns FF into a comma and SUB into a colon */
  uint64_t in_bare = ~(operator | space | quote);
  uint64_t begins_bare = in_bare & ~(in_bare << 1 | state->bare);
  state->bare = in_bare >> 63;
  return quote | (inside & (control | begins_escape)) | (~inside & (operator | begins_bare));
}

/* Validates the block at base + at if it or the one before holds bytes above 0x7f. The offset of the first ill-formed
   sequence, or SIZE_MAX. */
INLINE size_t invalid_in(const uint8_t *base, size_t at, uint64_t above, cscan_state *state) {
  uint64_t unfinished = state->non_ascii;
  state->non_ascii = above;
  if (__builtin_expect((above | unfinished) == 0, 1)) return SIZE_MAX;
  const uint8_t *p = base + at;
  __m256i errors = _mm256_or_si256(utf8_errors(p, _mm256_loadu_si256((const __m256i *)p)),
                                   utf8_errors(p + 32, _mm256_loadu_si256((const __m256i *)(p + 32))));
  return _mm256_testz_si256(errors, errors) ? SIZE_MAX : cscan_utf8_first_invalid(base, at);
}

/* Operators by their low nibble after setting bit 5 ('[' and '{' share one); spaces likewise, exactly. */
#define OPERATORS 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0
#define SPACES ' ', 100, 100, 100, 17, 100, 113, 2, 100, '\t', '\n', 112, 100, '\r', 100, 100

#endif
