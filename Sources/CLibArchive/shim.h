#include <archive.h>
#include <archive_entry.h>

// AE_IFREG and AE_IFDIR are macros with casts, which Swift does not import.
static inline unsigned int kumo_ae_regular(void) { return AE_IFREG; }
static inline unsigned int kumo_ae_directory(void) { return AE_IFDIR; }
