/* Text that is longer than the frames the layout has for it.
 *
 * In:  the seats. Out: an error with how many characters to cut: of each part
 *      that begins in a frame of its own and goes on in another, or else of the
 *      whole text, beyond the last page it may take. */
#include "page/flow.h"

/* What does not fit, counted. */
typedef struct {
  const pk_unit_block *unit; /* where it begins */
  size_t characters, lines;
} excess;

static void count_chunk(excess *more, const pk_chunk *chunk) {
  for (uint32_t i = 0; i < chunk->count; i++) {
    const pk_placed *placed = &chunk->placed[i];
    if (placed->kind != PK_PLACED_LINE || placed->part < 0) continue;
    const pk_line *line = placed->line.line;
    more->characters += (size_t)g_utf8_strlen(placed->line.text->text + line->start, line->end - line->start);
    more->lines++;
  }
}

static void raise_excess(pk_job *job, const excess *more, const char *what) {
  pk_diagnostic *error =
      pk_diag_add(job->diag, PK_CODE_TEXT_TOO_LONG, more->unit->source, "%s is %zu character%s (%zu line%s) too long",
                  what, more->characters, more->characters == 1 ? "" : "s", more->lines, more->lines == 1 ? "" : "s");
  pk_diag_hint(job->diag, error, "cut at least as many, or set it smaller in the layout");
}

/* Parts that begin in a column of their own and do not end in it. */
static bool check_parts(pk_job *job, const GArray *seats) {
  excess more = {0};
  const pk_seat *first = NULL;
  bool is_fine = true;
  for (guint i = 0; i <= seats->len; i++) {
    const pk_seat *seat = i < seats->len ? &g_array_index(seats, pk_seat, i) : NULL;
    const pk_unit_block *unit = seat ? seat->chunk->unit : NULL;
    bool begins = !seat || (unit && unit->style->begin == PK_BEGIN_COLUMN && (!first || first->chunk->unit != unit));
    if (begins) {
      if (first && more.lines) {
        more.unit = first->chunk->unit;
        raise_excess(job, &more, "what begins here");
        is_fine = false;
      }
      first = seat;
      more = (excess){0};
    } else if (first && (seat->page != first->page || seat->column != first->column)) {
      count_chunk(&more, seat->chunk);
    }
  }
  return is_fine;
}

static void check_whole(pk_job *job, const GArray *seats, uint32_t pages) {
  excess more = {0};
  for (guint i = 0; i < seats->len; i++) {
    const pk_seat *seat = &g_array_index(seats, pk_seat, i);
    if (seat->page < pages) continue;
    if (!more.unit) more.unit = seat->chunk->unit;
    count_chunk(&more, seat->chunk);
  }
  raise_excess(job, &more, "from here on the text");
}

pk_status pk_overflow_check(const pk_galley *galley, const GArray *seats, uint32_t pages) {
  const pk_chunker *chunker = galley->chunker;
  int most = chunker->document->layout->most_pages;
  if (!most || pages <= (uint32_t)most) return PK_OK;
  if (check_parts(chunker->job, seats)) check_whole(chunker->job, seats, (uint32_t)most);
  return PK_FAILED;
}
