/* Variants of a document, and the names of their pieces. */
#include <string.h>

#include "build/inputs.h"
#include "build/kit.h"
#include "build/output.h"
#include "spec/fields.h"

/* ---- variants ------------------------------------------------------------------ */

typedef struct {
  pk_arena *arena;
  GArray *variants;
} maker;

bool pk_kit_has_pages(const pk_variant *variant) {
  return variant->edition != PRESSKIT_TEXT && variant->edition != PRESSKIT_HTML;
}

bool pk_kit_is_for_paper(const pk_variant *variant) {
  return pk_kit_has_pages(variant) && variant->edition != PRESSKIT_SCREEN;
}

static void add_formats(maker *m, pk_variant variant) {
  const pk_kit_choices *formats = &variant.document->formats;
  size_t count = pk_kit_has_pages(&variant) ? formats->count : 0;
  for (size_t i = 0; i < MAX(count, 1); i++) {
    variant.format = count ? (presskit_format)formats->values[i] : PRESSKIT_PDF;
    g_array_append_val(m->variants, variant);
  }
}

static void add_printers(maker *m, pk_variant variant) {
  const pk_kit_names *printers = &variant.document->printers;
  size_t count = pk_kit_is_for_paper(&variant) ? printers->count : 0;
  for (size_t i = 0; i < MAX(count, 1); i++) {
    variant.printer = count ? &printers->names[i] : NULL;
    add_formats(m, variant);
  }
}

static void add_editions(maker *m, pk_variant variant) {
  const pk_kit_choices *editions = &variant.document->editions;
  for (size_t i = 0; i < MAX(editions->count, 1); i++) {
    variant.edition = editions->count ? (presskit_edition)editions->values[i] : PRESSKIT_PRESS;
    add_printers(m, variant);
  }
}

static void add_layouts(maker *m, pk_variant variant) {
  const pk_kit_names *layouts = &variant.document->layouts;
  for (size_t i = 0; i < MAX(layouts->count, 1); i++) {
    variant.layout = layouts->count ? &layouts->names[i] : NULL;
    add_editions(m, variant);
  }
}

static void add_languages(maker *m, pk_variant variant) {
  const pk_kit_choices *languages = &variant.document->languages;
  for (size_t i = 0; i < MAX(languages->count, 1); i++) {
    variant.lang = languages->count ? (pk_lang)languages->values[i] : PK_LANG_NONE;
    add_layouts(m, variant);
  }
}

const pk_variant *pk_kit_variants(pk_arena *arena, const pk_kit_document *document, size_t *count) {
  maker m = {arena, g_array_new(FALSE, TRUE, sizeof(pk_variant))};
  for (size_t i = 0; i < document->article_count; i++)
    add_languages(&m, (pk_variant){.document = document, .article = i});
  *count = m.variants->len;
  return pk_arena_take_array(arena, m.variants);
}

/* ---- rows ---------------------------------------------------------------------- */

pk_kit_rows *pk_kit_rows_keep(pk_kit_rows *rows) {
  if (rows) g_atomic_int_inc(&rows->uses);
  return rows;
}

void pk_kit_rows_drop(pk_kit_rows *rows) {
  if (rows && g_atomic_int_dec_and_test(&rows->uses)) pk_arena_drop(rows->arena);
}

pk_merge pk_kit_merge(pk_arena *arena, const pk_kit *kit, const pk_kit_rows *rows, size_t number) {
  pk_merge merge = {.facts = kit->facts, .fact_count = kit->fact_count};
  if (!rows) return merge;
  const pk_kit_row *row = &rows->rows[number];
  merge.columns = rows->columns;
  merge.column_count = rows->column_count;
  merge.values = row->values;
  merge.row = row->number;
  merge.row_source = pk_source_new_part(arena, rows->path, row->text, row->size, row->lines_before);
  return merge;
}

/* ---- patterns ------------------------------------------------------------------ */

static const char *const article_endings[] = {".md", ".markdown", ".txt", ".yaml", ".yml"};

static char *stem_of(const char *path) {
  char *name = g_path_get_basename(path);
  for (size_t i = 0; i < G_N_ELEMENTS(article_endings); i++)
    if (g_str_has_suffix(name, article_endings[i])) {
      name[strlen(name) - strlen(article_endings[i])] = 0;
      break;
    }
  return name;
}

/* "layouts/card.yaml" -> "card" */
static char *plain_name(const pk_kit_name *name, const char *otherwise) {
  char *plain = g_path_get_basename(name ? name->text : otherwise);
  char *ending = strrchr(plain, '.');
  if (ending && ending != plain) *ending = 0;
  return plain;
}

static char *row_numbers(const pk_kit_rows *rows) {
  uint64_t first = rows->rows[0].number, last = rows->rows[rows->count - 1].number;
  return first == last ? g_strdup_printf("%05" G_GUINT64_FORMAT, first)
                       : g_strdup_printf("%05" G_GUINT64_FORMAT "-%05" G_GUINT64_FORMAT, first, last);
}

static const char *const pattern_names[] = {"document", "article", "language", "layout",
                                            "edition",  "printer", "row",      NULL};

/* What an edition is made for by itself: a printer profile, or a screen. */
static const char *printer_of(presskit_edition edition) {
  pk_variant variant = {.edition = edition};
  return pk_kit_is_for_paper(&variant) ? pk_inputs_usual_printer(edition) : pk_kit_edition_names[edition];
}

/* The value of a name, or NULL: there is none for this piece. */
static char *named_value(const pk_pattern_scope *scope, size_t name) {
  const pk_variant *v = scope->variant;
  switch (name) {
  case 0: return g_strdup(v->document->name);
  case 1: return scope->article ? stem_of(scope->article) : NULL;
  case 2: return v->lang == PK_LANG_NONE ? NULL : g_strdup(pk_lang_tag(v->lang));
  case 3: return plain_name(v->layout, "press-release");
  case 4: return g_strdup(pk_kit_edition_names[v->edition]);
  case 5: return v->printer ? plain_name(v->printer, NULL) : g_strdup(printer_of(v->edition));
  default: return scope->rows ? row_numbers(scope->rows) : NULL;
  }
}

static bool raise_name(pk_job *job, const char *name, bool is_known, pk_span span) {
  size_t count = G_N_ELEMENTS(pattern_names) - 1;
  if (!is_known)
    return pk_field_unknown(job, PK_CODE_UNKNOWN_VALUE, span, "field of a pattern", name, pattern_names, count);
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, span, "{%s} has no value here", name);
  if (strcmp(name, "language") == 0)
    pk_diag_hint(job->diag, raised, "name the languages under languages:");
  else if (strcmp(name, "row") == 0)
    pk_diag_hint(job->diag, raised, "name the data under data:");
  return false;
}

/* A value in a file name: no folder of its own, nothing that a shell trips over, one
 * hyphen for all that stands between two words. */
static void append_safe(GString *out, const char *value) {
  size_t first = out->len;
  for (const char *at = value; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    bool is_bad =
        g_unichar_iscntrl(c) || (c < 0x80 && strchr("/\\:*?\"<>|;&$`'!", (int)c)) || (c == '.' && out->len == first);
    bool is_gap = is_bad || g_unichar_isspace(c);
    if (!is_gap)
      g_string_append_unichar(out, c);
    else if (out->len == first || out->str[out->len - 1] != '-')
      g_string_append_c(out, '-');
  }
}

static bool append_place(pk_job *job, const pk_pattern_scope *scope, const char *at, size_t length, pk_span span,
                         GString *out) {
  pk_merge_place place;
  if (pk_merge_place_at(at, at + length, &place)) {
    const char *value;
    pk_lang lang = scope->variant->lang;
    if (!pk_merge_value(job, &place, lang, span, &value)) return false;
    if (scope->is_name)
      append_safe(out, value);
    else
      g_string_append(out, value);
    return true;
  }
  g_autofree char *name = g_strstrip(g_strndup(at + 1, length - 2));
  size_t number = 0;
  while (pattern_names[number] && strcmp(pattern_names[number], name) != 0) number++;
  g_autofree char *value = pattern_names[number] ? named_value(scope, number) : NULL;
  if (!value) return raise_name(job, name, pattern_names[number], span);
  append_safe(out, value);
  return true;
}

bool pk_kit_pattern(pk_job *job, const pk_pattern_scope *scope, const char *pattern, pk_span span, const char **out) {
  g_autoptr(GString) filled = g_string_new(NULL);
  for (const char *at = pattern; *at;) {
    const char *close = *at == '{' ? strchr(at, '}') : NULL;
    if (!close) {
      g_string_append_c(filled, *at++);
      continue;
    }
    if (!append_place(job, scope, at, (size_t)(close - at) + 1, span, filled)) return false;
    at = close + 1;
  }
  *out = pk_arena_strdup(job->arena, filled->str);
  return true;
}

/* ---- paths --------------------------------------------------------------------- */

bool pk_kit_article(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                    const char **path) {
  pk_span span;
  const char *pattern = pk_text_lookup(&variant->document->articles[variant->article], variant->lang, &span);
  pk_pattern_scope scope = {variant, rows, NULL, false};
  const char *filled;
  if (!pattern) {
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_MISSING_FIELD, variant->document->span,
                    "the articles of '%s' are told by language, and it has no languages", variant->document->name);
    pk_diag_hint(job->diag, raised, "name them under languages:");
    return false;
  }
  if (!pk_kit_pattern(job, &scope, pattern, span, &filled)) return false;
  g_autofree char *joined = g_path_is_absolute(filled) ? g_strdup(filled) : g_build_filename(kit->folder, filled, NULL);
  *path = pk_arena_strdup(job->arena, g_str_has_prefix(joined, "./") ? joined + 2 : joined);
  return true;
}

bool pk_kit_article_exists(pk_job *job, const pk_variant *variant, const char *path) {
  if (g_file_test(path, G_FILE_TEST_EXISTS)) return true;
  pk_span span = PK_SPAN_NONE;
  pk_text_lookup(&variant->document->articles[variant->article], variant->lang, &span);
  pk_kit_hint_near(job, pk_diag_add(job->diag, PK_CODE_FILE_MISSING, span, "there is no file '%s'", path), path);
  return false;
}

bool pk_kit_input(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                  const pk_kit_name *name, const char *article, const char **out) {
  *out = NULL;
  if (!name) return true;
  pk_pattern_scope scope = {variant, rows, article, false};
  if (!pk_kit_pattern(job, &scope, name->text, name->span, out)) return false;
  bool is_path = strchr(*out, '/') || g_str_has_suffix(*out, ".yaml") || g_str_has_suffix(*out, ".yml");
  if (is_path && !g_path_is_absolute(*out) && strcmp(kit->folder, ".") != 0)
    *out = pk_arena_printf(job->arena, "%s/%s", kit->folder, *out);
  return true;
}

void pk_kit_hint_near(pk_job *job, pk_diagnostic *raised, const char *path) {
  enum { MOST_NAMES = 2000 };
  g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  GDir *entries = g_dir_open(folder, 0, NULL);
  if (!entries) {
    pk_diag_hint(job->diag, raised, "there is no folder '%s'", folder);
    return;
  }
  for (const char *entry; names->len < MOST_NAMES && (entry = g_dir_read_name(entries));)
    g_ptr_array_add(names, g_strdup(entry));
  g_dir_close(entries);
  const char *nearest = pk_diag_nearest(name, (const char *const *)names->pdata, names->len);
  if (nearest) pk_diag_hint(job->diag, raised, "did you mean '%s'?", nearest);
}

/* "{article}", and of what a document has several the one that it is. */
static const char *usual_pattern(pk_arena *arena, const pk_variant *variant, const char *article) {
  const pk_kit_document *d = variant->document;
  g_autoptr(GString) pattern = g_string_new("{article}");
  g_autofree char *stem = stem_of(article);
  bool tells_language = d->languages.count <= 1 || strstr(stem, pk_lang_tag(variant->lang));
  if (!tells_language) g_string_append(pattern, ".{language}");
  if (d->layouts.count > 1) g_string_append(pattern, "-{layout}");
  if (d->editions.count > 1) g_string_append(pattern, "-{edition}");
  if (d->printers.count > 1 && variant->printer) g_string_append(pattern, "-{printer}");
  if (d->data) g_string_append(pattern, "-{row}");
  return pk_arena_strdup(arena, pattern->str);
}

/* Every part of the name is one: none is empty, ".", ".." or the root. */
static bool check_name(pk_job *job, const char *name, pk_span span) {
  g_auto(GStrv) parts = g_strsplit(name, "/", -1);
  for (char **part = parts; *part; part++) {
    if (**part && strcmp(*part, ".") != 0 && strcmp(*part, "..") != 0) continue;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_OPTION_INVALID, span, "'%s' is no name of a file below the output folder", name);
    pk_diag_hint(job->diag, raised, "the folder is named with -o; a name has no empty part and no ..");
    return false;
  }
  return true;
}

bool pk_kit_output(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                   const char *article, const char **name) {
  (void)kit;
  const pk_kit_document *d = variant->document;
  pk_pattern_scope scope = {variant, rows, article, true};
  const char *filled;
  const char *pattern = d->output ? d->output : usual_pattern(job->arena, variant, article);
  pk_span span = d->output ? d->output_span : d->span;
  if (!pk_kit_pattern(job, &scope, pattern, span, &filled) || !check_name(job, filled, span)) return false;
  *name = pk_arena_printf(job->arena, "%s.%s", filled, pk_output_ending(variant->edition, variant->format));
  return true;
}
