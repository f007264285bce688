/* Diagnostics: what is wrong, where, and what to do about it.
 *
 * A stage raises a diagnostic once, where the cause is known, and returns
 * PK_FAILED if it cannot go on. The collector belongs to one job (one thread). */
#ifndef PK_DIAG_H
#define PK_DIAG_H

#include "base/base.h"
#include "base/digest.h"

/* Bytes [at, at + size) of a text stand for [origin, origin + origin_size) of
 * what it was made from; between two steps both run alike. */
typedef struct {
  uint32_t at, size, origin, origin_size;
} pk_source_step;

/* One text that was read: a file, or a text that presskit made up itself. */
typedef struct pk_source pk_source;
struct pk_source {
  const char *path; /* as the user knows it */
  const char *text; /* `size` bytes and a NUL after them */
  size_t size;
  const uint32_t *line_starts; /* byte offset of each line, `line_count` of them */
  size_t line_count;
  unsigned lines_before;       /* of the file, where `text` is a part of it: a row of data */
  bool is_paged;               /* a PDF: it has no lines, and a span's `start` is a page from 0 or PK_WHOLE_FILE */
  const pk_source *origin;     /* the file as it is, where `text` has values filled in; else NULL */
  const pk_source_step *steps; /* ascending */
  size_t step_count;
};

/* Bytes [start, end) of a source. A NULL source means "no particular place". */
typedef struct {
  const pk_source *source;
  uint32_t start, end;
} pk_span;

/* 1-based; `column` counts characters (Unicode scalar values), not bytes. */
typedef struct {
  unsigned line, column;
} pk_place;

/* A source over `size` bytes at `text`, which must outlive it and be followed
 * by a NUL. Owned by the arena. */
const pk_source *pk_source_new(pk_arena *arena, const char *path, const char *text, size_t size);

/* A source over a part of a file, which `lines_before` lines of it precede. The
 * text must outlive the source. Owned by the arena. */
const pk_source *pk_source_new_part(pk_arena *arena, const char *path, const char *text, size_t size,
                                    unsigned lines_before);

/* A source over `text` that was made from `origin` by `steps`. Diagnostics show
 * the places in `origin`. Owned by the arena. */
const pk_source *pk_source_new_filled(pk_arena *arena, const pk_source *origin, const char *text, size_t size,
                                      const pk_source_step *steps, size_t step_count);

/* A source without text whose places are pages. Owned by the arena. */
const pk_source *pk_source_new_paged(pk_arena *arena, const char *path);

enum { PK_WHOLE_FILE = 0x7FFFFFFF };

/* Where byte `offset` of `source` is; zeros if that is paged. */
pk_place pk_source_place(const pk_source *source, uint32_t offset);

/* The same place in the file as it is; `span` itself where nothing was filled in. */
pk_span pk_span_origin(pk_span span);

#define PK_SPAN_NONE ((pk_span){0})

/* Every code that presskit knows: PK_CODE_FONT_MISSING and so on. */
typedef enum {
#define PK_CODE(name, id, severity, title, explanation) PK_CODE_##name,
#include "diag/codes.def"
#undef PK_CODE
  PK_CODE_COUNT,
} pk_code;

typedef struct {
  const char *id; /* "font-missing" */
  pk_severity severity;
  const char *title;       /* a line */
  const char *explanation; /* a paragraph or more, for `presskit explain` */
} pk_code_entry;

/* `code` must be a code. */
const pk_code_entry *pk_code_lookup(pk_code code);

/* The entry with this id, or NULL. */
const pk_code_entry *pk_code_find(const char *id);

typedef struct pk_diagnostic {
  pk_code code;
  pk_severity severity;
  pk_span span;
  const char *message;
  const char *hint;         /* or NULL */
  pk_span related;          /* a second place, or PK_SPAN_NONE */
  const char *related_note; /* what the second place is, or NULL */
} pk_diagnostic;

typedef struct pk_diag pk_diag;

/* A collector whose memory is in `arena`. It keeps the first PK_DIAG_MAX
 * diagnostics and counts the rest; the same message at the same place is kept
 * once. */
enum { PK_DIAG_MAX = 1000 };
pk_diag *pk_diag_new(pk_arena *arena);

/* Raises `code` at `span` with its usual severity. Returns the diagnostic, to
 * which a hint or a related place may be added (never NULL). */
pk_diagnostic *pk_diag_add(pk_diag *diag, pk_code code, pk_span span, const char *format, ...) G_GNUC_PRINTF(4, 5);
void pk_diag_hint(pk_diag *diag, pk_diagnostic *diagnostic, const char *format, ...) G_GNUC_PRINTF(3, 4);
void pk_diag_related(pk_diag *diag, pk_diagnostic *diagnostic, pk_span span, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Raises again what was raised elsewhere; what it points into must outlive `diag`. */
void pk_diag_take(pk_diag *diag, const pk_diagnostic *from);

/* How many of this severity were raised, kept or not. */
size_t pk_diag_count(const pk_diag *diag, pk_severity severity);

/* The kept diagnostics in the order they were raised. */
const pk_diagnostic *const *pk_diag_list(const pk_diag *diag, size_t *count);

/* "a.md:3:1: there is ...", of the first error; the message alone where it has no
 * place; NULL: there is none. Free it. */
char *pk_diag_first_place(const pk_diag *diag);

/* The nearest of `count` names to `word` by edit distance, or NULL if none is
 * near enough to be a slip. For "did you mean". */
const char *pk_diag_nearest(const char *word, const char *const *names, size_t count);

typedef enum {
  PK_DIAG_HUMAN, /* severity, place, source line with caret, hint; colour if asked */
  PK_DIAG_SHORT, /* path:line:column: severity[code]: message */
  PK_DIAG_JSON,  /* an array of objects, one document */
} pk_diag_format;

/* Appends all kept diagnostics to `out`. */
void pk_diag_print(const pk_diag *diag, pk_diag_format format, bool colour, GString *out);

/* ---- jobs and workers ---------------------------------------------------- */

/* What one thread owns and uses from job to job. Each pointer belongs to the
 * module it names, which makes and drops it. */
typedef struct pk_worker {
  const struct pk_font_set *fonts;          /* shared, frozen */
  const struct pk_hyphenation *hyphenation; /* shared, frozen */
  struct pk_cache *cache;                   /* shared, or NULL */
  struct pk_store *store;                   /* of what documents of a run have alike: shared, or NULL */
  uint64_t document;                        /* its number in the run, from 1: who asks the store */
  struct pk_font_worker *font;
  struct pk_para_worker *para;
  struct pk_packer *packer; /* of streams of PDFs: base/deflate.h */
  pk_arena *scratch;        /* mark and reset within a stage */
} pk_worker;

/* A file that a job read, and what was in it; or a field that it filled in, as
 * "row.name" or "facts.name". */
typedef struct {
  const char *path; /* or the name of the field */
  pk_digest digest; /* of the file */
  bool is_field;
} pk_input_note;

/* One document being built. */
typedef struct {
  pk_worker *worker;
  pk_arena *arena; /* what the stages make; dropped with the document */
  pk_arena *brief; /* what is needed until the text of a part is on its pages; NULL: `arena` has it too */
  pk_diag *diag;
  /* Where files may be opened that an input names. NULL: anywhere, for callers
   * that wrote all inputs themselves. */
  const struct pk_folders *folders;
  /* What {facts.x} and {row.x} stand for; NULL: nothing, and to ask is an error. */
  const struct pk_merge *merge;
  GArray *inputs; /* of pk_input_note: what was read so far; NULL: nobody asks */
} pk_job;

/* Where what is needed briefly goes. */
static inline pk_arena *pk_job_brief(const pk_job *job) {
  return job->brief ? job->brief : job->arena;
}

/* Notes that the job read `size` bytes of the file at `path`. */
void pk_job_note_input(pk_job *job, const char *path, const void *data, size_t size);

/* Notes, once, that the job's text depends on the field `name`, which is copied. */
void pk_job_note_field(pk_job *job, const char *name);

/* Asks whether the file at `path`, named at `place` as `written`, may be opened.
 * `*real` gets the path to open: without links, so that nothing changes between
 * the question and the opening; `path` itself if there is no such file. A file
 * outside: a diagnostic and PK_FAILED. */
pk_status pk_job_reach(pk_job *job, const char *path, const char *written, pk_span place, const char **real);

#endif
