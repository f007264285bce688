/* `--dump=para`: each line with how it was set and what it cost, so that a
 * person can argue with a break. */
#include "para/para.h"

static void add_cost(GString *out, const char *name, double cost) {
  if (cost > 0) g_string_append_printf(out, " %s=%.0f", name, cost);
}

void pk_line_dump(const pk_styled_text *text, const pk_line *line, GString *out) {
  g_string_append_printf(out, "%7.2f+%-7.2f of %7.2f  space %.2f letters %+.2f ", line->x, line->width, line->room,
                         line->stretch, line->letters);
  add_cost(out, "line", line->cost.line);
  add_cost(out, "space", line->cost.space);
  add_cost(out, "letters", line->cost.letters);
  add_cost(out, "hyphen", line->cost.hyphen);
  add_cost(out, "sense", line->cost.sense);
  add_cost(out, "name", line->cost.name);
  add_cost(out, "stack", line->cost.stack);
  add_cost(out, "repeat", line->cost.repeat);
  add_cost(out, "letter", line->cost.letter);
  add_cost(out, "contrast", line->cost.contrast);
  add_cost(out, "last", line->cost.last);
  add_cost(out, "over", line->cost.over);
  g_string_append_printf(out, " |%.*s%s|\n", (int)(line->end - line->start), text->text + line->start,
                         line->ends_in_hyphen ? "-" : "");
}

static void dump_run(const pk_lines *lines, const pk_glyph_run *run, GString *out) {
  g_string_append_printf(out, "      %8.2f %s %.2f%s", run->x, run->face->postscript_name, run->size,
                         run->is_rtl ? " leftwards" : "");
  g_string_append_printf(out, " \"%.*s\"\n", (int)(run->end - run->start), lines->text->text + run->start);
}

void pk_lines_dump(const pk_lines *lines, GString *out) {
  double total = 0;
  for (size_t i = 0; i < lines->count; i++) total += lines->lines[i].demerits;
  g_string_append_printf(out, "paragraph: %zu lines, demerits %.0f%s\n", lines->count, total,
                         lines->is_overfull ? ", overfull" : "");
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    pk_line_dump(lines->text, line, out);
    for (size_t r = 0; line->run_count > 1 && r < line->run_count; r++) dump_run(lines, &line->runs[r], out);
  }
}
