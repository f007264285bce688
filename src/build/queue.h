/* The queue between who walks a kit and the workers. Private to build/.
 *
 * It is bounded by the rows of what waits in it, so that memory is that of the workers
 * and not of the data. */
#ifndef PK_BUILD_QUEUE_H
#define PK_BUILD_QUEUE_H

#include <glib.h>
#include <stdbool.h>

typedef struct pk_queue pk_queue;

/* For `workers` threads that take. `is_over(data)` tells that the run is to end, whatever
 * waits; it is called with the queue locked. `drop` frees what is not taken. */
pk_queue *pk_queue_new(unsigned workers, bool (*is_over)(void *data), void *data, GDestroyNotify drop);
void pk_queue_drop(pk_queue *queue);

/* Hands over `item`, which weighs `rows`, when there is room; false, and the item is
 * dropped, if the run is over. One thread pushes. */
bool pk_queue_push(pk_queue *queue, gpointer item, size_t rows);

/* The next item, or NULL when there will be none. A thread that got NULL takes no more. */
gpointer pk_queue_pop(pk_queue *queue);

/* Nothing more will be pushed. */
void pk_queue_close(pk_queue *queue);

#endif
