/* What the setting of a page costs. Private to page/.
 *
 * The whole model is here and in cost.c: each term has a name, a weight and a
 * reason. The optimiser in flow.c minimises their sum over the whole document;
 * `--dump=page` prints what each page was charged. */
#ifndef PK_PAGE_COST_H
#define PK_PAGE_COST_H

#include "page/page.h"

typedef struct {
  const char *name;
  double weight;
  const char *reason;
} pk_page_term;

extern const pk_page_term pk_page_terms[PK_PAGE_TERM_COUNT];

/* What is wrong with a column that ends before a chunk; a set. */
enum {
  PK_BREAK_WIDOW = 1 << 0,   /* too few lines of the paragraph would follow */
  PK_BREAK_ORPHAN = 1 << 1,  /* too few have come before */
  PK_BREAK_HEADING = 1 << 2, /* what comes before must not stand at a foot */
  PK_BREAK_NEAR = 1 << 3,    /* a heading stands few lines above */
  PK_BREAK_LIST = 1 << 4,    /* inside a list */
  PK_BREAK_TABLE = 1 << 5,   /* inside a table */
  PK_BREAK_ROW = 1 << 6,     /* a table's heading row, or its last row, would stand alone */
  PK_BREAK_HYPHEN = 1 << 7,  /* inside a word */
  PK_BREAK_PIECE = 1 << 8,   /* inside what belongs together */
  PK_BREAK_ITEM = 1 << 9,    /* one short item of a list would stand alone */
};

/* Adds what a column is charged that ends before a chunk with `breaks`. */
void pk_charge_break(pk_charges *charges, unsigned breaks, bool ends_page);

/* Adds what `rows` empty rows at the foot of a column are charged. */
void pk_charge_short(pk_charges *charges, int rows);

static inline void pk_charge(pk_charges *charges, pk_page_cost term, double times) {
  charges->of[term] += (float)(pk_page_terms[term].weight * times);
}

void pk_charges_add(pk_charges *charges, const pk_charges *more);
double pk_charges_sum(const pk_charges *charges);

#endif
