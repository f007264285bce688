/* What a kit file says: which documents are made, of what, for whom.
 *
 * Plain data in the arena of the reader, frozen. What the kit says for all its
 * documents is already laid under what each says for itself. */
#ifndef PK_SPEC_KIT_H
#define PK_SPEC_KIT_H

#include "spec/merge.h"
#include "spec/node.h"

/* A name or a pattern, and where it stands. */
typedef struct {
  const char *text;
  pk_span span;
} pk_kit_name;

typedef struct {
  const pk_kit_name *names;
  size_t count;
} pk_kit_names;

/* One of `count` choices, by its number in the table of names. */
typedef struct {
  const int *values;
  size_t count;
} pk_kit_choices;

/* `when: {column: [value, value]}`: the row has one of the values there. */
typedef struct {
  const char *column;
  pk_span span;
  pk_kit_names values;
} pk_condition;

typedef struct {
  const char *name;
  pk_span span;
  pk_text title;           /* for the index page; may be empty */
  const pk_text *articles; /* patterns of paths */
  size_t article_count;
  pk_kit_names office;      /* none or one */
  pk_kit_choices languages; /* of pk_lang; none: that of the article */
  bool has_languages;       /* given, if only as [] */
  pk_kit_names layouts;
  pk_kit_choices editions; /* in the order of presskit_edition; none: press */
  pk_kit_names printers;   /* of the editions for paper; none: the edition's own */
  pk_kit_choices formats;  /* 0 PDF, 1 PNG; none: PDF */
  double dpi;              /* 0: not given */
  const char *output;      /* pattern of the name */
  pk_span output_span;
  const char *data; /* CSV or JSON Lines, absolute, or NULL */
  pk_span data_span;
  int rows_per_file; /* 0: not given */
  pk_span rows_per_file_span;
  const char *bookmark; /* pattern: of each row where a file holds several; NULL: its headline */
  pk_span bookmark_span;
  const pk_condition *when, *unless;
  size_t when_count, unless_count;
  const pk_node *overrides; /* laid over each layout, or NULL */
} pk_kit_document;

typedef struct {
  const pk_source *source;
  const char *path, *folder;
  pk_text title;
  const pk_fact *facts;
  size_t fact_count;
  pk_kit_document all; /* what is said for all documents */
  const pk_kit_document *documents;
  size_t document_count;
} pk_kit;

/* Names of editions and formats, in the order of the library's enumerators. */
extern const char *const pk_kit_edition_names[], *const pk_kit_format_names[];

/* Reads the kit at `path`. Every fault is raised in job->diag at its place;
 * PK_FAILED if there was an error. */
pk_status pk_kit_build(pk_job *job, const char *path, const pk_kit **out);

#endif
