/* A printer profile from its file, and what its fields must be to each other. */
#include "spec/printer.h"

#include <string.h>

#include "spec/load.h"
#include "spec/spec.h"
#include "spec/tables.h"

bool pk_printer_has_marks(const pk_printer *printer) {
  return printer->marks.crop || printer->marks.bleed || printer->marks.registration || printer->marks.fold ||
         printer->marks.colour_bar || printer->marks.slug;
}

/* ---- the ICC profile ----------------------------------------------------- */

static bool find_profile(pk_job *job, pk_printer *printer, const char *profiles_folder) {
  const char *name = printer->profile;
  const char *beside = pk_spec_path(job->arena, name, printer->profile_span);
  if (g_file_test(beside, G_FILE_TEST_EXISTS))
    return pk_spec_existing_path(job, name, printer->profile_span, &printer->profile);
  const char *shipped =
      profiles_folder && !strchr(name, '/') ? pk_arena_printf(job->arena, "%s/%s", profiles_folder, name) : NULL;
  if (!shipped || !g_file_test(shipped, G_FILE_TEST_IS_REGULAR)) {
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_FILE_MISSING, printer->profile_span, "there is no ICC profile '%s'", name);
    pk_diag_hint(job->diag, raised, "it is looked for beside this file, then among presskit's own profiles");
    return false;
  }
  printer->profile = shipped;
  return true;
}

/* ---- file names ---------------------------------------------------------- */

const char *const pk_printer_file_name_fields[] = {"name", "plain-name", "lang",  "layout", "date", "printer",
                                                   "part", "pages",      "first", "last",   NULL};

/* Every "{...}" is a known field, and the name has no folder in it. */
static bool check_file_name(pk_job *job, const pk_printer *printer) {
  const char *pattern = printer->file_name;
  size_t known = g_strv_length((char **)pk_printer_file_name_fields);
  for (const char *at = strchr(pattern, '{'); at; at = strchr(at, '{')) {
    const char *end = strchr(++at, '}');
    const char *name = pk_arena_strndup(job->arena, at, end ? (size_t)(end - at) : strlen(at));
    if (!end || !g_strv_contains(pk_printer_file_name_fields, name))
      return pk_field_unknown(job, PK_CODE_UNKNOWN_VALUE, printer->file_name_span, "field of a file name", name,
                              pk_printer_file_name_fields, known);
  }
  if (!strpbrk(pattern, "/\\")) return true;
  pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, printer->file_name_span,
              "'%s' names a folder; 'file-name' takes a name", pattern);
  return false;
}

/* ---- rules between fields ------------------------------------------------ */

static bool check_standard(pk_job *job, const pk_printer *printer) {
  if (printer->standard != PK_STANDARD_X_1A_2003 || printer->images.policy != PK_IMAGES_KEEP) return true;
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_PRINTER_STANDARD, printer->standard_span,
                  "%s has no place for pictures that keep their profile", pk_standard_name(printer->standard));
  pk_diag_hint(job->diag, raised, "images: {policy: convert}");
  return false;
}

static bool check_resolution(pk_job *job, const pk_node *root, const char *name, const pk_resolution *resolution) {
  if (resolution->least <= resolution->wanted) return true;
  const pk_pair *images = pk_node_find(root, "images");
  const pk_pair *pair = images ? pk_node_find(images->value, name) : NULL;
  pk_diag_add(job->diag, PK_CODE_OUT_OF_RANGE, pair ? pair->value->span : root->span,
              "'%s' accepts no fewer than %g pixels to the inch and wants only %g", name, resolution->least,
              resolution->wanted);
  return false;
}

pk_status pk_printer_build(pk_job *job, const char *path, const char *profiles_folder, const pk_printer **out) {
  const pk_node *root = NULL;
  pk_status status = pk_spec_load(job, path, "printer", PK_SPAN_NONE, &root);
  if (status != PK_OK) return status;
  pk_printer *printer = PK_NEW(job->arena, pk_printer);
  printer->black.rich[3] = 1;
  printer->source = root->span.source;
  printer->path = printer->source->path;
  g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);
  printer->folder = pk_arena_strdup(job->arena, folder);
  char *ending = strrchr(base, '.');
  if (ending && ending != base) *ending = 0;
  printer->name = pk_arena_strdup(job->arena, base);
  if (pk_fields_read(job, &pk_printer_fields, root, printer) != PK_OK) return PK_FAILED;
  const pk_span whole = {printer->source, 0, 0};
  if (!printer->standard_span.source) printer->standard_span = whole;
  if (!printer->profile_span.source) printer->profile_span = whole;
  bool is_fine = find_profile(job, printer, profiles_folder);
  is_fine = check_file_name(job, printer) && is_fine;
  is_fine = check_standard(job, printer) && is_fine;
  is_fine = check_resolution(job, root, "colour", &printer->images.colour) && is_fine;
  is_fine = check_resolution(job, root, "grey", &printer->images.grey) && is_fine;
  is_fine = check_resolution(job, root, "line", &printer->images.line) && is_fine;
  if (!is_fine) return PK_FAILED;
  *out = printer;
  return PK_OK;
}
