/* The report of a batch: a line for each piece, in the order of the kit. */
#include <string.h>

#include "build/batch.h"

static int compare_entries(gconstpointer a, gconstpointer b) {
  const pk_piece_entry *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

static void add_text(GString *out, const char *key, const char *value) {
  if (!value) return;
  g_string_append_printf(out, "\"%s\": \"", key);
  for (; *value; value++) {
    if (*value == '"' || *value == '\\')
      g_string_append_printf(out, "\\%c", *value);
    else if ((guchar)*value < 0x20)
      g_string_append_printf(out, "\\u%04x", (guchar)*value);
    else
      g_string_append_c(out, *value);
  }
  g_string_append(out, "\", ");
}

static void add_entry(GString *out, const pk_piece_entry *e) {
  static const char *const states[] = {
      [PRESSKIT_PIECE_WRITTEN] = "written",
      [PRESSKIT_PIECE_UNCHANGED] = "unchanged",
      [PRESSKIT_PIECE_FAILED] = "failed",
      [PRESSKIT_PIECE_PLANNED] = "planned",
  };
  g_string_append(out, "{");
  add_text(out, "file", e->name);
  add_text(out, "document", e->document->name);
  if (e->first_row)
    g_string_append_printf(out, "\"rows\": [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "], ", e->first_row,
                           e->last_row);
  add_text(out, "edition", pk_kit_edition_names[e->variant.edition]);
  add_text(out, "state", states[e->state]);
  add_text(out, "sha256", e->sha256);
  g_string_append_printf(out, "\"pages\": %u, \"bytes\": %" G_GUINT64_FORMAT ", \"warnings\": %u, \"errors\": %u, ",
                         e->pages, e->bytes, e->warnings, e->errors);
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf(out, "\"ms\": %s", g_ascii_formatd(seconds, sizeof seconds, "%.1f", e->seconds * 1000));
  if (e->faults) g_string_append_printf(out, ", \"diagnostics\": %s", g_strchomp(e->faults));
  g_string_append(out, "}");
}

void pk_batch_report(const pk_batch *batch, GString *out) {
  g_array_sort(batch->entries, compare_entries);
  const presskit_batch_event *e = &batch->event;
  g_string_append_printf(out,
                         "{\"presskit\": \"report/1\", \"total\": %zu, \"written\": %zu, \"unchanged\": %zu, "
                         "\"failed\": %zu, \"pieces\": [\n",
                         e->total, e->written, e->unchanged, e->failed);
  for (guint i = 0; i < batch->entries->len; i++) {
    add_entry(out, &g_array_index(batch->entries, pk_piece_entry, i));
    g_string_append(out, i + 1 < batch->entries->len ? ",\n" : "\n");
  }
  g_string_append(out, "]}\n");
}
