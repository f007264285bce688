/* Shapes words and keeps them.
 *
 * In:  a voice and a text without spaces. Out: pk_word in font units, the same
 *      one for the same text, until the store is dropped.
 *
 * The table is open-addressed with linear probing; it holds pointers, so that
 * words never move. Long texts are shaped but not looked up again. */
#include "para/words.h"

#include <string.h>

enum {
  STORE_BYTES = 32 * 1024 * 1024, /* a fresh store is begun beyond it */
  NEXT_BYTES = 1024 * 1024,       /* and with the next job beyond this: names of ten thousand rows do not gather */
  KEPT_SIZE = 64,                 /* words longer than this do not repeat */
  FIRST_SLOTS = 1024,
};

struct pk_word_store {
  gatomicrefcount keepers;
  pk_arena *arena;
  size_t bytes;
  pk_word **slots;
  uint32_t slot_count, word_count;
};

pk_word_store *pk_word_store_new(void) {
  pk_word_store *store = g_new0(pk_word_store, 1);
  g_atomic_ref_count_init(&store->keepers);
  store->arena = pk_arena_new();
  store->slot_count = FIRST_SLOTS;
  store->slots = g_new0(pk_word *, FIRST_SLOTS);
  return store;
}

pk_word_store *pk_word_store_keep(pk_word_store *store) {
  g_atomic_ref_count_inc(&store->keepers);
  return store;
}

void pk_word_store_drop(pk_word_store *store) {
  if (!store || !g_atomic_ref_count_dec(&store->keepers)) return;
  pk_arena_drop(store->arena);
  g_free(store->slots);
  g_free(store);
}

bool pk_word_store_is_full(const pk_word_store *store, bool is_next_job) {
  return store->bytes > (is_next_job ? NEXT_BYTES : STORE_BYTES);
}

pk_arena *pk_word_arena(pk_para_worker *worker) {
  return worker->store->arena;
}

/* ---- shaping ------------------------------------------------------------- */

static void set_up_buffer(hb_buffer_t *buffer, const pk_voice *voice) {
  hb_buffer_clear_contents(buffer);
  hb_buffer_set_script(buffer, voice->script);
  hb_buffer_set_language(buffer, voice->language);
  hb_buffer_set_direction(buffer, voice->is_rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
}

static void take_glyphs(pk_word *word, pk_shaped_glyph *glyphs, hb_buffer_t *buffer, uint32_t offset) {
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
  uint32_t last = UINT32_MAX;
  for (unsigned i = 0; i < count; i++) {
    unsigned from = word->voice->is_rtl ? count - 1 - i : i;
    uint32_t cluster = infos[from].cluster - offset;
    bool is_unsafe = hb_glyph_info_get_glyph_flags(&infos[from]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
    glyphs[i] = (pk_shaped_glyph){.id = infos[from].codepoint,
                                  .cluster = cluster & 0x7fffffff,
                                  .is_unsafe = is_unsafe,
                                  .advance = places[from].x_advance,
                                  .dx = places[from].x_offset,
                                  .dy = places[from].y_offset};
    word->advance += places[from].x_advance;
    if (infos[from].codepoint == 0) word->has_missing = true;
    if (cluster != last) word->letters++;
    last = cluster;
  }
}

/* The hash of its letters and figures, small ones for capitals; of what a reader
 * takes for the same word at the edge of two lines. */
static uint32_t key_of(const char *text, uint32_t size) {
  uint32_t key = 0;
  for (const char *at = text; at < text + size; at = g_utf8_next_char(at)) {
    gunichar c = (unsigned char)*at < 0x80 ? (unsigned char)*at : g_utf8_get_char(at);
    if (c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c))
      key = (key ^ g_unichar_tolower(c)) * 0x01000193u + 1;
  }
  return key;
}

static void find_edges(pk_word *word) {
  if (!word->glyph_count || !word->size) return;
  const pk_shaped_glyph *first = word->glyphs, *last = word->glyphs + word->glyph_count - 1;
  word->head = (pk_edge){pk_hang_left(g_utf8_get_char(word->text)), first->advance};
  word->tail = (pk_edge){pk_hang_right(g_utf8_get_char(g_utf8_prev_char(word->text + word->size))), last->advance};
}

static pk_word *shape(pk_para_worker *worker, const pk_voice *voice, const char *text, uint32_t text_size,
                      uint32_t start, uint32_t size) {
  set_up_buffer(worker->buffer, voice);
  hb_buffer_add_utf8(worker->buffer, text, (int)text_size, start, (int)size);
  hb_shape(voice->font, worker->buffer, voice->features, voice->feature_count);
  pk_word_store *store = worker->store;
  unsigned count = hb_buffer_get_length(worker->buffer);
  size_t bytes = sizeof(pk_word) + count * sizeof(pk_shaped_glyph) + size + 1;
  pk_word *word = pk_arena_alloc(store->arena, bytes);
  store->bytes += bytes;
  pk_shaped_glyph *glyphs = (pk_shaped_glyph *)(word + 1);
  word->voice = voice;
  word->size = size;
  word->glyphs = glyphs;
  word->glyph_count = count;
  word->text = memcpy(glyphs + count, text + start, size);
  take_glyphs(word, glyphs, worker->buffer, start);
  word->key = key_of(word->text, size);
  find_edges(word);
  return word;
}

pk_word *pk_word_in_context(pk_para_worker *worker, const pk_voice *voice, const char *text, uint32_t text_size,
                            uint32_t start, uint32_t end) {
  return shape(worker, voice, text, text_size, start, end - start);
}

/* ---- looking up ---------------------------------------------------------- */

/* Multiply and fold (wyhash's step) over eight bytes at a time. */
static uint32_t hash_of(const pk_voice *voice, const char *text, uint32_t size) {
  uint64_t hash = (uint64_t)(uintptr_t)voice * 0x9e3779b97f4a7c15u + size;
  while (size) {
    uint64_t bytes = 0;
    uint32_t take = MIN(size, 8u);
    memcpy(&bytes, text, take);
    hash = (hash ^ bytes) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
    text += take;
    size -= take;
  }
  return (uint32_t)(hash ^ hash >> 29);
}

static pk_word **slot_of(const pk_word_store *store, uint32_t hash) {
  return &store->slots[hash & (store->slot_count - 1)];
}

static void grow(pk_word_store *store) {
  pk_word **old = store->slots;
  uint32_t count = store->slot_count;
  store->slot_count *= 2;
  store->slots = g_new0(pk_word *, store->slot_count);
  for (uint32_t i = 0; i < count; i++) {
    if (!old[i]) continue;
    pk_word **slot = slot_of(store, old[i]->hash);
    while (*slot) slot = slot + 1 < store->slots + store->slot_count ? slot + 1 : store->slots;
    *slot = old[i];
  }
  g_free(old);
}

pk_word *pk_word_of(pk_para_worker *worker, const pk_voice *voice, const char *text, uint32_t size) {
  if (size > KEPT_SIZE) return shape(worker, voice, text, size, 0, size);
  pk_word_store *store = worker->store;
  uint32_t hash = hash_of(voice, text, size);
  pk_word **slot = slot_of(store, hash);
  while (*slot) {
    pk_word *word = *slot;
    if (word->hash == hash && word->size == size && word->voice == voice && !memcmp(word->text, text, size))
      return word;
    slot = slot + 1 < store->slots + store->slot_count ? slot + 1 : store->slots;
  }
  pk_word *word = *slot = shape(worker, voice, text, size, 0, size);
  word->hash = hash;
  if (++store->word_count * 2 > store->slot_count) grow(store);
  return word;
}
