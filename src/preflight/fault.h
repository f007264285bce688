/* Collecting findings. Private to preflight/. */
#ifndef PK_PREFLIGHT_FAULT_H
#define PK_PREFLIGHT_FAULT_H

#include "preflight/check.h"

/* What has been painted on the page and may lie under something. */
typedef struct {
  pk_rect rect;
  double inks[PK_PLATES_MAX];
  pk_span span;
} pk_ground;

enum { PK_GROUNDS_MAX = 4000, PK_FINDINGS_MAX = 5000 };

struct pk_checker {
  pk_job *job;
  const pk_printer *printer;
  pk_check_page page;
  pk_length first_width, first_height; /* of the first page */
  size_t page_count, ink_count;        /* elements with ink on the page */
  GArray *grounds;                     /* of the page, in painting order */
  GArray *findings;                    /* pk_finding */
  GArray *badness;                     /* of each, double */
  GPtrArray *spots;                    /* names; number n is plate n + 4 */
};

#endif
