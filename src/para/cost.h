/* What a line costs. Private to para/.
 *
 * The whole model is here and in cost.c: a fit says how a line fills its room,
 * a cost says what that, its hyphen and its neighbours are charged. The sum of
 * the terms is the line's demerits; break.c minimises their sum. */
#ifndef PK_PARA_COST_H
#define PK_PARA_COST_H

#include "para/model.h"

/* How a paragraph is to be set. */
typedef struct {
  bool is_ragged;   /* spaces keep their natural width; lines are short */
  bool is_balanced; /* as few lines as can be, of about equal length */
  double em;        /* size of the paragraph's type */
  double tolerance; /* the loosest ratio that is looked at */
} pk_setting;

typedef struct {
  double slack; /* room left at natural width; negative: too wide */
  pk_spread spread;
  double ratio; /* of the stretch (positive) or the shrink of the spaces that is used */
  bool is_over; /* wider than the room, all shrink used */
} pk_fit;

/* Fitness classes: how wide the spaces are, tight, close, natural, open, loose, very
 * loose; or how short a ragged line is. */
enum { PK_CLASS_COUNT = 6 };

/* By what a line differs from its neighbours to the eye: the change of its spaces, or,
 * ragged, what it is short by, in em. */
static inline double pk_fit_look(const pk_setting *setting, const pk_fit *fit) {
  return setting->is_ragged ? fit->slack / setting->em : fit->spread.space;
}

/* What a line must know of the one before it. */
typedef struct {
  bool is_first;
  float look;      /* pk_fit_look() of it */
  float drop;      /* how much more that is than of the line before it; 0: nothing, or it is the first */
  uint8_t hyphens; /* at the ends of the lines just before */
} pk_before;

/* The width without what hangs in the margins, nothing stretched. */
static inline double pk_fit_natural(const pk_point *from, const pk_point *to) {
  return to->end.width - from->next.width + from->lead + to->add - from->hang_start - to->hang_end;
}

/* The least width of a line of these spaces and letters, to be taken off the natural one. */
static inline double pk_fit_shrink(const pk_point *from, const pk_point *to) {
  return (to->end.space - from->next.space) * PK_SPACE_SHRINK + to->end.flex - from->next.flex;
}

/* A last line shorter than should be, ink from edge to edge; never the only one. */
bool pk_fit_is_short(const pk_point *from, const pk_point *to, double room);

pk_fit pk_fit_of(const pk_setting *setting, const pk_point *from, const pk_point *to, double room);
uint8_t pk_fit_class(const pk_setting *setting, const pk_fit *fit);
double pk_fit_badness(const pk_setting *setting, const pk_fit *fit, const pk_point *to);
pk_line_cost pk_cost_of(const pk_setting *setting, const pk_point *from, const pk_point *to, const pk_fit *fit,
                        double room, pk_before before);

static inline double pk_cost_sum(const pk_line_cost *cost) {
  return cost->line + cost->space + cost->letters + cost->hyphen + cost->name + cost->sense + cost->stack +
         cost->repeat + cost->letter + cost->contrast + cost->last + cost->over;
}

/* The dearest contrast between two lines: how much worse a class may be and
 * still be worth keeping. */
extern const double PK_COST_CONTRAST_MAX;

#endif
