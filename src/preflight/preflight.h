/* What a print shop would complain about, found before it does.
 *
 * In:  a display list, or a PDF of anybody, and a printer profile.
 * Out: diagnostics: of our documents at the line of the article, layout or office
 *      that caused them, of a PDF at the page and object; and the same as
 *      findings with their place on the page, for reports and annotations. */
#ifndef PK_PREFLIGHT_H
#define PK_PREFLIGHT_H

#include "list/list.h"
#include "reader/reader.h"

typedef struct {
  pk_code code;
  pk_severity severity;
  pk_span span;
  size_t page;  /* from 0; PK_WHOLE_FILE: of none */
  pk_rect rect; /* points from the trim's upper left corner, y down; no width: of the whole page */
  const char *message;
  const char *hint; /* or NULL */
  size_t count;     /* how many like it there are on the page, itself included */
} pk_finding;

typedef struct {
  const pk_finding *items; /* in the order of pages */
  size_t count;
} pk_findings;

/* Checks the pages of `list` (`numbers`, 0-based; NULL: all of them). Findings are
 * raised in job->diag and owned by the job's arena. PK_SYSTEM or PK_FAILED only
 * where the checks themselves could not go on. */
pk_status pk_preflight_list(pk_job *job, const pk_list *list, const pk_printer *printer, const size_t *numbers,
                            size_t count, pk_findings *out);

/* The same of all pages of a PDF. */
pk_status pk_preflight_file(pk_job *job, const pk_reader *reader, const pk_printer *printer, pk_findings *out);

/* ---- report.c ------------------------------------------------------------ */

/* One file that was checked. */
typedef struct {
  const char *path;
  size_t page_count;
  pk_findings findings;
} pk_preflight_report;

/* Appends the report of `files` as JSON; `kind` is what it calls itself. `printer` may be NULL. */
void pk_preflight_json(const char *kind, const pk_preflight_report *files, size_t count, const pk_printer *printer,
                       GString *out);

/* ---- annotate.c ---------------------------------------------------------- */

/* A copy of the PDF with each finding framed and numbered on its page, and told
 * beside it. `face` is what it is written in. */
pk_status pk_preflight_annotate(pk_job *job, const pk_reader *reader, const pk_findings *findings, const pk_face *face,
                                const uint8_t **data, size_t *size);

/* ---- legend.c ------------------------------------------------------------ */

/* "3  hairline: the line is 0.1 pt thick": how finding `number` (from 0) is told on
 * the page. Free with g_free(). */
char *pk_preflight_legend(const pk_findings *findings, size_t number);

/* Whether it is told on `page`: what is of the whole file is on the first. */
bool pk_preflight_is_on(const pk_finding *finding, size_t page);

/* ---- overlay.c ----------------------------------------------------------- */

/* A page of our own as a PNG, with its findings framed, numbered and told. */
pk_status pk_preflight_picture(pk_job *job, const pk_list *list, size_t page, const pk_findings *findings,
                               const pk_face *face, double dpi, const uint8_t **data, size_t *size);

#endif
