/* A kit from its file. */
#include "spec/kit.h"

#include <string.h>

#include "spec/load.h"
#include "spec/spec.h"
#include "spec/tables.h"

/* "places:" without anything behind it. */
static bool check_facts(pk_job *job, const pk_node *kit) {
  const pk_pair *facts = pk_node_find(kit, "facts");
  bool is_fine = true;
  for (size_t i = 0; facts && i < facts->value->pair_count; i++) {
    const pk_pair *fact = &facts->value->pairs[i];
    if (!fact->value->is_null) continue;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_MISSING_FIELD, fact->key_span, "the fact '%s' has no value", fact->key);
    pk_diag_hint(job->diag, raised, "write it behind the colon, or delete the line");
    is_fine = false;
  }
  return is_fine;
}

/* What the document does not say for itself. */
static void lay_under(pk_kit_document *document, const pk_kit_document *all) {
  if (!document->office.count) document->office = all->office;
  if (!document->has_languages) document->languages = all->languages;
  if (!document->layouts.count) document->layouts = all->layouts;
  if (!document->editions.count) document->editions = all->editions;
  if (!document->printers.count) document->printers = all->printers;
  if (!document->formats.count) document->formats = all->formats;
  if (document->dpi == 0) document->dpi = all->dpi;
  if (!document->output) {
    document->output = all->output;
    document->output_span = all->output_span;
  }
  if (!document->data) {
    document->data = all->data;
    document->data_span = all->data_span;
  }
  if (!document->rows_per_file) {
    document->rows_per_file = all->rows_per_file;
    document->rows_per_file_span = all->rows_per_file_span;
  }
  if (!document->bookmark) {
    document->bookmark = all->bookmark;
    document->bookmark_span = all->bookmark_span;
  }
  if (!document->when_count) {
    document->when = all->when;
    document->when_count = all->when_count;
  }
  if (!document->unless_count) {
    document->unless = all->unless;
    document->unless_count = all->unless_count;
  }
  if (!document->overrides) document->overrides = all->overrides;
}

/* Words alone are mailed and posted one by one; there is no file of several. */
static bool check_rows(pk_job *job, const pk_kit_document *document) {
  for (size_t i = 0; document->rows_per_file > 1 && i < document->editions.count; i++) {
    const char *edition = pk_kit_edition_names[document->editions.values[i]];
    if (strcmp(edition, "text") != 0 && strcmp(edition, "html") != 0) continue;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, document->rows_per_file_span,
                    "'%s' has the edition %s, which has no pages to put into one file", document->name, edition);
    pk_diag_hint(job->diag, raised, "make it a document of its own, with  rows-per-file: 1");
    return false;
  }
  return true;
}

/* Every language of a document has its articles. */
static bool check_articles(pk_job *job, const pk_kit_document *document) {
  bool is_fine = true;
  for (size_t l = 0; l < document->languages.count; l++)
    for (size_t a = 0; a < document->article_count; a++) {
      pk_lang lang = (pk_lang)document->languages.values[l];
      if (pk_text_lookup(&document->articles[a], lang, NULL)) continue;
      pk_diagnostic *raised =
          pk_diag_add(job->diag, PK_CODE_MISSING_FIELD, document->span,
                      "'%s' is wanted in %s, and has no article in it", document->name, pk_lang_tag(lang));
      pk_diag_hint(job->diag, raised, "name it under articles:, or leave the language out");
      is_fine = false;
      break;
    }
  return is_fine;
}

pk_status pk_kit_build(pk_job *job, const char *path, const pk_kit **out) {
  const pk_node *node = NULL;
  pk_status status = pk_spec_load(job, path, "kit", PK_SPAN_NONE, &node);
  if (status != PK_OK) return status;
  pk_kit *kit = PK_NEW(job->arena, pk_kit);
  kit->source = node->span.source;
  kit->path = kit->source->path;
  g_autofree char *folder = g_path_get_dirname(path);
  kit->folder = pk_arena_strdup(job->arena, folder);
  status = pk_fields_read(job, &pk_kit_fields, node, kit);
  if (status != PK_OK) return status;
  bool is_fine = check_facts(job, node);
  for (size_t i = 0; i < kit->document_count; i++) {
    pk_kit_document *document = (pk_kit_document *)&kit->documents[i];
    lay_under(document, &kit->all);
    is_fine = check_articles(job, document) && is_fine;
    is_fine = check_rows(job, document) && is_fine;
  }
  if (!is_fine) return PK_FAILED;
  *out = kit;
  return PK_OK;
}
