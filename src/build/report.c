/* The report of a batch: a line for each piece, in the order of the kit. */
#include "build/report.h"

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

/* Times are in no report that is to be the same every time. */
static void add_time(GString *out, double seconds) {
  if (g_getenv("SOURCE_DATE_EPOCH")) return;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append_printf(out, ", \"ms\": %s", g_ascii_formatd(text, sizeof text, "%.1f", seconds * 1000));
}

/* A piece of one file has its name already. */
static void add_files(GString *out, const pk_piece_entry *e) {
  if (!e->files || !e->sha256) return;
  if (e->files[0] && !e->files[1]) {
    add_text(out, "sha256", e->sha256[0]);
    return;
  }
  g_string_append(out, "\"files\": [");
  for (size_t i = 0; e->files[i]; i++) {
    g_string_append(out, i ? ", {" : "{");
    add_text(out, "file", e->files[i]);
    add_text(out, "sha256", e->sha256[i]);
    g_string_truncate(out, out->len - 2);
    g_string_append_c(out, '}');
  }
  g_string_append(out, "], ");
}

static void add_entry(GString *out, const pk_piece_entry *e) {
  static const char *const states[] = {
      [PRESSKIT_PIECE_WRITTEN] = "written",
      [PRESSKIT_PIECE_UNCHANGED] = "unchanged",
      [PRESSKIT_PIECE_FAILED] = "failed",
      [PRESSKIT_PIECE_PLANNED] = "planned",
  };
  g_string_append_printf(out, "{\"number\": %" G_GUINT64_FORMAT ", ", e->number + 1);
  add_text(out, "file", e->name);
  add_text(out, "document", e->document->name);
  if (e->first_row)
    g_string_append_printf(out, "\"rows\": [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "], ", e->first_row,
                           e->last_row);
  add_text(out, "edition", pk_kit_edition_names[e->variant.edition]);
  add_text(out, "state", states[e->state]);
  add_files(out, e);
  g_string_append_printf(out, "\"pages\": %u, \"bytes\": %" G_GUINT64_FORMAT ", \"warnings\": %u, \"errors\": %u",
                         e->pages, e->bytes, e->warnings, e->errors);
  add_time(out, e->seconds);
  /* Lines of JSON end between its parts only: a piece stays on one line. */
  if (e->faults) g_string_append_printf(out, ", \"diagnostics\": %s", g_strdelimit(g_strchomp(e->faults), "\n", ' '));
  g_string_append(out, "}");
}

void pk_report_open(GString *out, const pk_report_head *head, unsigned shard, unsigned shards) {
  g_string_append(out, "{\"presskit\": \"" PK_REPORT_KIND "\", ");
  if (shards) g_string_append_printf(out, "\"shard\": [%u, %u], ", shard, shards);
  g_string_append_printf(out,
                         "\"total\": %" G_GUINT64_FORMAT ", \"written\": %" G_GUINT64_FORMAT
                         ", \"unchanged\": %" G_GUINT64_FORMAT ", \"failed\": %" G_GUINT64_FORMAT ", \"pieces\": [\n",
                         head->total, head->written, head->unchanged, head->failed);
}

void pk_report_end_piece(GString *out, bool is_last) {
  g_string_append(out, is_last ? "\n" : ",\n");
}

void pk_report_close(GString *out) {
  g_string_append(out, "]}\n");
}

void pk_batch_report(const pk_batch *batch, GString *out) {
  g_array_sort(batch->entries, compare_entries);
  const presskit_batch_event *e = &batch->event;
  pk_report_head head = {e->total, e->written, e->unchanged, e->failed};
  pk_report_open(out, &head, batch->options->shard, batch->options->shards);
  for (guint i = 0; i < batch->entries->len; i++) {
    add_entry(out, &g_array_index(batch->entries, pk_piece_entry, i));
    pk_report_end_piece(out, i + 1 == batch->entries->len);
  }
  pk_report_close(out);
}
