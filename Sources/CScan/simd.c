#include "CScan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "utf8.h"

/* A target attribute on each function instead of -mavx2: the rest of the program keeps running on every x86-64. */
#define SIMD __attribute__((target("avx2,pclmul,bmi,popcnt")))
#define INLINE SIMD static inline __attribute__((always_inline))

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

SIMD size_t cscan_index_simd(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state) {
  /* Operators by their low nibble after setting bit 5 ('[' and '{' share one); spaces likewise, exactly. */
  const __m256i operators = twice(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0);
  const __m256i spaces = twice(' ', 100, 100, 100, 17, 100, 113, 2, 100, '\t', '\n', 112, 100, '\r', 100, 100);
  uint32_t *const begin = out;
  uint64_t in_string = state->in_string, carry = state->escaped, bare = state->bare, non_ascii = state->non_ascii;
  for (size_t block = 0; block < blocks; block++) {
    const size_t at = from + block * CSCAN_BLOCK;
    const uint8_t *p = base + at;
    __m256i low = _mm256_loadu_si256((const __m256i *)p), high = _mm256_loadu_si256((const __m256i *)(p + 32));
    uint64_t escaped;
    uint64_t begins_escape = escapes(equal(low, high, '\\'), &carry, &escaped);
    uint64_t quote = equal(low, high, '"') & ~escaped;
    uint64_t inside = in_string ^ (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(
                                      _mm_set_epi64x(0, (long long)quote), _mm_set1_epi8((char)0xff), 0));
    in_string = (uint64_t)((int64_t)inside >> 63);
    __m256i bit5 = _mm256_set1_epi8(0x20);
    uint64_t operator = mask(
        _mm256_cmpeq_epi8(_mm256_shuffle_epi8(operators, low), _mm256_or_si256(low, bit5)),
        _mm256_cmpeq_epi8(_mm256_shuffle_epi8(operators, high), _mm256_or_si256(high, bit5)));
    uint64_t space = mask(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(spaces, low), low),
                          _mm256_cmpeq_epi8(_mm256_shuffle_epi8(spaces, high), high));
    __m256i last_control = _mm256_set1_epi8(0x1f);
    uint64_t control = mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low, last_control), low),
                            _mm256_cmpeq_epi8(_mm256_min_epu8(high, last_control), high));
    operator &= ~control; /* bit 5 turns FF into a comma and SUB into a colon */
    uint64_t in_bare = ~(operator | space | quote);
    uint64_t begins_bare = in_bare & ~(in_bare << 1 | bare);
    bare = in_bare >> 63;
    uint32_t *first = out;
    out = flatten(out, quote | (inside & (control | begins_escape)) | (~inside & (operator | begins_bare)), (uint32_t)at);
    uint64_t above = mask(low, high);
    if (__builtin_expect((above | non_ascii) != 0, 0)) {
      __m256i errors = _mm256_or_si256(utf8_errors(p, low), utf8_errors(p + 32, high));
      if (!_mm256_testz_si256(errors, errors)) {
        size_t bad = cscan_utf8_first_invalid(base, at);
        if (bad != SIZE_MAX)
          return cscan_stop_at(begin, (size_t)(first - begin), (size_t)(out - begin), bad, state);
      }
    }
    non_ascii = above;
  }
  state->in_string = in_string;
  state->escaped = carry;
  state->bare = bare;
  state->non_ascii = non_ascii;
  return (size_t)(out - begin);
}

SIMD size_t cscan_lines_simd(const uint8_t *data, size_t length, size_t *done) {
  size_t count = 0, i = 0;
  for (; i + CSCAN_BLOCK <= length; i += CSCAN_BLOCK) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(data + i)), high = _mm256_loadu_si256((const __m256i *)(data + i + 32));
    count += (size_t)__builtin_popcountll(equal(low, high, '\n'));
  }
  *done = i;
  return count;
}

#else

/* No SIMD form on this machine; an empty translation unit is not ISO C. */
typedef int cscan_no_simd;

#endif
