/* The pieces of a kit. Private to build/.
 *
 * A document of a kit has variants: its articles × languages × layouts × editions
 * × printers × formats. A variant is one piece, or, with data, one for each row. */
#ifndef PK_BUILD_KIT_H
#define PK_BUILD_KIT_H

#include "presskit/presskit.h"
#include "spec/kit.h"
#include "spec/rows.h"

typedef struct {
  const pk_kit_document *document;
  size_t article;             /* number of it in the document */
  pk_lang lang;               /* PK_LANG_NONE: that of the article */
  const pk_kit_name *layout;  /* NULL: the usual one */
  const pk_kit_name *printer; /* NULL: the edition's own */
  presskit_edition edition;
  presskit_format format;
} pk_variant;

/* Whether a variant has pages rather than words alone, and whether they are for
 * paper, so that a printer has rules for them. */
bool pk_kit_has_pages(const pk_variant *variant);
bool pk_kit_is_for_paper(const pk_variant *variant);

/* The variants of a document, in the order in which the kit names what they are
 * made of. Owned by the arena. */
const pk_variant *pk_kit_variants(pk_arena *arena, const pk_kit_document *document, size_t *count);

/* One row, copied. */
typedef struct {
  uint64_t number;
  const char *const *values;
  const char *text;
  size_t size;
  unsigned lines_before;
} pk_kit_row;

/* The rows of a piece, shared by the variants that are made of them. */
typedef struct {
  gint uses;
  pk_arena *arena;
  const char *path; /* of the data */
  const char *const *columns;
  size_t column_count;
  pk_kit_row *rows;
  size_t count;
} pk_kit_rows;

pk_kit_rows *pk_kit_rows_keep(pk_kit_rows *rows);
void pk_kit_rows_drop(pk_kit_rows *rows);

/* What fills texts of row `number` of `rows`; `rows` may be NULL: the facts alone. */
pk_merge pk_kit_merge(pk_arena *arena, const pk_kit *kit, const pk_kit_rows *rows, size_t number);

/* Fills a pattern of the kit for a variant: {document}, {article}, {language},
 * {layout}, {edition}, {printer}, {row}, and what job->merge has. `article` is its
 * path or NULL. In a file name, what is filled in holds no slash. False after an
 * error (raised at `span`). */
typedef struct {
  const pk_variant *variant;
  const pk_kit_rows *rows; /* or NULL */
  const char *article;
  bool is_name;
} pk_pattern_scope;
bool pk_kit_pattern(pk_job *job, const pk_pattern_scope *scope, const char *pattern, pk_span span, const char **out);

/* The path of the variant's article, absolute where the kit's is. */
bool pk_kit_article(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                    const char **path);

/* Whether the variant's article is there; else it is raised where the kit names it. */
bool pk_kit_article_exists(pk_job *job, const pk_variant *variant, const char *path);

/* A name or path of the kit (a layout, an office, a printer), filled; paths are from the
 * kit's folder. NULL stays NULL. */
bool pk_kit_input(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                  const pk_kit_name *name, const char *article, const char **out);

/* Hints at a file of nearly the name of `path`, which is not there, if its folder has one. */
void pk_kit_hint_near(pk_job *job, pk_diagnostic *raised, const char *path);

/* The name of the piece below the folder of outputs, with its ending. */
bool pk_kit_output(pk_job *job, const pk_kit *kit, const pk_variant *variant, const pk_kit_rows *rows,
                   const char *article, const char **name);

#endif
