/* Paragraphs a line longer or shorter than is best for them: TeX's \looseness as
 * a choice of the page.
 *
 * In:  the items of a column that has no good end, or of a band that is uneven.
 * Out: the paragraphs that give a line most easily, set so.
 *
 * A paragraph gains a line easily if its last line is nearly full, and loses one
 * if that is short, each of its lines then giving a little: only such are broken
 * anew, so that few are, and each at most twice (reset.c keeps the answers). */
#include "page/flow.h"

/* What a line may have to give, as a share of its width: letters and spaces. */
static const double STRETCH = 0.055, SHRINK = 0.045;
static const double LAST_LEAST = 0.16; /* of a line: the last one */
static const double EFFORT_MOST = 1.3; /* lines differ, so a little more than the estimate may do */

enum {
  TRIED = 2, /* paragraphs each way, until one can be set so */
  LINES_LEAST = 4,
  LINES_MOST = 60, /* a line is looked for in time that grows as their square */
};

static bool may_give(const pk_item *item, pk_length width) {
  const pk_setting *setting = item->setting;
  const pk_style *style = item->unit->style;
  if (item->stand != PK_STAND_FLOW || item->unit_count != 1 || item->unit->role != PK_ROLE_PARAGRAPH) return false;
  if (style->align != PK_ALIGN_JUSTIFY || style->opening.initial || setting->width != width) return false;
  return setting->chunks[0].is_line && setting->count >= LINES_LEAST && setting->count <= LINES_MOST;
}

/* What each line has to give so that the paragraph has `lines` more, of what it
 * may. */
static double effort_of(const pk_setting *setting, int lines) {
  const pk_chunk *last = &setting->chunks[setting->count - 1];
  if (!last->count) return G_MAXDOUBLE;
  const pk_placed *placed = &last->placed[last->count - 1];
  if (placed->kind != PK_PLACED_LINE || placed->line.line->room <= 0) return G_MAXDOUBLE;
  double full = placed->line.line->width / placed->line.line->room, count = setting->count;
  return lines > 0 ? (1 - full + LAST_LEAST) / (STRETCH * count) : full / (SHRINK * (count - 1));
}

/* The paragraphs that may have `lines` more, the one of least effort first. */
static size_t find_easiest(const pk_galley *galley, uint32_t from, uint32_t to, pk_length width, int lines,
                           uint32_t items[TRIED]) {
  double efforts[TRIED];
  size_t kept = 0;
  for (uint32_t i = from; i < to; i++) {
    if (!may_give(&galley->items[i], width)) continue;
    double effort = effort_of(galley->items[i].setting, lines);
    if (effort > EFFORT_MOST || (kept == TRIED && effort >= efforts[TRIED - 1])) continue;
    size_t at = kept < TRIED ? kept++ : TRIED - 1;
    for (; at > 0 && efforts[at - 1] > effort; at--) {
      efforts[at] = efforts[at - 1];
      items[at] = items[at - 1];
    }
    efforts[at] = effort;
    items[at] = i;
  }
  return kept;
}

size_t pk_loose_find(const pk_galley *galley, uint32_t from, uint32_t to, pk_length width,
                     pk_loose found[PK_LOOSE_MAX]) {
  size_t count = 0;
  for (int lines = -1; lines <= 1; lines += 2) {
    uint32_t items[TRIED] = {0};
    const pk_setting *setting = NULL;
    size_t tried = find_easiest(galley, from, to, width, lines, items);
    for (size_t i = 0; i < tried && !setting; i++) {
      setting = pk_galley_loosen(galley, items[i], lines);
      if (setting) found[count++] = (pk_loose){items[i], setting};
    }
  }
  return count;
}

static double demerits_of(const pk_setting *setting) {
  double sum = 0;
  for (uint32_t i = 0; i < setting->count; i++) {
    const pk_placed *placed = &setting->chunks[i].placed[setting->chunks[i].count - 1];
    if (placed->kind == PK_PLACED_LINE) sum += placed->line.line->demerits;
  }
  return sum;
}

void pk_loose_charge(const pk_galley *galley, uint32_t item, const pk_setting *setting, pk_charges *charges) {
  static const double as_much = 4000; /* demerits */
  double more = demerits_of(setting) - demerits_of(galley->items[item].setting);
  pk_charge(charges, PK_COST_LOOSE, 1 + MAX(more, 0) / as_much);
}
