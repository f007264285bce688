/* The articles that a document was made of, in the document: PDF/A-3, ISO 19005-3,
 * 6.8. Each is associated with the document as a whole, as its source. */
#include <string.h>

#include "pdf/page.h"

/* The file as its author has it, where values were filled into the text. */
static const pk_source *file_of(const pk_source *source) {
  return source->origin ? source->origin : source;
}

/* The file's own name; one that was given already has its number before it. */
static char *name_of(const pk_list *list, size_t number) {
  char *name = g_path_get_basename(list->sources[number]->path);
  for (size_t i = 0; i < number; i++) {
    g_autofree char *other = g_path_get_basename(list->sources[i]->path);
    if (strcmp(other, name) != 0) continue;
    char *numbered = g_strdup_printf("%zu-%s", number + 1, name);
    g_free(name);
    return numbered;
  }
  return name;
}

static qpdf_oh file_stream(pk_pdf_file *file, const pk_source *source) {
  qpdf_oh stream = pk_pdf_stream(file, "<</Type/EmbeddedFile/Subtype/text#2fmarkdown>>", source->text, source->size);
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, stream);
  qpdf_oh parameters = pk_pdf_parsef(file, "<</Size %zu>>", source->size);
  g_autofree char *date = pk_pdf_date(file);
  pk_pdf_set_text(file, parameters, "/ModDate", date);
  pk_pdf_set(file, dict, "/Params", parameters);
  pk_pdf_release(file, dict);
  return stream;
}

static qpdf_oh specification(pk_pdf_file *file, size_t number, const char *name) {
  const pk_list *list = file->list;
  qpdf_oh spec = pk_pdf_parse(file, "<</Type/Filespec/AFRelationship/Source>>");
  pk_pdf_set_text(file, spec, "/F", name);
  pk_pdf_set_text(file, spec, "/UF", name);
  pk_pdf_set_text(file, spec, "/Desc", list->title);
  qpdf_oh embedded = qpdf_oh_new_dictionary(file->qpdf);
  qpdf_oh stream = file_stream(file, file_of(list->sources[number]));
  pk_pdf_set_ref(file, embedded, "/F", stream);
  pk_pdf_set(file, embedded, "/UF", stream);
  pk_pdf_set(file, spec, "/EF", embedded);
  return pk_pdf_indirect(file, spec);
}

typedef struct {
  char *name;
  qpdf_oh spec;
} attachment;

static int compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(((const attachment *)a)->name, ((const attachment *)b)->name);
}

static void clear_attachment(gpointer item) {
  g_free(((attachment *)item)->name);
}

bool pk_pdf_has_sources(const pk_pdf_file *file) {
  return file->traits->is_tagged && file->list->source_count;
}

void pk_pdf_attach(pk_pdf_file *file) {
  if (!pk_pdf_has_sources(file)) return;
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(attachment));
  g_array_set_clear_func(all, clear_attachment);
  for (size_t i = 0; i < file->list->source_count; i++) {
    attachment one = {.name = name_of(file->list, i)};
    one.spec = specification(file, i, one.name);
    g_array_append_val(all, one);
  }
  qpdf_oh root = qpdf_get_root(file->qpdf), associated = qpdf_oh_new_array(file->qpdf);
  for (guint i = 0; i < all->len; i++)
    qpdf_oh_append_item(file->qpdf, associated, g_array_index(all, attachment, i).spec);
  pk_pdf_set(file, root, "/AF", associated);
  g_array_sort(all, compare_names);
  qpdf_oh pairs = qpdf_oh_new_array(file->qpdf);
  for (guint i = 0; i < all->len; i++) {
    pk_pdf_append(file, pairs, qpdf_oh_new_string(file->qpdf, g_array_index(all, attachment, i).name));
    pk_pdf_append(file, pairs, g_array_index(all, attachment, i).spec);
  }
  pk_pdf_names_add(file, "/EmbeddedFiles", pairs);
  pk_pdf_release(file, root);
}
