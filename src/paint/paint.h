/* Display list -> pixels, with Cairo. */
#ifndef PK_PAINT_H
#define PK_PAINT_H

#include <cairo.h>

#include "list/list.h"

enum { PK_PAINT_MIN_DPI = 10, PK_PAINT_MAX_DPI = 1200, PK_PAINT_MAX_SIDE = 30000 };

/* Page `number` (0-based, less than page_count) as a PNG of its trim at `dpi`, on white, in the inks'
 * screen colours. `*data` is owned by the job's arena. */
pk_status pk_paint_build(pk_job *job, const pk_list *list, size_t number, double dpi, const uint8_t **data,
                         size_t *size);

/* The same, with `over` called on the finished page before it is packed; the user
 * space is the list's. */
typedef void (*pk_paint_over)(cairo_t *cairo, void *data);
pk_status pk_paint_build_over(pk_job *job, const pk_list *list, size_t number, double dpi, pk_paint_over over,
                              void *closure, const uint8_t **data, size_t *size);

#endif
