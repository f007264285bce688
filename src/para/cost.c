/* What a line costs, term by term.
 *
 * Knuth & Plass, "Breaking Paragraphs into Lines", SP&E 11 (1981), charge a line
 * (1 + 100 r^3)^2 for its ratio r and add penalties as squares. Our unit is
 * theirs: r = 1 costs about 10,000. But the sixth power lets one line that is
 * bad anyway overrule all others; ours grows as the square where spaces are good
 * (which is their variance), as the fourth power where they begin to show, and
 * as the sixth only where they are gaps. */
#include "para/cost.h"

enum {
  LINE = 100, /* each line costs a little */
  SPACE_2 = 3000,
  SPACE_4 = 6000,
  SPACE_6 = 1000,          /* by powers of the ratio */
  HYPHEN = 55,             /* squared: a hyphen by the patterns or a soft one */
  HYPHEN_SHORT = 85,       /* the same, and two letters stand alone */
  HYPHEN_OWN = 30,         /* at a hyphen of the text */
  DASH = 8,                /* after a dash or inside an address */
  HYPHEN_RAGGED = 100,     /* ragged text has room to do without */
  STACK_TWO = 8000,        /* two hyphens above each other */
  STACK_MORE = 2000000,    /* three and more */
  CONTRAST = 5000,         /* for each class beyond the next one */
  LAST_HYPHEN = 6000,      /* the last line but one ends in a hyphen */
  LAST_SHORT = 5000000,    /* the last line is shorter than LAST_LEAST */
  LAST_FRAGMENT = 2000000, /* it is the rest of a word and nothing more */
  LAST_ONE_WORD = 400000,  /* balanced: a word by itself */
  RAGGED_EM = 400,         /* a line short by one em; grows as the square */
};

static const double LAST_LEAST = 0.15;     /* of the room */
static const double LINE_BALANCED = 1e9;   /* balanced: no line more than needed */
static const double OVER = 1e8;            /* a line that does not fit */
#define TIE_FIRM 1e12                      /* words that are never parted while there is another way */
static const double BARE_STRETCH_EM = 0.1; /* what a line without spaces is taken to stretch */

const double PK_COST_CONTRAST_MAX = (double)CONTRAST * (PK_CLASS_COUNT - 2);

pk_fit pk_fit_of(const pk_setting *setting, const pk_point *from, const pk_point *to, double room) {
  pk_fit fit = {.slack = room - pk_fit_natural(from, to)};
  const double rounding = 1e-6;
  if (setting->is_ragged) {
    fit.is_over = fit.slack < -rounding;
    return fit;
  }
  if (fit.slack >= 0) {
    if (pk_point_is_forced(to)) return fit;
    double stretch = to->end.stretch - from->next.stretch, bare = BARE_STRETCH_EM * setting->em;
    fit.ratio = fit.slack / (stretch > bare ? stretch : bare);
    return fit;
  }
  double shrink = to->end.shrink - from->next.shrink;
  fit.is_over = fit.slack + shrink < -rounding;
  fit.ratio = fit.is_over || shrink <= 0 ? -1 : fit.slack / shrink;
  return fit;
}

uint8_t pk_fit_class(const pk_fit *fit) {
  if (fit->ratio < -0.5) return 0;
  if (fit->ratio <= 0.5) return 1;
  return fit->ratio <= 1 ? 2 : 3;
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
  int penalty = to->split->is_short ? HYPHEN_SHORT : HYPHEN;
  if (to->split->kind == PK_SPLIT_PLAIN)
    penalty = DASH;
  else if (to->split->kind == PK_SPLIT_EXPLICIT || to->split->kind == PK_SPLIT_REPEATED)
    penalty = HYPHEN_OWN;
  else if (setting->is_ragged)
    penalty = HYPHEN_RAGGED;
  return (double)penalty * penalty;
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

static double last_cost(const pk_setting *setting, const pk_point *from, const pk_point *to, const pk_fit *fit,
                        double room, pk_before before) {
  if (!pk_point_is_forced(to) || before.is_first) return 0;
  double cost = 0, natural = room - fit->slack;
  bool has_space = to->end.stretch - from->next.stretch > 0;
  if (natural < LAST_LEAST * room) cost += LAST_SHORT * (2 - natural / (LAST_LEAST * room));
  if (from->split && !has_space) cost += LAST_FRAGMENT;
  if (pk_point_has_hyphen(from)) cost += LAST_HYPHEN;
  if (setting->is_balanced && !has_space) cost += LAST_ONE_WORD;
  return cost;
}

pk_line_cost pk_cost_of(const pk_setting *setting, const pk_point *from, const pk_point *to, const pk_fit *fit,
                        double room, pk_before before) {
  pk_line_cost cost = {0};
  if (setting->is_ragged)
    cost.space = RAGGED_EM * pk_fit_badness(setting, fit, to);
  else
    cost.space = space_cost(fit->ratio);
  cost.line = setting->is_balanced ? LINE_BALANCED : LINE;
  cost.hyphen = hyphen_cost(setting, to);
  cost.sense = sense_cost(setting, to);
  if (pk_point_has_hyphen(to) && before.hyphens) cost.stack = before.hyphens == 1 ? STACK_TWO : STACK_MORE;
  if (!setting->is_ragged && !before.is_first && !pk_point_is_forced(to)) {
    int apart = (int)pk_fit_class(fit) - before.class;
    if (apart < 0) apart = -apart;
    if (apart > 1) cost.contrast = (double)CONTRAST * (apart - 1);
  }
  cost.last = last_cost(setting, from, to, fit, room, before);
  if (fit->is_over) cost.over = OVER * (1 - fit->slack / setting->em);
  return cost;
}
