/* Tells the caller of a batch what became of each piece.
 *
 * In:  an entry and what there is to say. Out: one event at a time, whichever worker it
 *      is from. What was said of another piece in the same words is not said again,
 *      unless the piece failed: ten thousand letters have one missing office. */
#include <string.h>

#include "build/batch.h"

enum { MOST_TOLD = 10000 }; /* diagnostics that are known again */

void pk_batch_free_entry(gpointer data) {
  pk_piece_entry *entry = data;
  g_free(entry->name);
  g_strfreev(entry->files);
  g_strfreev(entry->sha256);
  g_free(entry->faults);
  g_free(entry->place);
}

double pk_batch_seconds(const pk_batch *batch) {
  return (double)(g_get_monotonic_time() - batch->begin) / 1e6;
}

/* With the lock held. */
static void say(pk_batch *batch, const pk_piece_entry *entry, const char *diagnostics) {
  presskit_batch_event event = batch->event;
  if (entry) {
    event.name = entry->name;
    event.state = entry->state;
    event.place = entry->place;
  } else {
    event.state = PRESSKIT_PIECE_PLANNED;
  }
  event.diagnostics = diagnostics;
  event.seconds = pk_batch_seconds(batch);
  if (batch->options->tell) batch->options->tell(&event, batch->options->data);
}

static char *print(const pk_batch *batch, const pk_diag *diag) {
  static const pk_diag_format formats[] = {
      [PRESSKIT_HUMAN] = PK_DIAG_HUMAN, [PRESSKIT_SHORT] = PK_DIAG_SHORT, [PRESSKIT_JSON] = PK_DIAG_JSON};
  GString *text = g_string_new(NULL);
  pk_diag_print(diag, formats[batch->options->diagnostics], batch->options->has_colour, text);
  return g_string_free(text, FALSE);
}

static pk_digest digest_of(const pk_diagnostic *d) {
  pk_place place = d->span.source ? pk_source_place(d->span.source, d->span.start) : (pk_place){0};
  g_autofree char *text = g_strdup_printf("%d %s:%u:%u %s", (int)d->code, d->span.source ? d->span.source->path : "",
                                          place.line, place.column, d->message);
  return pk_digest_of(text, strlen(text));
}

/* What was not said of another piece. With the lock held. */
static char *print_new(pk_batch *batch, const pk_diag *diag) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_diag *fresh = pk_diag_new(arena);
  size_t count;
  const pk_diagnostic *const *all = pk_diag_list(diag, &count);
  for (size_t i = 0; i < count; i++) {
    pk_digest digest = digest_of(all[i]);
    if (g_hash_table_contains(batch->told, GSIZE_TO_POINTER(digest.low))) continue;
    if (g_hash_table_size(batch->told) < MOST_TOLD) g_hash_table_add(batch->told, GSIZE_TO_POINTER(digest.low));
    pk_diag_take(fresh, all[i]);
  }
  return print(batch, fresh);
}

static pk_span copy_span(pk_arena *arena, pk_span span) {
  span = pk_span_origin(span);
  if (!span.source) return span;
  const char *path = pk_arena_strdup(arena, span.source->path);
  if (span.source->is_paged) return (pk_span){pk_source_new_paged(arena, path), span.start, span.end};
  const char *text = pk_arena_strndup(arena, span.source->text, span.source->size);
  const pk_source *source = pk_source_new_part(arena, path, text, span.source->size, span.source->lines_before);
  return (pk_span){source, span.start, span.end};
}

void pk_batch_take(pk_batch *batch, const pk_diag *diag) {
  pk_job *job = batch->job;
  size_t count, kept;
  const pk_diagnostic *const *all = pk_diag_list(diag, &count);
  pthread_mutex_lock(&batch->lock);
  for (size_t i = 0; i < count; i++) {
    pk_digest digest = digest_of(all[i]);
    pk_diag_list(job->diag, &kept);
    if (all[i]->code == PK_CODE_PIECE_INPUT || !g_hash_table_add(batch->told, GSIZE_TO_POINTER(digest.low))) continue;
    pk_diagnostic copy = *all[i];
    bool is_shown = kept < PK_DIAG_MAX; /* the others are counted */
    copy.span = is_shown ? copy_span(job->arena, copy.span) : PK_SPAN_NONE;
    copy.related = is_shown ? copy_span(job->arena, copy.related) : PK_SPAN_NONE;
    pk_diag_take(job->diag, &copy);
  }
  pthread_mutex_unlock(&batch->lock);
}

/* Pictures are many and large for what they show, so they wait in a file. */
static void put_picture_away(pk_batch *batch, pk_piece_entry *entry) {
  if (!entry->picture) return;
  entry->picture_size = g_bytes_get_size(entry->picture);
  entry->picture_at = ftell(batch->pictures);
  fwrite(g_bytes_get_data(entry->picture, NULL), 1, entry->picture_size, batch->pictures);
  g_clear_pointer(&entry->picture, g_bytes_unref);
}

void pk_batch_tell(pk_batch *batch, pk_piece_entry *entry, const pk_diag *diag) {
  bool is_whole = entry->state == PRESSKIT_PIECE_FAILED || batch->options->diagnostics == PRESSKIT_JSON;
  pthread_mutex_lock(&batch->lock);
  batch->event.written += entry->state == PRESSKIT_PIECE_WRITTEN;
  batch->event.unchanged += entry->state == PRESSKIT_PIECE_UNCHANGED;
  batch->event.failed += entry->state == PRESSKIT_PIECE_FAILED;
  size_t count = 0;
  if (diag) pk_diag_list(diag, &count);
  g_autofree char *text = !count ? g_strdup("") : is_whole ? print(batch, diag) : print_new(batch, diag);
  say(batch, entry, text);
  put_picture_away(batch, entry);
  if (batch->entries)
    g_array_append_val(batch->entries, *entry);
  else
    pk_batch_free_entry(entry);
  pthread_mutex_unlock(&batch->lock);
}

void pk_batch_tell_shared(const pk_diag *diag, void *data) {
  pk_batch *batch = data;
  if (batch->checked) {
    pk_batch_take(batch, diag);
    return;
  }
  g_autofree char *text = print(batch, diag);
  pthread_mutex_lock(&batch->lock);
  say(batch, NULL, text);
  pthread_mutex_unlock(&batch->lock);
}
