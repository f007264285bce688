/* Readers of the YAML files that users write.
 *
 * Each kind ("layout", "office", "printer", "kit", "book") is described by one table of fields: name,
 * type, unit, range, default, one line of documentation. The reader, its
 * errors, `presskit schema` and the reference in the manual all come from it. */
#ifndef PK_SPEC_H
#define PK_SPEC_H

#include "spec/book.h"
#include "spec/kit.h"
#include "spec/layout.h"
#include "spec/office.h"
#include "spec/printer.h"

/* Files larger than this are refused. */
enum { PK_SPEC_MAX_BYTES = 4 * 1024 * 1024, PK_SPEC_MAX_DEPTH = 32, PK_SPEC_MAX_EXTENDS = 16 };

/* Reads the layout at `path`, with what it extends: a name in `extends:` is
 * looked up beside the file, then in `layouts_folder` (presskit's own). Every
 * fault is raised in job->diag at its place; PK_FAILED if there was an error. */
pk_status pk_layout_build(pk_job *job, const char *path, const char *layouts_folder, const pk_layout **out);

/* The same with `over` (or NULL), fields of a layout from elsewhere, laid over it. */
pk_status pk_layout_build_over(pk_job *job, const char *path, const char *layouts_folder, const struct pk_node *over,
                               const pk_layout **out);

/* Reads the office at `path`. */
pk_status pk_office_build(pk_job *job, const char *path, const pk_office **out);

/* Reads the printer profile at `path`. An ICC profile that it names is looked up
 * beside the file, then in `profiles_folder` (presskit's own). */
pk_status pk_printer_build(pk_job *job, const char *path, const char *profiles_folder, const pk_printer **out);

/* The names of the kinds that have a table, NULL-terminated. */
const char *const *pk_spec_kinds(void);

/* Appends the JSON Schema 2020-12 of `kind` ("layout", "office", "printer", "kit",
 * "book"); false if
 * there is no such kind. */
bool pk_spec_schema(const char *kind, GString *out);

/* Appends Markdown reference tables of `kind`; false if there is no such kind. */
bool pk_spec_reference(const char *kind, GString *out);

/* Appends a file of `kind` to start from; false if there is none. */
bool pk_spec_template(const char *kind, GString *out);

/* Front matter and other YAML inside a source are read by the same machinery:
 * see spec/fields.h. */

#endif
