/* What there is: layouts, fonts, languages, schemas, codes, version. */
#include <string.h>

#include "build/engine.h"
#include "spec/fields.h"

const char *presskit_version(void) {
  return PRESSKIT_VERSION;
}

void presskit_free(void *memory) {
  g_free(memory);
}

const char *presskit_nearest(const char *word, const char *const *names) {
  return pk_diag_nearest(word, names, g_strv_length((char **)names));
}

/* ---- lists --------------------------------------------------------------------- */

/* A tab or a line feed inside a value would look like the next one. */
static void append_value(GString *out, const char *value) {
  for (; value && *value; value++) g_string_append_c(out, (guchar)*value < 0x20 ? ' ' : *value);
}

/* NULL texts: the file has errors. */
static void append_file(GString *out, const char *name, const pk_text *title, const pk_text *description) {
  g_string_append_printf(out, "%s\t", name);
  append_value(out, title ? pk_text_lookup(title, PK_LANG_EN, NULL) : "(this file has errors)");
  g_string_append_c(out, '\t');
  append_value(out, description ? pk_text_lookup(description, PK_LANG_EN, NULL) : NULL);
  g_string_append_c(out, '\n');
}

static bool list_layouts(presskit_engine *engine, pk_job *job, GString *out) {
  if (pk_engine_locate(engine, job->diag) != PK_OK) return false;
  g_auto(GStrv) names = pk_engine_layouts(engine);
  for (char **name = names; *name; name++) {
    const pk_layout *layout = NULL;
    g_autofree char *path = g_strdup_printf("%s/%s.yaml", engine->layouts, *name);
    bool is_good = pk_layout_build(job, path, engine->layouts, &layout) == PK_OK;
    append_file(out, *name, is_good ? &layout->title : NULL, is_good ? &layout->description : NULL);
  }
  return true;
}

static bool list_printers(presskit_engine *engine, pk_job *job, GString *out) {
  if (pk_engine_locate(engine, job->diag) != PK_OK) return false;
  g_auto(GStrv) names = pk_engine_printers(engine);
  for (char **name = names; *name; name++) {
    const pk_printer *printer = NULL;
    g_autofree char *path = g_strdup_printf("%s/%s.yaml", engine->printers, *name);
    bool is_good = pk_printer_build(job, path, engine->profiles, &printer) == PK_OK;
    append_file(out, *name, is_good ? &printer->title : NULL, is_good ? &printer->description : NULL);
  }
  return true;
}

/* What presskit's layouts use a family for: first choice, fall-back, or nothing. */
static const char *use_of(const pk_layout *base, const char *family) {
  const char *use = "-";
  for (size_t i = 0; i < base->font_count; i++) {
    const pk_font_role *role = &base->fonts[i];
    for (size_t j = 0; j < role->family_count; j++) {
      if (g_ascii_strcasecmp(role->families[j], family) != 0) continue;
      if (j == 0) return "first choice";
      use = "fall-back";
    }
  }
  return use;
}

static bool list_fonts(presskit_engine *engine, pk_job *job, GString *out) {
  if (pk_engine_prepare(engine, &engine->worker, NULL, job->diag) != PK_OK) return false;
  g_autofree char *path = g_build_filename(engine->layouts, "base.yaml", NULL);
  const pk_layout *base = NULL;
  if (pk_layout_build(job, path, engine->layouts, &base) != PK_OK) return false;
  size_t count;
  const pk_face *const *faces = pk_font_set_faces(engine->worker.fonts, &count);
  for (size_t i = 0; i < count; i++)
    g_string_append_printf(out, "%s\t%s\t%s\t%s\n", faces[i]->family, faces[i]->style, use_of(base, faces[i]->family),
                           faces[i]->path);
  return true;
}

static bool list_languages(presskit_engine *engine, pk_job *job, GString *out) {
  (void)engine, (void)job;
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    g_string_append_printf(out, "%s\t%s\n", pk_lang_tag((pk_lang)lang), pk_language_name((pk_lang)lang));
  return true;
}

char *presskit_list(presskit_engine *engine, presskit_listing what) {
  static bool (*const lists[])(presskit_engine *, pk_job *, GString *) = {
      [PRESSKIT_LIST_LAYOUTS] = list_layouts,
      [PRESSKIT_LIST_FONTS] = list_fonts,
      [PRESSKIT_LIST_LANGUAGES] = list_languages,
      [PRESSKIT_LIST_PRINTERS] = list_printers,
  };
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_job job = {.worker = &engine->worker, .arena = arena, .diag = pk_diag_new(arena)};
  GString *out = g_string_new(NULL);
  bool is_found = lists[what](engine, &job, out);
  return g_string_free(out, !is_found);
}

/* ---- schemas ------------------------------------------------------------------- */

const char *const *presskit_kinds(void) {
  static const char *const kinds[] = {"article", "layout", "office", "printer", "kit", NULL};
  return kinds;
}

char *presskit_schema(const char *kind) {
  GString *out = g_string_new(NULL);
  bool is_known = true;
  if (strcmp(kind, "article") == 0)
    pk_fields_schema(pk_article_fields(), "presskit article: front matter", out);
  else
    is_known = pk_spec_schema(kind, out);
  return g_string_free(out, !is_known);
}

char *presskit_reference(const char *kind) {
  GString *out = g_string_new(NULL);
  bool is_known = true;
  if (strcmp(kind, "article") == 0)
    pk_fields_reference(pk_article_fields(), 2, out);
  else
    is_known = pk_spec_reference(kind, out);
  return g_string_free(out, !is_known);
}

/* ---- codes --------------------------------------------------------------------- */

const char *const *presskit_codes(void) {
  static const char *const ids[] = {
#define PK_CODE(name, id, severity, title, explanation) id,
#include "diag/codes.def"
#undef PK_CODE
      NULL};
  return ids;
}

const char *presskit_code_title(const char *code) {
  const pk_code_entry *entry = pk_code_find(code);
  return entry ? entry->title : NULL;
}

const char *presskit_explain(const char *code, const char **nearest) {
  const pk_code_entry *entry = pk_code_find(code);
  if (nearest) *nearest = entry ? NULL : pk_diag_nearest(code, presskit_codes(), PK_CODE_COUNT);
  return entry ? entry->explanation : NULL;
}

/* ---- the cache ------------------------------------------------------------------- */

static presskit_cache answer_cache(pk_cache_info (*ask)(const char *folder)) {
  char *folder = pk_cache_folder();
  pk_cache_info info = ask(folder);
  return (presskit_cache){
      .entries = (size_t)info.entries, .bytes = info.bytes, .most = PK_CACHE_MOST_DISK, .folder = folder};
}

presskit_cache presskit_cache_info(void) {
  return answer_cache(pk_cache_measure);
}

presskit_cache presskit_cache_clear(void) {
  return answer_cache(pk_cache_clear);
}
