#include <zlib.h>

// The Init calls are macros; both speak gzip framing only (windowBits 15 + 16), with CRC and length checked on reading.
static inline int kumo_deflate_init_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
static inline int kumo_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

// Redaction reads and writes bodies of either framing: 15 is zlib's, 15 + 16 gzip's, 15 + 32 whichever is there.
static inline int kumo_deflate_init(z_stream *stream, int window_bits) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}
static inline int kumo_inflate_init(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
