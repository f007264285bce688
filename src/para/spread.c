/* How the room that is left on a line is shared out.
 *
 * In:  slack; what spaces and letters there are. Out: pk_spread.
 *
 * Letters scaled by 2 % and moved by 1 % of an em are not seen; a space that is
 * a third wider is. So the letters give first, all of a line alike, and what is
 * left when they have given all goes to the spaces. */
#include "para/model.h"

pk_spread pk_spread_of(double slack, double space, double flex) {
  const double rounding = 1e-9;
  if (flex > rounding && slack <= flex && slack >= -flex) return (pk_spread){.letters = slack / flex};
  pk_spread spread = {0};
  if (flex > rounding) spread.letters = slack < 0 ? -1 : 1;
  if (space > rounding) spread.space = (slack - spread.letters * flex) / space;
  return spread;
}
