/* Finds what is known to the store of the run, or has it made and kept.
 *
 * Two lookups: the key gives the names of the fields, these with their values the
 * thing. What only one document asks for is not kept, as ever (base/store.h). */
#include "spec/memo.h"

#include <string.h>

#include "base/store.h"
#include "spec/merge.h"

/* The fields that are filled into a thing, in one piece of memory. */
typedef struct {
  bool is_own; /* it cannot be shared */
  size_t size;
  char names[]; /* each with its NUL */
} used_fields;

/* A thing with its arena, in which this lies too. */
typedef struct {
  pk_arena *arena;
  const void *value;
  const pk_input_note *inputs;
  size_t input_count;
} kept_thing;

typedef struct {
  pk_job *job;
  struct pk_store *store;
  pk_digest base, key; /* key: once the fields are known */
  const used_fields *fields;
  bool is_wanted;
} question;

/* ---- keys ---------------------------------------------------------------------- */

static used_fields *fields_of(const GArray *inputs, bool is_own) {
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < inputs->len; i++) {
    const pk_input_note *note = &g_array_index(inputs, pk_input_note, i);
    if (note->is_field) g_string_append_len(names, note->path, (gssize)strlen(note->path) + 1);
  }
  used_fields *fields = g_malloc(sizeof *fields + names->len);
  fields->is_own = is_own;
  fields->size = names->len;
  if (names->len) memcpy(fields->names, names->str, names->len);
  return fields;
}

static bool same_fields(const used_fields *a, const used_fields *b) {
  return a->size == b->size && (!a->size || memcmp(a->names, b->names, a->size) == 0);
}

static bool has_row(const used_fields *fields) {
  for (const char *name = fields->names; name < fields->names + fields->size; name += strlen(name) + 1)
    if (g_str_has_prefix(name, "row.")) return true;
  return false;
}

/* False if the row has no such field: whoever makes the thing tells that. */
static bool key_of(const question *q, const used_fields *fields, pk_digest *key) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "filled");
  pk_digester_add(digester, &q->base, sizeof q->base);
  bool is_fine = true;
  for (const char *name = fields->names; name < fields->names + fields->size; name += strlen(name) + 1) {
    pk_digest value = {0};
    is_fine = is_fine && q->job->merge && pk_merge_digest(q->job->merge, 1, name, &value);
    pk_digester_add_text(digester, name);
    pk_digester_add(digester, &value, sizeof value);
  }
  *key = pk_digester_end(digester);
  return is_fine;
}

/* ---- finding ------------------------------------------------------------------- */

static const kept_thing *find(question *q) {
  pk_worker *worker = q->job->worker;
  pk_arena *arena = q->job->arena;
  q->fields = pk_store_find(q->store, arena, q->base, worker->document, &q->is_wanted);
  if (!q->fields) return NULL;
  if (q->fields->is_own || !key_of(q, q->fields, &q->key)) return NULL;
  return pk_store_find(q->store, arena, q->key, worker->document, &q->is_wanted);
}

static void note_inputs(pk_job *job, const pk_input_note *inputs, size_t count) {
  for (size_t i = 0; job->inputs && i < count; i++)
    if (inputs[i].is_field)
      pk_job_note_field(job, inputs[i].path);
    else
      g_array_append_val(job->inputs, inputs[i]);
}

/* ---- making -------------------------------------------------------------------- */

static void drop_thing(gpointer data) {
  pk_arena_drop(((kept_thing *)data)->arena);
}

static void drop_arena(gpointer arena) {
  pk_arena_drop(arena);
}

/* Keeps the fields that were learned, and the thing if it is worth it; else it is this
 * document's alone. Takes over the arena of `thing`. */
static const kept_thing *keep(question *q, kept_thing *thing, used_fields *learned, size_t size) {
  pk_arena *arena = q->job->arena;
  bool is_known = q->fields != NULL, is_shared = false;
  if (!is_known) {
    bool is_plain = !has_row(learned);
    size_t bytes = sizeof *learned + learned->size;
    q->fields = pk_store_keep(q->store, arena, q->base, learned, bytes, NULL);
    is_shared = key_of(q, q->fields, &q->key) && is_plain && !has_row(q->fields);
  } else {
    is_shared = same_fields(q->fields, learned);
    g_free(learned);
  }
  if (is_shared) return pk_store_keep(q->store, arena, q->key, thing, size, drop_thing);
  pk_arena_defer(arena, drop_arena, thing->arena);
  return thing;
}

/* NULL: it cannot be shared. */
static const kept_thing *make_apart(question *q, pk_memo_make *make, void *data) {
  g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(pk_input_note));
  pk_job apart = *q->job;
  apart.arena = pk_arena_new();
  apart.brief = NULL;
  apart.diag = pk_diag_new(apart.arena);
  apart.inputs = inputs;
  pk_memo_made made = {.value = NULL};
  pk_status status = make(&apart, data, &made);
  size_t told;
  pk_diag_list(apart.diag, &told);
  bool is_own = status != PK_OK || told || made.is_own;
  used_fields *learned = fields_of(inputs, is_own);
  if (is_own) {
    if (q->fields)
      g_free(learned);
    else
      (void)pk_store_keep(q->store, q->job->arena, q->base, learned, sizeof *learned + learned->size, NULL);
    pk_arena_drop(apart.arena);
    return NULL;
  }
  kept_thing *thing = PK_NEW(apart.arena, kept_thing);
  thing->arena = apart.arena;
  thing->value = made.value;
  thing->inputs = pk_arena_dup(apart.arena, inputs->data, inputs->len * sizeof(pk_input_note));
  thing->input_count = inputs->len;
  return keep(q, thing, learned, pk_arena_size(apart.arena) + made.size);
}

pk_status pk_memo(pk_job *job, pk_digest key, pk_memo_make *make, void *data, const void **out) {
  question q = {.job = job, .store = job->worker ? job->worker->store : NULL, .base = key};
  const kept_thing *thing = q.store ? find(&q) : NULL;
  if (!thing && q.is_wanted) thing = make_apart(&q, make, data);
  if (thing) {
    note_inputs(job, thing->inputs, thing->input_count);
    *out = thing->value;
    return PK_OK;
  }
  pk_memo_made made = {.value = NULL};
  pk_status status = make(job, data, &made);
  if (status == PK_OK) *out = made.value;
  return status;
}
