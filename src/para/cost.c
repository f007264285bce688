/* What a line costs, term by term.
 *
 * Knuth & Plass, "Breaking Paragraphs into Lines", SP&E 11 (1981), charge a line
 * (1 + 100 r^3)^2 for its ratio r and add penalties as squares. Our unit is
 * theirs: r = 1 costs about 10,000. But the sixth power lets one line that is
 * bad anyway overrule all others, and leaves small differences between lines
 * alone that the eye sums up to an uneven page; ours grows as the square where
 * spaces are good (which is their variance), as the fourth power where they begin
 * to show, and as the sixth only where they are gaps. Contrast is the square of
 * the difference of two lines' spaces, for the same reason. */
#include "para/cost.h"

enum {
  LINE = 100, /* each line costs a little */
  SPACE_2 = 6000,
  SPACE_4 = 6000,
  SPACE_6 = 1000,         /* by powers of the ratio */
  LETTERS = 200,          /* letters at their utmost; grows as the square */
  HYPHEN = 3000,          /* a hyphen by the patterns or a soft one */
  HYPHEN_SHORT = 6000,    /* the same, and two letters stand alone */
  HYPHEN_OWN = 900,       /* at a hyphen of the text */
  HYPHEN_HEADLINE = 6000, /* at one of a headline, which has room to do without */
  DASH = 64,              /* after a dash or inside an address */
  HYPHEN_RAGGED = 10000,  /* ragged text has room to do without */
  NAME = 4000,            /* in a name, besides */
  STACK_TWO = 8000,       /* two hyphens above each other */
  STACK_THREE = 25000,    /* three: rather than a line whose spaces are half as wide again */
  STACK_MORE = 2000000,   /* more */
  REPEAT = 8000,          /* the same word above itself at an edge */
  LETTER = 4000,          /* a word of one letter ends the line */
  CONTRAST = 25000,       /* by the square of the difference of two lines' spaces */
  NOTCH = 800,            /* balanced: a line shorter than both its neighbours, in em; grows as the square */
  CONTRAST_MOST = 15000,  /* beyond it two lines are just different */
  LONE_WORD = 8000,       /* balanced: one word, not in the last line, by the share of its room that it leaves */
  LAST_HYPHEN = 6000,     /* the last line but one ends in a hyphen */
  LAST_SHORT = 5000000,   /* the last line is shorter than LAST_LEAST */
  LAST_FRAGMENT = 60000,  /* it is the rest of a word and nothing more */
  LAST_ONE_WORD = 400000, /* balanced: a word by itself */
  RAGGED_EM = 400,        /* a line short by one em; grows as the square */
};

static const double NOTCH_FREE = 1;        /* em: not seen in a ragged edge */
static const double LAST_LEAST = 0.152;    /* of the room: 15 % and what rounding may take */
static const double LINE_BALANCED = 1e9;   /* balanced: no line more than needed */
static const double OVER = 1e8;            /* a line that does not fit */
#define TIE_FIRM 1e12                      /* words that are never parted while there is another way */
static const double BARE_STRETCH_EM = 0.1; /* what a line without spaces is taken to stretch */

const double PK_COST_CONTRAST_MAX = CONTRAST_MOST;

pk_fit pk_fit_of(const pk_setting *setting, const pk_point *from, const pk_point *to, double room) {
  pk_fit fit = {.slack = room - pk_fit_natural(from, to)};
  const double rounding = 1e-6;
  if (setting->is_ragged) {
    fit.is_over = fit.slack < -rounding;
    return fit;
  }
  if (fit.slack >= 0 && pk_point_is_forced(to)) return fit;
  double space = to->end.space - from->next.space, flex = to->end.flex - from->next.flex;
  fit.is_over = fit.slack + pk_fit_shrink(from, to) < -rounding;
  fit.spread = pk_spread_of(fit.slack, space, flex);
  if (space < BARE_STRETCH_EM * setting->em) {
    /* A line without spaces, or with next to none. */
    double bare = BARE_STRETCH_EM * setting->em, beyond = fit.slack - flex;
    if (fit.slack > 0) fit.spread.space = beyond > 0 ? beyond / bare : 0;
  }
  if (fit.spread.space < -PK_SPACE_SHRINK) fit.spread.space = -PK_SPACE_SHRINK;
  fit.ratio = fit.spread.space / (fit.spread.space < 0 ? PK_SPACE_SHRINK : PK_SPACE_STRETCH);
  return fit;
}

uint8_t pk_fit_class(const pk_setting *setting, const pk_fit *fit) {
  static const double spaces[PK_CLASS_COUNT - 1] = {-0.12, -0.04, 0.04, 0.15, 0.4}, ems[] = {1, 2, 3.5, 5, 8};
  if (setting->is_ragged && !setting->is_balanced) return 0;
  const double *most = setting->is_ragged ? ems : spaces;
  double look = pk_fit_look(setting, fit);
  uint8_t class = 0;
  while (class < PK_CLASS_COUNT - 1 && look > most[class]) class ++;
  return class;
}

double pk_fit_badness(const pk_setting *setting, const pk_fit *fit, const pk_point *to) {
  if (setting->is_ragged) {
    if (pk_point_is_forced(to) && !setting->is_balanced) return 0;
    double short_by = fit->slack / setting->em;
    return short_by * short_by;
  }
  double r = fit->ratio < 0 ? -fit->ratio : fit->ratio;
  return 100 * r * r * r;
}

static double space_cost(double ratio) {
  double square = ratio * ratio;
  return square * (SPACE_2 + square * (SPACE_4 + square * SPACE_6));
}

static double hyphen_cost(const pk_setting *setting, const pk_point *to) {
  if (!to->split) return 0;
  switch (to->split->kind) {
  case PK_SPLIT_PLAIN: return DASH;
  case PK_SPLIT_EXPLICIT:
  case PK_SPLIT_REPEATED: return setting->is_balanced ? HYPHEN_HEADLINE : HYPHEN_OWN;
  case PK_SPLIT_SOFT:
  case PK_SPLIT_HYPHEN: break;
  }
  if (setting->is_ragged) return HYPHEN_RAGGED;
  return to->split->is_short ? HYPHEN_SHORT : HYPHEN;
}

/* What a line end costs that parts words which belong together, by pk_tie. Text
 * minds only what is one thing; headlines are broken by sense, worth so much that
 * their lines may be a few em more uneven for it. */
static double sense_cost(const pk_setting *setting, const pk_point *to) {
  static const double text[] = {0, 0, 0, 2000, TIE_FIRM}, ragged[] = {0, 0, 400, 4000, TIE_FIRM},
                      headline[] = {0, 2500, 12000, 20000, TIE_FIRM};
  const double *costs = setting->is_balanced ? headline : setting->is_ragged ? ragged : text;
  return costs[to->reluctance];
}

/* The first line of a paragraph, or the first after a forced break. */
static bool is_first(const pk_point *from) {
  return from->kind == PK_POINT_START || from->kind == PK_POINT_FORCED;
}

/* Width from edge to edge, what hangs included. */
static double ink_width(const pk_point *from, const pk_point *to) {
  return pk_fit_natural(from, to) + from->hang_start + to->hang_end;
}

bool pk_fit_is_short(const pk_point *from, const pk_point *to, double room) {
  return pk_point_is_forced(to) && !is_first(from) && ink_width(from, to) < LAST_LEAST * room;
}

static double last_cost(const pk_setting *setting, const pk_point *from, const pk_point *to, double room) {
  if (!pk_point_is_forced(to) || is_first(from)) return 0;
  double cost = 0;
  bool has_space = to->end.space - from->next.space > 0;
  if (pk_fit_is_short(from, to, room)) cost += LAST_SHORT * (2 - ink_width(from, to) / (LAST_LEAST * room));
  if (from->split && !has_space) cost += LAST_FRAGMENT;
  if (pk_point_has_hyphen(from)) cost += LAST_HYPHEN;
  if (setting->is_balanced && !has_space) cost += LAST_ONE_WORD;
  return cost;
}

/* For a hyphen below `above` others. */
static double stack_cost(uint8_t above) {
  static const double costs[] = {0, STACK_TWO, STACK_THREE, STACK_MORE};
  return costs[MIN(above, G_N_ELEMENTS(costs) - 1)];
}

static double repeat_cost(const pk_point *from, const pk_point *to) {
  bool is_end = pk_point_is_forced(to);
  double cost = 0;
  if (!is_end && from->last_key && from->last_key == to->last_key) cost += REPEAT;
  if (!is_end && from->first_key && from->first_key == to->first_key) cost += REPEAT;
  return cost;
}

/* Between two lines of text; of a headline, for a short line between two longer ones. */
static double contrast_cost(const pk_setting *setting, const pk_point *to, double look, pk_before before) {
  double apart = (double)before.look - look;
  if (setting->is_balanced) {
    double notch = MAX(MIN(apart, (double)before.drop) - NOTCH_FREE, 0);
    return MIN(NOTCH * notch * notch, CONTRAST_MOST);
  }
  if (setting->is_ragged || pk_point_is_forced(to)) return 0;
  return MIN(CONTRAST * apart * apart, CONTRAST_MOST);
}

pk_line_cost pk_cost_of(const pk_setting *setting, const pk_point *from, const pk_point *to, const pk_fit *fit,
                        double room, pk_before before) {
  pk_line_cost cost = {0};
  if (setting->is_ragged)
    cost.space = RAGGED_EM * pk_fit_badness(setting, fit, to);
  else
    cost.space = space_cost(fit->ratio);
  cost.letters = LETTERS * fit->spread.letters * fit->spread.letters;
  cost.line = setting->is_balanced ? LINE_BALANCED : LINE;
  cost.hyphen = hyphen_cost(setting, to);
  cost.sense = sense_cost(setting, to);
  if (to->is_name && cost.hyphen > 0) cost.name = NAME;
  if (to->is_letter && !pk_point_is_forced(to)) cost.letter = LETTER;
  if (pk_point_has_hyphen(to)) cost.stack = stack_cost(before.hyphens);
  cost.repeat = repeat_cost(from, to);
  if (setting->is_balanced && !pk_point_is_forced(to) && to->end.space <= from->next.space)
    cost.contrast = LONE_WORD * fit->slack / room;
  if (!before.is_first) cost.contrast += contrast_cost(setting, to, pk_fit_look(setting, fit), before);
  cost.last = last_cost(setting, from, to, room);
  if (fit->is_over) cost.over = OVER * (1 - fit->slack / setting->em);
  return cost;
}
