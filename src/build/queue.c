/* A bounded queue with two marks: who pushes sleeps when it is full and is woken when
 * half is gone, not at each piece, since every change of threads costs the worker that
 * gives way to it. */
#include "build/queue.h"

#include <pthread.h>

/* Rows that may wait for each worker. */
enum { ROOM_EACH = 16 };

typedef struct {
  gpointer item;
  size_t rows;
} waiting;

struct pk_queue {
  pthread_mutex_t lock; /* of all below */
  pthread_cond_t has_work, has_room;
  GQueue items; /* of waiting */
  size_t rows;  /* of them */
  size_t room;
  unsigned workers;
  bool is_closed, is_full; /* full: whoever pushes sleeps */
  bool (*is_over)(void *data);
  void *data;
  GDestroyNotify drop;
};

pk_queue *pk_queue_new(unsigned workers, bool (*is_over)(void *data), void *data, GDestroyNotify drop) {
  pk_queue *queue = g_new0(pk_queue, 1);
  *queue = (pk_queue){
      .room = (size_t)workers * ROOM_EACH, .workers = workers, .is_over = is_over, .data = data, .drop = drop};
  pthread_mutex_init(&queue->lock, NULL);
  pthread_cond_init(&queue->has_work, NULL);
  pthread_cond_init(&queue->has_room, NULL);
  g_queue_init(&queue->items);
  return queue;
}

void pk_queue_drop(pk_queue *queue) {
  if (!queue) return;
  for (waiting *w; (w = g_queue_pop_head(&queue->items)); g_free(w)) queue->drop(w->item);
  pthread_cond_destroy(&queue->has_room);
  pthread_cond_destroy(&queue->has_work);
  pthread_mutex_destroy(&queue->lock);
  g_free(queue);
}

/* A piece of many rows may wait for each worker, whatever it weighs. */
static bool is_full(const pk_queue *queue, size_t room, unsigned pieces) {
  return queue->rows >= room && queue->items.length >= pieces;
}

bool pk_queue_push(pk_queue *queue, gpointer item, size_t rows) {
  pthread_mutex_lock(&queue->lock);
  if (is_full(queue, queue->room, queue->workers)) queue->is_full = true;
  while (queue->is_full && !queue->is_over(queue->data)) pthread_cond_wait(&queue->has_room, &queue->lock);
  bool is_over = queue->is_over(queue->data);
  if (!is_over) {
    waiting *w = g_new(waiting, 1);
    *w = (waiting){item, rows};
    g_queue_push_tail(&queue->items, w);
    queue->rows += rows;
  }
  pthread_cond_signal(&queue->has_work);
  pthread_mutex_unlock(&queue->lock);
  if (is_over) queue->drop(item);
  return !is_over;
}

/* With the lock held. */
static void wake_who_pushes(pk_queue *queue) {
  if (!queue->is_full || is_full(queue, queue->room / 2, (queue->workers + 1) / 2)) return;
  queue->is_full = false;
  pthread_cond_signal(&queue->has_room);
}

gpointer pk_queue_pop(pk_queue *queue) {
  gpointer item = NULL;
  pthread_mutex_lock(&queue->lock);
  while (!queue->items.length && !queue->is_closed) pthread_cond_wait(&queue->has_work, &queue->lock);
  waiting *w = queue->is_over(queue->data) ? NULL : g_queue_pop_head(&queue->items);
  if (w) {
    item = w->item;
    queue->rows -= w->rows;
    wake_who_pushes(queue);
  } else { /* whoever waits must see that nobody takes any more */
    queue->is_closed = true;
    pthread_cond_broadcast(&queue->has_room);
    pthread_cond_broadcast(&queue->has_work);
  }
  pthread_mutex_unlock(&queue->lock);
  g_free(w);
  return item;
}

void pk_queue_close(pk_queue *queue) {
  pthread_mutex_lock(&queue->lock);
  queue->is_closed = true;
  pthread_cond_broadcast(&queue->has_work);
  pthread_mutex_unlock(&queue->lock);
}
