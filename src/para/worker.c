/* What one thread keeps between paragraphs: choices of faces, voices, records of
 * jobs. The store of words is in words.c.
 *
 * Always holds: voices and choices live as long as the worker. Words live in a
 * store that the worker and the jobs which used it keep together; when a store
 * has grown large, later paragraphs use a fresh one. */
#include "para/worker.h"

#include <string.h>

#include "para/words.h"

pk_para_worker *pk_para_worker_new(pk_worker *owner) {
  pk_para_worker *worker = g_new0(pk_para_worker, 1);
  worker->worker = owner;
  worker->arena = pk_arena_new();
  worker->voices = g_ptr_array_new();
  worker->choices = g_ptr_array_new();
  worker->store = pk_word_store_new();
  worker->buffer = hb_buffer_create();
  worker->items = g_array_new(FALSE, FALSE, sizeof(pk_item));
  worker->pieces = g_array_new(FALSE, FALSE, sizeof(pk_piece));
  worker->splits = g_array_new(FALSE, FALSE, sizeof(pk_split));
  worker->chances = g_array_new(FALSE, FALSE, sizeof(pk_split));
  return worker;
}

void pk_para_worker_drop(pk_para_worker *worker) {
  if (!worker) return;
  for (pk_para_record *record = worker->records; record; record = record->older) record->worker = NULL;
  pk_word_store_drop(worker->store);
  hb_buffer_destroy(worker->buffer);
  g_array_unref(worker->items);
  g_array_unref(worker->pieces);
  g_array_unref(worker->splits);
  g_array_unref(worker->chances);
  g_ptr_array_unref(worker->voices);
  g_ptr_array_unref(worker->choices);
  pk_arena_drop(worker->arena);
  g_free(worker);
}

/* ---- records of jobs ----------------------------------------------------- */

/* Takes the record of `arena` out of the list, or returns NULL. */
static pk_para_record *take_record(pk_para_worker *worker, const pk_arena *arena) {
  pk_para_record **at = &worker->records;
  while (*at && (*at)->arena != arena) at = &(*at)->older;
  pk_para_record *record = *at;
  if (record) *at = record->older;
  return record;
}

static void clear_record(pk_para_record *record) {
  if (record->worker) take_record(record->worker, record->arena);
  record->worker = NULL;
  for (guint i = 0; i < record->stores->len; i++) pk_word_store_drop(g_ptr_array_index(record->stores, i));
  g_ptr_array_set_size(record->stores, 0);
}

static void drop_record(gpointer data) {
  pk_para_record *record = data;
  clear_record(record);
  g_ptr_array_unref(record->stores);
  g_hash_table_unref(record->told);
  g_free(record);
}

void pk_para_forget(pk_job *job) {
  pk_para_record *record = job->worker->para->records;
  while (record && record->arena != job->arena) record = record->older;
  if (record) clear_record(record);
}

static pk_para_record *new_record(pk_para_worker *worker, pk_arena *arena) {
  pk_para_record *record = g_new0(pk_para_record, 1);
  record->worker = worker;
  record->arena = arena;
  record->stores = g_ptr_array_new();
  record->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  pk_arena_defer(arena, drop_record, record);
  return record;
}

pk_para_record *pk_para_record_of(pk_job *job) {
  pk_para_worker *worker = job->worker->para;
  pk_para_record *record = take_record(worker, job->arena);
  if (pk_word_store_is_full(worker->store, !record)) {
    pk_word_store_drop(worker->store);
    worker->store = pk_word_store_new();
  }
  if (!record) record = new_record(worker, job->arena);
  record->older = worker->records;
  worker->records = record;
  guint count = record->stores->len;
  if (!count || g_ptr_array_index(record->stores, count - 1) != worker->store)
    g_ptr_array_add(record->stores, pk_word_store_keep(worker->store));
  return record;
}

/* ---- choices ------------------------------------------------------------- */

static const pk_face *first_face(const pk_para_worker *worker, const pk_style *style) {
  g_auto(GStrv) families = g_strsplit(style->families, ",", -1);
  const pk_face *face = NULL;
  for (char **family = families; *family && !face; family++)
    face = pk_font_set_find(worker->worker->fonts, g_strstrip(*family), style->weight, style->italic);
  return face;
}

pk_choice *pk_choice_of(pk_para_worker *worker, const pk_style *style) {
  for (guint i = 0; i < worker->choices->len; i++) {
    pk_choice *choice = g_ptr_array_index(worker->choices, i);
    if (choice->weight == style->weight && choice->italic == style->italic &&
        !strcmp(choice->families, style->families))
      return choice;
  }
  pk_choice *choice = PK_NEW(worker->arena, pk_choice);
  choice->families = pk_arena_strdup(worker->arena, style->families);
  choice->weight = style->weight;
  choice->italic = style->italic;
  choice->face = first_face(worker, style);
  if (choice->face) choice->font = pk_font_worker_hb(worker->worker->font, choice->face);
  g_ptr_array_add(worker->choices, choice);
  return choice;
}

/* HarfBuzz makes up spaces and the non-breaking hyphen from others, and shows
 * nothing for what is ignorable. */
bool pk_face_holds(hb_font_t *font, gunichar character) {
  hb_codepoint_t glyph;
  if (hb_font_get_nominal_glyph(font, character, &glyph)) return true;
  if (pk_is_space(character) || pk_is_forced(character) || g_unichar_iszerowidth(character)) {
    return g_unichar_type(character) != G_UNICODE_NON_SPACING_MARK &&
           g_unichar_type(character) != G_UNICODE_ENCLOSING_MARK;
  }
  if (character == 0x2011) return hb_font_get_nominal_glyph(font, 0x2010, &glyph);
  return g_unichar_iscntrl(character);
}

bool pk_choice_holds(pk_choice *choice, gunichar character) {
  if (!choice->font) return false;
  if (character >= PK_CHOICE_KNOWN) return pk_face_holds(choice->font, character);
  uint8_t bit = (uint8_t)(1u << (character & 7)), *asked = &choice->asked[character >> 3];
  if (!(*asked & bit)) {
    *asked |= bit;
    if (pk_face_holds(choice->font, character)) choice->held[character >> 3] |= bit;
  }
  return choice->held[character >> 3] & bit;
}

/* ---- voices -------------------------------------------------------------- */

enum { FEATURE_MAX = 64 };

typedef struct {
  hb_feature_t list[FEATURE_MAX];
  unsigned count;
} feature_list;

static void add_feature(feature_list *features, hb_tag_t tag, uint32_t value) {
  if (features->count == FEATURE_MAX) return;
  features->list[features->count++] = (hb_feature_t){tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

static void add_case(feature_list *features, const pk_style *style) {
  if (style->letter_case == PK_CASE_ALL_SMALL_CAPS) add_feature(features, HB_TAG('c', '2', 's', 'c'), 1);
  if (style->letter_case == PK_CASE_SMALL_CAPS || style->letter_case == PK_CASE_ALL_SMALL_CAPS)
    add_feature(features, HB_TAG('s', 'm', 'c', 'p'), 1);
}

static void add_figures(feature_list *features, const pk_style *style) {
  if (style->figures == PK_FIGURES_LINING) add_feature(features, HB_TAG('l', 'n', 'u', 'm'), 1);
  if (style->figures == PK_FIGURES_OLD_STYLE) add_feature(features, HB_TAG('o', 'n', 'u', 'm'), 1);
  if (style->figure_width == PK_FIGURE_WIDTH_PROPORTIONAL) add_feature(features, HB_TAG('p', 'n', 'u', 'm'), 1);
  if (style->figure_width == PK_FIGURE_WIDTH_TABULAR) add_feature(features, HB_TAG('t', 'n', 'u', 'm'), 1);
}

/* Letters that are spaced apart do not hang together. */
static feature_list features_of(const pk_style *style) {
  feature_list features = {.count = 0};
  add_case(&features, style);
  add_figures(&features, style);
  if (style->tracking > 0 || style->tracking < 0) {
    add_feature(&features, HB_TAG('l', 'i', 'g', 'a'), 0);
    add_feature(&features, HB_TAG('c', 'l', 'i', 'g'), 0);
  }
  for (size_t i = 0; i < style->feature_count; i++) {
    hb_feature_t feature;
    if (features.count < FEATURE_MAX && hb_feature_from_string(style->features[i], -1, &feature))
      features.list[features.count++] = feature;
  }
  return features;
}

static void find_hyphen(pk_voice *voice) {
  hb_codepoint_t glyph;
  bool has_own = hb_font_get_nominal_glyph(voice->font, 0x2010, &glyph);
  voice->hyphen_size = (uint8_t)g_unichar_to_utf8(has_own ? 0x2010 : '-', voice->hyphen);
}

static void find_hyphen_advance(pk_voice *voice) {
  hb_codepoint_t glyph = 0;
  if (hb_font_get_nominal_glyph(voice->font, g_utf8_get_char(voice->hyphen), &glyph))
    voice->hyphen_advance = hb_font_get_glyph_h_advance(voice->font, glyph);
}

static void find_space(pk_voice *voice) {
  hb_codepoint_t glyph = 0;
  voice->space_advance = voice->face->upem / 4;
  if (hb_font_get_nominal_glyph(voice->font, ' ', &glyph))
    voice->space_advance = hb_font_get_glyph_h_advance(voice->font, glyph);
  voice->space_glyph = glyph;
}

static hb_language_t language_of(hb_script_t script, pk_lang lang, const char *foreign) {
  if (foreign) return hb_language_from_string(foreign, -1);
  if (script == HB_SCRIPT_CYRILLIC || script == HB_SCRIPT_LATIN)
    return hb_language_from_string(pk_language_shaping_tag(lang, script == HB_SCRIPT_CYRILLIC), -1);
  return HB_LANGUAGE_INVALID;
}

const pk_voice *pk_voice_of(pk_para_worker *worker, const pk_style *style, const pk_face *face, hb_script_t script,
                            bool is_rtl, pk_lang lang, const char *foreign) {
  feature_list features = features_of(style);
  size_t size = features.count * sizeof *features.list;
  for (guint i = 0; i < worker->voices->len; i++) {
    const pk_voice *voice = g_ptr_array_index(worker->voices, i);
    if (voice->face == face && voice->script == script && voice->is_rtl == is_rtl && voice->lang == lang &&
        g_strcmp0(voice->foreign, foreign) == 0 && voice->feature_count == features.count &&
        (!size || !memcmp(voice->features, features.list, size)))
      return voice;
  }
  pk_voice *voice = PK_NEW(worker->arena, pk_voice);
  voice->face = face;
  voice->font = pk_font_worker_hb(worker->worker->font, face);
  voice->features = pk_arena_dup(worker->arena, features.list, size);
  voice->feature_count = features.count;
  voice->script = script;
  voice->language = language_of(script, lang, foreign);
  voice->is_rtl = is_rtl;
  voice->lang = lang;
  voice->foreign = foreign ? pk_arena_strdup(worker->arena, foreign) : NULL;
  find_hyphen(voice);
  find_hyphen_advance(voice);
  find_space(voice);
  g_ptr_array_add(worker->voices, voice);
  return voice;
}
