#include <libxml/xmlversion.h>
// Debian's libxml2 shows ICU's headers to whoever includes it; they contradict those of Foundation's own copy of ICU.
// They only add fields at the end of a structure that is never made or read here.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/encoding.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
