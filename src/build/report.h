/* The form of a batch's report: JSON, a line for its head and one for each piece.
 * Private to build/. */
#ifndef PK_BUILD_REPORT_H
#define PK_BUILD_REPORT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define PK_REPORT_KIND "report/1"

enum { PK_MOST_SHARDS = 100000 };

typedef struct {
  uint64_t total, written, unchanged, failed;
} pk_report_head;

/* The head; `shard` of `shards` where it is of a part of a batch, 0 of 0 else. */
void pk_report_open(GString *out, const pk_report_head *head, unsigned shard, unsigned shards);

/* What follows the object of a piece. */
void pk_report_end_piece(GString *out, bool is_last);

void pk_report_close(GString *out);

#endif
