/* An article set into pages: once for all documents of a run that set it alike.
 *
 * Always holds: what is shared points into its own arena, that of the article, and the
 * specs of the run. What is a document's own (the book and the part that it is of, its
 * pictures) is put into copies of the few structures that name it. */
#include <string.h>

#include "base/folders.h"
#include "bind/binder.h"
#include "spec/memo.h"

typedef struct {
  pk_job *job; /* the document's own */
  const pk_style_input *in;
  bool is_left;
  pk_art_store *arts;
  GArray *answers; /* page numbers that its words were told; NULL: it can ask for none */
} setter;

/* What was made, and where. */
typedef struct {
  const pk_arena *arena;
  bind_set set;
} made_set;

static pk_status make(pk_job *job, void *data, pk_memo_made *made) {
  const setter *s = data;
  bool is_apart = job != s->job;
  pk_art_store *arts = is_apart ? pk_art_store_new(job) : s->arts;
  made_set *out = PK_NEW(job->arena, made_set);
  const pk_document *document;
  if (s->answers) g_array_set_size(s->answers, 0);
  pk_status status = pk_style_build(job, s->in, &document);
  if (status != PK_OK) return status;
  pk_document *own = pk_arena_dup(job->arena, document, sizeof *document);
  own->begins_left = s->is_left;
  out->arena = job->arena;
  out->set.document = own;
  status = pk_page_set(job, own, arts, &out->set.pages);
  if (status != PK_OK) return status;
  made->value = out;
  if (!is_apart) return PK_OK;
  pk_tags_build(job, own, &out->set.tags);
  pk_para_forget(job);
  pk_arena_hold(job->arena, s->in->article->arena);
  made->size = pk_arena_size(s->in->article->arena);
  made->is_own = s->answers && s->answers->len > 0;
  return PK_OK;
}

/* All that decides, but for what is filled in. */
static pk_digest key_of(const setter *s) {
  const pk_style_input *in = s->in;
  const pk_style_part *part = in->part;
  const pk_worker *worker = s->job->worker;
  pk_digest folders = pk_folders_digest(s->job->folders);
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "article, set");
  pk_digester_add(digester, &folders, sizeof folders);
  const void *const things[] = {worker->fonts, worker->hyphenation, in->article, in->layout, in->office};
  pk_digester_add(digester, things, sizeof things);
  const double bleed = in->printer ? in->printer->bleed : in->layout->bleed.value;
  pk_digester_add(digester, &bleed, sizeof bleed);
  const int numbers[] = {s->is_left, part != NULL, part ? part->outer_level : 0, part ? (int)part->book->lang : 0};
  pk_digester_add(digester, numbers, sizeof numbers);
  const char *const names[] = {part ? part->first : NULL, part ? part->next : NULL, part ? part->part->key : NULL};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) pk_digester_add_text(digester, names[i]);
  return pk_digester_end(digester);
}

/* ---- what is a document's own ---------------------------------------------------- */

static bool has_art(const pk_page *page) {
  for (size_t i = 0; i < page->count; i++)
    if (page->placed[i].kind == PK_PLACED_ART) return true;
  return false;
}

static pk_status take_art(const setter *s, const pk_page *page, const pk_placed **out) {
  pk_placed *placed = pk_arena_dup(s->job->arena, page->placed, page->count * sizeof *placed);
  for (size_t i = 0; i < page->count; i++) {
    if (placed[i].kind != PK_PLACED_ART) continue;
    pk_status status =
        pk_art_load(s->job, s->arts, pk_art_path(placed[i].art.art), placed[i].unit->source, &placed[i].art.art);
    if (status != PK_OK) return status;
  }
  *out = placed;
  return PK_OK;
}

static pk_status take_pages(const setter *s, const pk_document *document, const pk_pages *shared,
                            const pk_pages **out) {
  pk_arena *arena = s->job->arena;
  pk_pages *pages = pk_arena_dup(arena, shared, sizeof *pages);
  pages->document = document;
  pk_page *own = NULL;
  for (size_t i = 0; i < shared->count; i++) {
    if (!has_art(&shared->pages[i])) continue;
    if (!own) own = pk_arena_dup(arena, shared->pages, shared->count * sizeof *own);
    pk_status status = take_art(s, &shared->pages[i], &own[i].placed);
    if (status != PK_OK) return status;
  }
  if (own) pages->pages = own;
  *out = pages;
  return PK_OK;
}

static pk_status take(const setter *s, const bind_set *shared, bind_set *out) {
  pk_document *document = pk_arena_dup(s->job->arena, shared->document, sizeof *document);
  const pk_style_part *part = s->in->part;
  if (part) {
    document->book = part->book;
    document->part = part->part;
    document->first_master = part->first;
    document->next_master = part->next;
  }
  *out = (bind_set){.document = document, .tags = shared->tags};
  return take_pages(s, document, shared->pages, &out->pages);
}

pk_status pk_bind_set_article(pk_job *job, const pk_style_input *in, bool is_left, pk_art_store *arts, GArray *answers,
                              bind_set *out) {
  setter s = {job, in, is_left, arts, answers};
  bool may_share = job->worker->store && in->article->arena != job->arena;
  const void *value = NULL;
  pk_memo_made made = {.value = NULL};
  pk_status status = may_share ? pk_memo(job, key_of(&s), make, &s, &value) : make(job, &s, &made);
  if (status != PK_OK) return status;
  const made_set *set = may_share ? value : made.value;
  if (set->arena != job->arena) return take(&s, &set->set, out);
  *out = set->set;
  return PK_OK;
}
