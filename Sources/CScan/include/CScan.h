#ifndef KUMO_FIXTURES_CSCAN_H
#define KUMO_FIXTURES_CSCAN_H

#include <stddef.h>
#include <stdint.h>

/* The structural index under JSONBytes: the offsets of every byte at which a JSON tokenizer has to look.

   Entries, in ascending order:
   - outside strings: `{ } [ ] : ,`, both quotes of every string, and the first byte of every bare run (a number, a word, or
     garbage): whatever is not whitespace, not one of those six and not a quote;
   - inside strings: the backslash that begins an escape, and every control character (below 0x20), which is an error;
   - the lead byte of the first sequence that is not UTF-8; the index stops there and says so in `invalid`.

   Technique: G. Langdale, D. Lemire, "Parsing Gigabytes of JSON per Second" (2019); J. Keiser, D. Lemire, "Validating UTF-8 In
   Less Than One Instruction Per Byte" (2020). */

enum { CSCAN_BLOCK = 64, CSCAN_HEADROOM = 64, CSCAN_SLACK = 64 };

/* What the index remembers between two calls. All zero at the start of a document. */
typedef struct cscan_state {
  uint64_t in_string;  /* all ones: the last byte seen lies inside a string */
  uint64_t escaped;    /* 1: the next byte is escaped by a backslash */
  uint64_t bare;       /* 1: the last byte seen belongs to a bare run */
  uint64_t non_ascii;  /* nonzero: the last block held bytes above 0x7f, so a sequence may be unfinished */
  uint64_t invalid;    /* nonzero: the last entry written is the lead byte of a sequence that is not UTF-8 */
} cscan_state;

/* Indexes `blocks` blocks of 64 bytes from base + from and returns the number of entries written to out, which are offsets
   from base. out has room for 64 * blocks + CSCAN_SLACK entries. The CSCAN_HEADROOM bytes before base + from are readable:
   the bytes of the document just before it, or zeros. */
size_t cscan_index(const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state);

/* The forms cscan_index has. The scalar one is for every machine without AVX2 and PCLMULQDQ, and the reference the
   other is tested against: both are one function. */
typedef enum cscan_form { CSCAN_SCALAR, CSCAN_AVX2 } cscan_form;

/* The form cscan_index uses on this machine; every lesser one works here too. */
cscan_form cscan_best_form(void);

/* cscan_index in a given form, not above cscan_best_form(). */
size_t cscan_index_by(cscan_form form, const uint8_t *base, size_t from, size_t blocks, uint32_t *out, cscan_state *state);

/* Number of LF bytes in the length bytes at data; *last becomes the offset of the last one, or stays as it is. */
size_t cscan_lines(const uint8_t *data, size_t length, size_t *last);

/* What has to be looked at for encodings: stretches of base64's alphabets, and whether other marks are there at all. */
enum { CSCAN_LEAST_STRETCH = 16, CSCAN_BACKSLASH = 1, CSCAN_PERCENT = 2, CSCAN_ZERO = 4 };

/* Writes the begin and end of every stretch of CSCAN_LEAST_STRETCH or more bytes of [A-Za-z0-9+/_-] that nothing lengthens, and
   returns how many. out has room for length / 8 + 2 numbers. *seen becomes the marks that are in the data. */
size_t cscan_stretches(const uint8_t *data, size_t length, uint32_t *out, uint32_t *seen);

/* cscan_stretches in a given form, not above cscan_best_form(). */
size_t cscan_stretches_by(cscan_form form, const uint8_t *data, size_t length, uint32_t *out, uint32_t *seen);

/* The offset of the first two bytes that may begin a stream of gzip, zlib or zstd or the member of a zip file; `length` if there
   are none. */
size_t cscan_stream_head(const uint8_t *data, size_t length);

/* cscan_stream_head in a given form, not above cscan_best_form(). */
size_t cscan_stream_head_by(cscan_form form, const uint8_t *data, size_t length);

/* Decodes base64 of either alphabet without asking for its form: what is no digit is left out, and bits that make no byte are
   dropped. Returns the bytes written; out has room for length / 4 * 3 + 3. */
size_t cscan_base64(const uint8_t *text, size_t length, uint8_t *out);

/* Decodes hexadecimal; an odd digit at the end is dropped. Returns the bytes written, or 0 where anything else is in the text.
   out has room for length / 2. */
size_t cscan_hex(const uint8_t *text, size_t length, uint8_t *out);

#endif
