// Bytes, not characters: what is searched may be in any encoding.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
