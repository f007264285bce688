/* What the fields of a layout must be to each other. Of this module only. */
#ifndef PK_SPEC_CHECK_H
#define PK_SPEC_CHECK_H

#include "spec/layout.h"
#include "spec/node.h"

/* Applies `based-on:` to every style, parents first. False after a circle or an
 * unknown style (raised, in the file `own` where that has a part in it). */
bool pk_layout_apply_based_on(pk_job *job, const pk_source *own, pk_style_spec *styles, size_t count);

/* Checks every name that one part of the layout uses of another (inks, fonts,
 * styles), and that what every layout has is there. `root` is the tree that
 * `layout` was read from, for the places. */
bool pk_layout_check_names(pk_job *job, const pk_layout *layout, const pk_node *root);

/* Checks that the margins and frames leave room for text. */
bool pk_layout_check_frames(pk_job *job, const pk_layout *layout);

#endif
