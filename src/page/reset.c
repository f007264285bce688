/* Items set anew: beside an inset, in a column of another width.
 *
 * In:  an item, the lines of it that are set already, what the next ones meet.
 * Out: a setting whose first lines have the shape they had, so that there are as
 *      many of them, and the rest the shape of their new place.
 *
 * The same question comes up again and again while the optimiser compares ways:
 * answers are kept. So are those whether a paragraph can be a line longer or
 * shorter. */
#include <string.h>

#include "page/galley.h"
#include "page/question.h"

enum { OBSTACLES_MAX = 3 };

/* A question. Compared byte by byte: no padding, unused parts are zero. */
typedef struct {
  const pk_setting *begun;
  uint64_t item, chunk;
  pk_length width;
  int64_t looseness;
  struct {
    int32_t from, to; /* rows from that of the next line */
    pk_length left, right;
  } obstacles[OBSTACLES_MAX];
} question;

static guint hash_question(gconstpointer key) {
  return pk_question_hash(key, sizeof(question));
}

static gboolean is_same_question(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(question)) == 0;
}

GHashTable *pk_settings_new(void) {
  return g_hash_table_new(hash_question, is_same_question);
}

static void add_band(pk_around *around, size_t from, size_t to, pk_length left, pk_length width) {
  if (from >= to || around->count == PK_AROUND_MAX) return;
  around->bands[around->count++] = (pk_around_band){from, to, left, width};
}

/* The shape of all lines: those before `chunk` as they were. */
static pk_around *shape_of(pk_arena *arena, const question *asked, int rows_a_line) {
  pk_around *around = PK_NEW(arena, pk_around);
  const pk_setting *begun = asked->begun;
  if (asked->chunk) {
    add_band(around, 0, asked->chunk, 0, begun->width - asked->width);
    for (size_t i = 0; begun->around && i < begun->around->count; i++) {
      const pk_around_band *band = &begun->around->bands[i];
      add_band(around, band->from, MIN(band->to, asked->chunk), band->left, band->width);
    }
  }
  for (size_t i = 0; i < OBSTACLES_MAX; i++) {
    int from = MAX(asked->obstacles[i].from, 0), to = asked->obstacles[i].to;
    if (to <= from) continue;
    size_t first = asked->chunk + (size_t)(from / rows_a_line);
    size_t end = asked->chunk + (size_t)((to + rows_a_line - 1) / rows_a_line);
    pk_length left = asked->obstacles[i].left, right = asked->obstacles[i].right;
    add_band(around, first, end, left, -left - right);
  }
  return around;
}

const pk_setting *pk_galley_reset(const pk_galley *galley, uint32_t item, const pk_setting *begun, uint32_t chunk,
                                  pk_length width, const pk_obstacle *obstacles, size_t count, int row) {
  question asked;
  memset(&asked, 0, sizeof asked);
  asked.begun = chunk ? begun : NULL;
  asked.item = item;
  asked.chunk = chunk;
  asked.width = width;
  for (size_t i = 0, n = 0; i < count && n < OBSTACLES_MAX; i++) {
    if (obstacles[i].to <= row) continue;
    asked.obstacles[n].from = obstacles[i].from - row;
    asked.obstacles[n].to = obstacles[i].to - row;
    asked.obstacles[n].left = obstacles[i].left;
    asked.obstacles[n++].right = obstacles[i].right;
  }
  const pk_setting *known = g_hash_table_lookup(galley->settings, &asked);
  if (known) return known;
  const pk_setting *plain = galley->items[item].setting;
  bool is_lines = plain->count && plain->chunks[0].is_line;
  pk_arena *arena = galley->chunker->job->arena;
  const pk_around *around = is_lines ? shape_of(arena, &asked, MAX(plain->chunks[0].rows, 1)) : NULL;
  const pk_setting *fresh = pk_galley_set(galley, item, width, around);
  g_hash_table_insert(galley->settings, pk_arena_dup(arena, &asked, sizeof asked), (gpointer)fresh);
  return fresh;
}

static bool has_bad_line(const pk_setting *setting) {
  for (uint32_t i = 0; i < setting->count; i++) {
    const pk_placed *last = &setting->chunks[i].placed[setting->chunks[i].count - 1];
    if (last->kind == PK_PLACED_LINE && last->line.line->is_emergency) return true;
  }
  return setting->is_overfull;
}

const pk_setting *pk_galley_loosen(const pk_galley *galley, uint32_t item, int lines) {
  const pk_setting *plain = galley->items[item].setting;
  question asked;
  memset(&asked, 0, sizeof asked);
  asked.item = item;
  asked.width = plain->width;
  asked.looseness = lines;
  const pk_setting *known = g_hash_table_lookup(galley->settings, &asked);
  if (!known) {
    galley->chunker->looseness = lines;
    known = pk_galley_set(galley, item, plain->width, NULL);
    galley->chunker->looseness = 0;
    if ((int64_t)known->count != (int64_t)plain->count + lines || has_bad_line(known)) known = plain;
    g_hash_table_insert(galley->settings, pk_arena_dup(galley->chunker->job->arena, &asked, sizeof asked),
                        (gpointer)known);
  }
  return known == plain ? NULL : known;
}
