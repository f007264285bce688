/* What the setting of a page costs, term by term.
 *
 * The unit is arbitrary; one empty row at the foot of a column is 25. What must
 * not be is dear, not forbidden, so that there is always a way through. */
#include "page/cost.h"

const pk_page_term pk_page_terms[PK_PAGE_TERM_COUNT] = {
    [PK_COST_PAGE] = {"page", 400, "every page"},
    [PK_COST_SHORT] = {"short", 25, "a row left empty at the foot of a column; grows as the square"},
    [PK_COST_UNEVEN] = {"uneven", 40, "columns side by side that end a row apart; grows as the square"},
    [PK_COST_SPACE] = {"space", 10,
                       "rows added to the spaces of a column, so that it ends with the others; grows as the square"},
    [PK_COST_LOOSE] =
        {"loose", 10,
         "a paragraph a line longer or shorter than is best for it; and again for each 4,000 that its lines "
         "cost more by their own count"},
    [PK_COST_RUNT] = {"runt", 120, "each row that the last page lacks to have five"},
    [PK_COST_WIDOW] = {"widow", 9000, "the end of a paragraph alone at the head of a column"},
    [PK_COST_ORPHAN] = {"orphan", 7000, "the beginning of a paragraph alone at the foot of a column"},
    [PK_COST_HEADING] = {"heading", 25000, "a heading parted from its text"},
    [PK_COST_NEAR] = {"near", 120, "a heading with no more than three lines below it at the foot of a column"},
    [PK_COST_LIST] = {"list", 40, "a list divided; twice more where a figure stands between its parts"},
    [PK_COST_ITEM] = {"item", 120, "one item of a list, of fewer than five lines, parted from the others"},
    [PK_COST_TABLE] = {"table", 300, "a table divided"},
    [PK_COST_ROW] = {"row", 20000, "a table's heading row or last row alone"},
    [PK_COST_PIECE] = {"piece", 30000, "what belongs together divided"},
    [PK_COST_HYPHEN] = {"hyphen", 20, "a word divided between columns"},
    [PK_COST_PAGE_HYPHEN] = {"page-hyphen", 90, "a word divided between pages"},
    [PK_COST_FIGURE] = {"figure", 240, "a figure, quote or side-bar a page away from its mention; grows as the square"},
    [PK_COST_TURN] = {"turn", 150, "a figure, quote or side-bar that is not in sight where it is mentioned"},
    [PK_COST_MIDDLE] = {"middle", 30, "a figure or side-bar between the lines of a column, not at its head or foot"},
    [PK_COST_NOTE] = {"note", 60, "a line of a note that is put off to the next column"},
    [PK_COST_INSET] = {"inset", 6, "a row between an inset and its source"},
};

static const struct {
  unsigned flag;
  pk_page_cost term;
} break_terms[] = {
    {PK_BREAK_WIDOW, PK_COST_WIDOW}, {PK_BREAK_ORPHAN, PK_COST_ORPHAN}, {PK_BREAK_HEADING, PK_COST_HEADING},
    {PK_BREAK_NEAR, PK_COST_NEAR},   {PK_BREAK_LIST, PK_COST_LIST},     {PK_BREAK_TABLE, PK_COST_TABLE},
    {PK_BREAK_ROW, PK_COST_ROW},     {PK_BREAK_PIECE, PK_COST_PIECE},   {PK_BREAK_ITEM, PK_COST_ITEM},
};

void pk_charge_break(pk_charges *charges, unsigned breaks, bool ends_page) {
  if (!breaks) return;
  for (size_t i = 0; i < G_N_ELEMENTS(break_terms); i++)
    if (breaks & break_terms[i].flag) pk_charge(charges, break_terms[i].term, 1);
  if (breaks & PK_BREAK_HYPHEN) pk_charge(charges, ends_page ? PK_COST_PAGE_HYPHEN : PK_COST_HYPHEN, 1);
}

/* The square up to here, then straight on: a half empty column is bad enough. */
enum { SHORT_SQUARED = 10 };

void pk_charge_short(pk_charges *charges, int rows) {
  if (rows <= 0) return;
  double squared = MIN(rows, SHORT_SQUARED), rest = rows - squared;
  pk_charge(charges, PK_COST_SHORT, squared * squared + rest * SHORT_SQUARED);
}

void pk_charges_add(pk_charges *charges, const pk_charges *more) {
  for (int i = 0; i < PK_PAGE_TERM_COUNT; i++) charges->of[i] += more->of[i];
}

double pk_charges_sum(const pk_charges *charges) {
  double sum = 0;
  for (int i = 0; i < PK_PAGE_TERM_COUNT; i++) sum += charges->of[i];
  return sum;
}
