/* presskit: articles and a layout become print-ready pages.
 *
 *   presskit_engine *engine = presskit_engine_new(NULL);
 *   presskit_render_options options = {.article = "release.md", .layout = "handout"};
 *   presskit_result *result = presskit_render(engine, &options);
 *   if (presskit_result_status(result) != PK_OK)
 *     puts(presskit_result_diagnostics(result, PRESSKIT_HUMAN, false));
 *   presskit_result_drop(result);
 *   presskit_engine_drop(engine);
 *
 * Strings are UTF-8. Nothing here prints or exits. An engine may be used from
 * one thread at a time. */
#ifndef PRESSKIT_H
#define PRESSKIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <presskit/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PRESSKIT_API __attribute__((visibility("default")))
#else
#define PRESSKIT_API
#endif

/* "0.1.0". */
PRESSKIT_API const char *presskit_version(void);

/* ---- engine -------------------------------------------------------------- */

/* What is loaded once and used for every document: data folders, fonts,
 * hyphenation. */
typedef struct presskit_engine presskit_engine;

/* An engine over the data in `data_folder` (which holds layouts/ and fonts/);
 * NULL finds the installed data, or that of the source tree the program was
 * built in, or $PRESSKIT_DATA. Never NULL: what is wrong shows in the first
 * result. Drop with presskit_engine_drop(). */
PRESSKIT_API presskit_engine *presskit_engine_new(const char *data_folder);
PRESSKIT_API void presskit_engine_drop(presskit_engine *engine);

/* ---- rendering ----------------------------------------------------------- */

typedef enum { PRESSKIT_PDF, PRESSKIT_PNG } presskit_format;

/* Press: for a print shop, by its printer profile. Screen: for the web and for
 * mail, tagged (PDF/UA-1, PDF/A-2a). Office: for the printer in the corridor. Proof:
 * the press edition to look at, trimmed and without marks. Text: plain text for an
 * e-mail or a wire. HTML: one page for a web site. The last two have no pages and no
 * other format. */
typedef enum {
  PRESSKIT_PRESS,
  PRESSKIT_SCREEN,
  PRESSKIT_OFFICE,
  PRESSKIT_PROOF,
  PRESSKIT_TEXT,
  PRESSKIT_HTML,
} presskit_edition;

typedef enum {
  PRESSKIT_DUMP_NONE,
  PRESSKIT_DUMP_ARTICLE,
  PRESSKIT_DUMP_STYLE,
  PRESSKIT_DUMP_PARA,
  PRESSKIT_DUMP_PAGE,
  PRESSKIT_DUMP_LIST,
} presskit_dump;

/* What `dpi` may be. */
enum { PRESSKIT_MIN_DPI = 10, PRESSKIT_MAX_DPI = 1200 };

/* Zero or NULL in a field means its default. */
typedef struct {
  const char *article; /* path; required */
  const char *layout;  /* name of a shipped layout or path; default "press-release" */
  const char *office;  /* path; default: nearest office.yaml upward from the article, if any */
  const char *output;  /* path; default: the article's name with .pdf or .png in the current folder */
  presskit_format format;
  presskit_edition edition;
  const char *printer; /* name of a shipped profile or path; default "sheetfed-coated-x4", "office-duplex" for the
                          office edition; NULL for the screen edition, which has none */
  double dpi;          /* of PNG; default 144 */
  const char *pages;   /* "1", "2-4", "1,3-", "-2"; default all */
  presskit_dump dump;  /* nothing is written; see presskit_result_dump() */
  bool is_strict;      /* warnings are errors */
  bool in_memory;      /* nothing is written; see presskit_result_data() */
} presskit_render_options;

/* Whether `pages` is well-formed, whatever number of pages there will be. */
PRESSKIT_API bool presskit_pages_is_valid(const char *pages);

typedef struct presskit_result presskit_result;

/* Renders one article. Output files appear whole, and all of them or none.
 *
 * Several pages as PNG become NAME-1.png, NAME-2.png ..., with as many digits as
 * the document's last page needs; one page alone is NAME.png. No file that was
 * read is ever written over. Dates inside a PDF come from $SOURCE_DATE_EPOCH,
 * else from the article's dateline (midnight UTC), else they are 1970-01-01: the
 * same inputs give the same bytes.
 *
 * Never NULL; drop with presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_render(presskit_engine *engine, const presskit_render_options *options);
PRESSKIT_API void presskit_result_drop(presskit_result *result);

PRESSKIT_API pk_status presskit_result_status(const presskit_result *result);

/* How many diagnostics of this severity there are. */
PRESSKIT_API size_t presskit_result_count(const presskit_result *result, pk_severity severity);

typedef enum { PRESSKIT_HUMAN, PRESSKIT_SHORT, PRESSKIT_JSON } presskit_diagnostics;

/* All diagnostics as text; owned by the result. */
PRESSKIT_API const char *presskit_result_diagnostics(presskit_result *result, presskit_diagnostics format,
                                                     bool has_colour);

/* The files that were written, in page order; owned by the result. With
 * `in_memory` these are the names they would have had. */
PRESSKIT_API size_t presskit_result_file_count(const presskit_result *result);
PRESSKIT_API const char *presskit_result_file(const presskit_result *result, size_t number);

/* How many pages are in file `number`. */
PRESSKIT_API size_t presskit_result_file_page_count(const presskit_result *result, size_t number);

/* The bytes of file `number` if it was rendered `in_memory`, else NULL; owned by
 * the result. */
PRESSKIT_API const void *presskit_result_data(const presskit_result *result, size_t number, size_t *size);

/* How many pages are in the files. */
PRESSKIT_API size_t presskit_result_page_count(const presskit_result *result);

/* The text of the stage asked for, or NULL; owned by the result. */
PRESSKIT_API const char *presskit_result_dump(const presskit_result *result);

/* ---- imposition ---------------------------------------------------------- */

/* How pages become sheets. Saddle stitch: sheets folded once and nested. 2-up and
 * 4-up: pages in reading order. Cut-stack: sheets cut apart and the stacks laid
 * one upon the other. Leaflet: one page to each panel, 4 folded once, 6 folded
 * twice. */
typedef enum {
  PRESSKIT_SADDLE_STITCH,
  PRESSKIT_TWO_UP,
  PRESSKIT_FOUR_UP,
  PRESSKIT_CUT_STACK,
  PRESSKIT_LEAFLET,
} presskit_scheme;

typedef enum { PRESSKIT_DUPLEX_AUTO, PRESSKIT_DUPLEX_LONG_EDGE, PRESSKIT_DUPLEX_SHORT_EDGE } presskit_duplex;
typedef enum { PRESSKIT_FOLD_INWARD, PRESSKIT_FOLD_ZIGZAG } presskit_fold;
typedef enum { PRESSKIT_BLANKS_LAST, PRESSKIT_BLANKS_BEFORE_BACK } presskit_blanks;

/* Zero or NULL in a field means its default. Lengths are texts with their unit. */
typedef struct {
  const char *const *inputs; /* paths of PDFs and articles; their pages follow each other */
  size_t input_count;
  const char *layout, *office; /* of articles: as in presskit_render_options */
  const char *printer;         /* of articles: as in presskit_render_options, but that all pages stay together */
  const char *output;          /* default: "NAME-imposed.pdf" after the first input */
  presskit_scheme scheme;
  const char *sheet;      /* "A3", "SRA3", "480x330mm"...; default: as large as pages and marks need */
  const char *paper;      /* thickness, for creep: "0.1mm"; default 0 */
  const char *gutter;     /* between pages; default 0 */
  presskit_duplex duplex; /* on which edge the printer turns; auto: so that backs stand upright */
  presskit_fold fold;     /* of a leaflet with six panels */
  presskit_blanks blanks; /* where blank pages go: last, or before the back cover */
  int up;                 /* cut-stack: 2, 4 or 8 pages to a side; default 4 */
  bool repeats;           /* 2-up and 4-up: the same page in every place */
  bool fits;              /* make pages smaller where they do not fit */
  bool has_no_marks;
  bool is_strict; /* warnings are errors */
  bool in_memory; /* nothing is written; see presskit_result_data() */
} presskit_impose_options;

/* Imposes pages on printer's sheets, one PDF page for each side of a sheet. A note
 * says how many sheets there are and how to print them. Never NULL; drop with
 * presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_impose(presskit_engine *engine, const presskit_impose_options *options);

/* ---- starting ------------------------------------------------------------ */

/* Writes a file of `kind` "printer" to `path`, with every field, what it means and its
 * default; of "kit" or "book" a folder `path` that works as it is. A file that is there is
 * never written over. Never NULL; drop
 * with presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_new(const char *kind, const char *path);

/* ---- separations --------------------------------------------------------- */

/* Zero or NULL in a field means its default. */
typedef struct {
  const char *article;                           /* path; required */
  const char *layout, *office, *printer, *pages; /* as in presskit_render_options */
  const char *output; /* "NAME.png" gives NAME-1-cyan.png and so on; default: the article's name */
  double dpi;         /* default 144; at most 600 */
  bool is_strict;     /* warnings are errors */
} presskit_separations_options;

/* Writes the plates of each page as grey PNGs, black where there is full ink, and a
 * picture of the total ink. A note tells where it is highest. Never NULL; drop with
 * presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_separations(presskit_engine *engine,
                                                   const presskit_separations_options *options);

/* ---- preflight ----------------------------------------------------------- */

/* Zero or NULL in a field means its default. */
typedef struct {
  const char *const *inputs; /* paths of articles and PDFs, anybody's */
  size_t input_count;
  const char *layout, *office; /* of articles: as in presskit_render_options */
  const char *printer;         /* whose rules: as in presskit_render_options; default: that of the press edition */
  const char *report;          /* path: a report in JSON */
  const char *annotate; /* path: a PDF, of an article also .png, with the findings drawn on the pages; of one input */
  bool is_strict;       /* warnings are errors */
} presskit_preflight_options;

/* Checks what a print shop would check: boxes and bleed, ink, type, lines, overprint,
 * resolution, colour, fonts, transparency, and the rules of the standard. Findings
 * are diagnostics: at the line of an article, office or layout that caused them, or
 * at the page of a PDF. The report and the annotated copy are written whatever was
 * found; the status is PK_FAILED if there were errors. Never NULL; drop with
 * presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_preflight(presskit_engine *engine, const presskit_preflight_options *options);

/* ---- check --------------------------------------------------------------- */

/* Zero or NULL in a field means its default. */
typedef struct {
  const char *const *inputs; /* paths of articles, books and kits; a kit says its own layouts, offices and editions */
  size_t input_count;
  const char *layout, *office, *printer; /* as in presskit_render_options */
  presskit_edition edition;              /* what a render would be for; PRESSKIT_PRESS is that of zero */
  const char *report;                    /* path: a report in JSON */
  bool is_strict;                        /* warnings are errors */
} presskit_check_options;

/* Says all that presskit_render() would say of the articles, and what keeps people out
 * who hear them or see them badly: pictures that nothing is said of, links without words
 * or with words that say nothing, levels of headings that are skipped, tables without
 * headings, words whose language is not told, type that is too near to its ground. No
 * document is written; the report is, whatever was found. The status is PK_FAILED if
 * there were errors. Never NULL; drop with presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_check(presskit_engine *engine, const presskit_check_options *options);

/* ---- kits ---------------------------------------------------------------- */

typedef enum {
  PRESSKIT_PIECE_WRITTEN,
  PRESSKIT_PIECE_UNCHANGED, /* what it is made of and the file itself are as they were */
  PRESSKIT_PIECE_FAILED,
  PRESSKIT_PIECE_PLANNED, /* a dry run */
} presskit_piece_state;

/* What a batch tells while it runs. */
typedef struct {
  const char *name;           /* of the piece this is about; NULL: a file that several pieces share */
  presskit_piece_state state; /* of the piece */
  const char *diagnostics;    /* of the piece or file; "" if there is nothing to tell that was not said */
  const char *place; /* of a piece that failed: "a.md:3:1: there is ...", its first error; NULL where none is known */
  size_t total, written, unchanged, failed; /* pieces so far */
  double seconds;                           /* since the beginning */
} presskit_batch_event;

/* Zero or NULL in a field means its default. */
typedef struct {
  const char *kit;                  /* path of the kit, or of the folder with its kit.yaml; required */
  const char *output;               /* folder, made if it is not there; default "out" in the current folder */
  unsigned jobs;                    /* threads; default one more than there are cores */
  const char *only;                 /* a document's name, or a pattern of names of pieces: "press-*.pdf" */
  unsigned shard, shards;           /* make part `shard` (1...) of `shards`; default all */
  bool is_forced;                   /* make what has not changed too */
  bool is_dry_run;                  /* name the pieces, make none */
  bool is_strict;                   /* warnings are errors */
  bool is_zipped;                   /* if all went well: outputs, checksums and an index page as OUTPUT.zip beside it */
  const char *report;               /* path of a JSON report */
  presskit_diagnostics diagnostics; /* how they are told */
  bool has_colour;
  void (*tell)(const presskit_batch_event *event, void *data); /* from one thread at a time */
  void *data;
  const volatile int *stop; /* not 0: begin no more pieces; a signal handler may set it */
} presskit_batch_options;

/* Makes the pieces of a kit. Names and rows are checked first: if anything is
 * wrong with them, nothing is made. A piece that fails stops no other. Each file
 * appears whole; a run that was ended anyhow is gone on with by the same call.
 * Several runs may write into one folder. The result holds what was told of the
 * kit itself; its status is the worst of all.
 *
 * Never NULL; drop with presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_batch(presskit_engine *engine, const presskit_batch_options *options);

/* Puts the reports of all shards of one batch together: what a run without shards
 * would have reported, in the order of the kit; with SOURCE_DATE_EPOCH set, the
 * same bytes. `output` is the path, or NULL: see presskit_result_data(). Never
 * NULL; drop with presskit_result_drop(). */
PRESSKIT_API presskit_result *presskit_merge_reports(const char *const *inputs, size_t input_count, const char *output);

/* Of presskit_batch(): the counts at its end. */
PRESSKIT_API presskit_batch_event presskit_result_batch(const presskit_result *result);

/* What the user's cache holds of things that are costly to make: colour profiles
 * as they are packed, and the like. It is bounded, and needs no care. */
typedef struct {
  size_t entries;
  uint64_t bytes, most;
  char *folder; /* free with presskit_free() */
} presskit_cache;

PRESSKIT_API presskit_cache presskit_cache_info(void);

/* Removes all of it and says what that was. Safe while others use it. */
PRESSKIT_API presskit_cache presskit_cache_clear(void);

/* ---- what there is ------------------------------------------------------- */

typedef enum {
  PRESSKIT_LIST_LAYOUTS,
  PRESSKIT_LIST_FONTS,
  PRESSKIT_LIST_LANGUAGES,
  PRESSKIT_LIST_PRINTERS,
} presskit_listing;

/* A line for each, tab-separated. Layouts and printers: name, title, description. Fonts:
 * family, style, use in presskit's layouts, file. Languages: tag, name. NULL if
 * the data is not found. Free with presskit_free(). */
PRESSKIT_API char *presskit_list(presskit_engine *engine, presskit_listing what);

/* JSON Schema 2020-12 of a kind of file ("layout", "office", "printer", "kit", "book", "article"), or its
 * reference as Markdown; NULL if there is no such kind. Free with
 * presskit_free(). */
PRESSKIT_API char *presskit_schema(const char *kind);
PRESSKIT_API char *presskit_reference(const char *kind);

/* The kinds that have a schema, NULL-terminated. Owned by the library. */
PRESSKIT_API const char *const *presskit_kinds(void);

/* What a diagnostic's code means; NULL if there is no such code. Owned by the
 * library. `nearest`, if not NULL, is set to the code that may have been meant,
 * or NULL. */
PRESSKIT_API const char *presskit_explain(const char *code, const char **nearest);

/* Every diagnostic code, NULL-terminated. Owned by the library. */
PRESSKIT_API const char *const *presskit_codes(void);

/* The title of a code, a few words; NULL if there is no such code. */
PRESSKIT_API const char *presskit_code_title(const char *code);

/* The nearest of the NULL-terminated `names` to `word`, or NULL if none is near
 * enough to be a slip of the keyboard. For "did you mean". */
PRESSKIT_API const char *presskit_nearest(const char *word, const char *const *names);

PRESSKIT_API void presskit_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
