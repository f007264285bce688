/* The collector of a job's diagnostics and the table of codes. */
#include "diag/diag.h"

#include <stdarg.h>
#include <string.h>

static const pk_code_entry codes[PK_CODE_COUNT] = {
#define PK_CODE(name, id, severity, title, explanation) {id, severity, title, explanation},
#include "diag/codes.def"
#undef PK_CODE
};

struct pk_diag {
  pk_arena *arena;
  GPtrArray *kept; /* of pk_diagnostic */
  size_t counts[PK_ERROR + 1];
  pk_diagnostic overflow; /* what is handed out when no more are kept */
};

const pk_code_entry *pk_code_lookup(pk_code code) {
  g_assert(code < PK_CODE_COUNT);
  return &codes[code];
}

const pk_code_entry *pk_code_find(const char *id) {
  for (size_t i = 0; i < PK_CODE_COUNT; i++)
    if (strcmp(codes[i].id, id) == 0) return &codes[i];
  return NULL;
}

static void free_kept(gpointer kept) {
  g_ptr_array_unref(kept);
}

pk_diag *pk_diag_new(pk_arena *arena) {
  pk_diag *diag = PK_NEW(arena, pk_diag);
  diag->arena = arena;
  diag->kept = g_ptr_array_new();
  pk_arena_defer(arena, free_kept, diag->kept);
  return diag;
}

static pk_diagnostic *find_same(const pk_diag *diag, pk_code code, pk_span span, const char *message) {
  for (guint i = 0; i < diag->kept->len; i++) {
    pk_diagnostic *kept = g_ptr_array_index(diag->kept, i);
    if (kept->code == code && kept->span.source == span.source && kept->span.start == span.start &&
        strcmp(kept->message, message) == 0)
      return kept;
  }
  return NULL;
}

pk_diagnostic *pk_diag_add(pk_diag *diag, pk_code code, pk_span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *message = g_strdup_vprintf(format, args);
  va_end(args);
  span = pk_span_origin(span);
  pk_diagnostic *same = find_same(diag, code, span, message);
  if (same) return same;
  pk_severity severity = pk_code_lookup(code)->severity;
  diag->counts[severity]++;
  if (diag->kept->len >= PK_DIAG_MAX) return &diag->overflow;
  pk_diagnostic *fresh = PK_NEW(diag->arena, pk_diagnostic);
  fresh->code = code;
  fresh->severity = severity;
  fresh->span = span;
  fresh->message = pk_arena_strdup(diag->arena, message);
  g_ptr_array_add(diag->kept, fresh);
  return fresh;
}

void pk_diag_hint(pk_diag *diag, pk_diagnostic *diagnostic, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  diagnostic->hint = pk_arena_strdup(diag->arena, text);
}

void pk_diag_related(pk_diag *diag, pk_diagnostic *diagnostic, pk_span span, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  diagnostic->related = pk_span_origin(span);
  diagnostic->related_note = pk_arena_strdup(diag->arena, text);
}

size_t pk_diag_count(const pk_diag *diag, pk_severity severity) {
  return diag->counts[severity];
}

const pk_diagnostic *const *pk_diag_list(const pk_diag *diag, size_t *count) {
  *count = diag->kept->len;
  return (const pk_diagnostic *const *)diag->kept->pdata;
}

void pk_diag_take(pk_diag *diag, const pk_diagnostic *from) {
  pk_diagnostic *fresh = pk_diag_add(diag, from->code, from->span, "%s", from->message);
  if (from->hint) pk_diag_hint(diag, fresh, "%s", from->hint);
  if (from->related_note) pk_diag_related(diag, fresh, from->related, "%s", from->related_note);
}

char *pk_diag_first_place(const pk_diag *diag) {
  size_t count;
  const pk_diagnostic *const *all = pk_diag_list(diag, &count);
  for (size_t i = 0; i < count; i++) {
    if (all[i]->severity != PK_ERROR) continue;
    const pk_source *source = all[i]->span.source;
    pk_place place = source ? pk_source_place(source, all[i]->span.start) : (pk_place){0};
    if (!place.line) return g_strdup(all[i]->message);
    return g_strdup_printf("%s:%u:%u: %s", source->path, place.line, place.column, all[i]->message);
  }
  return NULL;
}

/* Damerau-Levenshtein distance (adjacent letters swapped count as one), bytes. */
static size_t edit_distance(const char *a, const char *b) {
  enum { LONGEST = 64 };
  size_t m = strlen(a), n = strlen(b);
  if (m > LONGEST || n > LONGEST) return SIZE_MAX;
  size_t rows[3][LONGEST + 1];
  size_t *before = rows[0], *above = rows[1], *row = rows[2];
  for (size_t j = 0; j <= n; j++) above[j] = j;
  for (size_t i = 1; i <= m; i++) {
    row[0] = i;
    for (size_t j = 1; j <= n; j++) {
      size_t best = MIN(above[j], row[j - 1]) + 1;
      best = MIN(best, above[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = MIN(best, before[j - 2] + 1);
      row[j] = best;
    }
    size_t *free_row = before;
    before = above;
    above = row;
    row = free_row;
  }
  return above[n];
}

const char *pk_diag_nearest(const char *word, const char *const *names, size_t count) {
  const char *nearest = NULL;
  size_t least = 1 + strlen(word) / 3;
  for (size_t i = 0; i < count; i++) {
    size_t distance = edit_distance(word, names[i]);
    if (distance > least || (nearest && distance == least)) continue;
    least = distance;
    nearest = names[i];
  }
  return nearest;
}
