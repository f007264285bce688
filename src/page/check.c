/* Notes the lines that could not be set well.
 *
 * In:  pk_pages. Out: diagnostics. It looks at what came to stand on pages, since
 * a paragraph may have been set in several ways before one was chosen. */
#include "page/check.h"

/* Where the text of a line is in its source: exactly, where its run is there
 * letter by letter. */
static pk_span source_of(const pk_styled_text *text, const pk_line *line) {
  for (size_t i = 0; i < line->run_count; i++) {
    const pk_style_run *run = &text->runs[line->runs[i].run];
    if (!run->source.source) continue;
    pk_span span = run->source;
    if (span.end - span.start != run->end - run->start || line->start < run->start) return span;
    span.start += line->start - run->start;
    span.end = MIN(span.end, span.start + (line->end - line->start));
    return span;
  }
  return PK_SPAN_NONE;
}

static void note_loose(pk_job *job, const pk_placed *placed) {
  const pk_line *line = placed->line.line;
  pk_span source = source_of(placed->line.text, line);
  double gap = (line->room + line->hang - line->width) / PK_PT_PER_MM;
  pk_diagnostic *note =
      line->stretch > 1
          ? pk_diag_add(job->diag, PK_CODE_LINE_LOOSE, source,
                        "the spaces of this line are %.1f times as wide as they should be", line->stretch)
          : pk_diag_add(job->diag, PK_CODE_LINE_LOOSE, source, "this line is %.1f mm short of its width", gap);
  const pk_style *style = placed->line.text->style;
  bool hyphenates = style->hyphenate;
  pk_diag_hint(job->diag, note, "%s",
               hyphenates ? "change a word, or give the text more width"
                          : "change a word, let the style hyphenate, or give the text more width");
}

void pk_page_check(pk_job *job, const pk_pages *pages) {
  for (size_t p = 0; p < pages->count; p++)
    for (size_t i = 0; i < pk_page_count(&pages->pages[p]); i++) {
      const pk_placed *placed = pk_page_at(&pages->pages[p], i);
      if (placed->kind == PK_PLACED_LINE && placed->line.line->is_emergency) note_loose(job, placed);
    }
}
