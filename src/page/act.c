/* Acts, and those that no way leads to any more.
 *
 * Seven of eight acts are of ways that the page's end leaves behind; their memory
 * serves again on the next page, so that a long document holds the acts of its best
 * ways alone. */
#include "page/flow.h"

pk_act *pk_act_new(pk_flow *flow, const pk_act *from) {
  pk_act *act = flow->spare;
  if (act)
    flow->spare = (pk_act *)act->before;
  else
    act = PK_NEW(flow->arena, pk_act);
  *act = *from;
  act->is_held = false;
  g_ptr_array_add(flow->fresh, act);
  return act;
}

void pk_acts_hold(const pk_way *way) {
  for (pk_act *act = (pk_act *)way->acts; act && !act->is_held; act = (pk_act *)act->before) act->is_held = true;
}

void pk_acts_sweep(pk_flow *flow) {
  for (guint i = 0; i < flow->fresh->len; i++) {
    pk_act *act = g_ptr_array_index(flow->fresh, i);
    if (act->is_held) continue;
    act->before = flow->spare;
    flow->spare = act;
  }
  g_ptr_array_set_size(flow->fresh, 0);
}
