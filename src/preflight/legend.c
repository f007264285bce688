/* How findings are told on pages: in PDFs (annotate.c) and pictures (overlay.c). */
#include "preflight/preflight.h"

enum { WIDEST_LINE = 110 }; /* letters, for a page of A5 */

char *pk_preflight_legend(const pk_findings *findings, size_t number) {
  const pk_finding *f = &findings->items[number];
  g_autofree char *line = g_strdup_printf("%zu  %s: %s", number + 1, pk_code_lookup(f->code)->id, f->message);
  if (g_utf8_strlen(line, -1) <= WIDEST_LINE) return g_steal_pointer(&line);
  *g_utf8_offset_to_pointer(line, WIDEST_LINE) = 0;
  return g_strconcat(line, "…", NULL);
}

bool pk_preflight_is_on(const pk_finding *finding, size_t page) {
  return finding->page == page || (page == 0 && finding->page == PK_WHOLE_FILE);
}
