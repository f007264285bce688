/* Memory that lives and dies together.
 *
 * Everything of a job goes into its arena and is freed with it. Memory comes
 * zeroed and aligned for any type; it never moves. Not thread-safe: one arena
 * belongs to one thread at a time, and is frozen where several keep it. Running out
 * of memory aborts, as in GLib. */
#ifndef PK_ARENA_H
#define PK_ARENA_H

#include <glib.h>
#include <stddef.h>

typedef struct pk_arena pk_arena;

/* A place to return to with pk_arena_reset(). */
typedef struct {
  void *block;
  size_t used;
} pk_arena_mark;

pk_arena *pk_arena_new(void);

/* One more who keeps it: it stays until all of them have dropped it. Any thread may
 * do both. */
pk_arena *pk_arena_keep(pk_arena *arena);

/* The last to drop it runs the deferred clean-ups, last first, and frees everything.
 * NULL is fine. */
void pk_arena_drop(pk_arena *arena);

/* Keeps `held` until `arena` is dropped: something there points into it. */
void pk_arena_hold(pk_arena *arena, pk_arena *held);

/* `size` zeroed bytes; owned by the arena. */
void *pk_arena_alloc(pk_arena *arena, size_t size);

/* A copy of `size` bytes at `data`; owned by the arena. */
void *pk_arena_dup(pk_arena *arena, const void *data, size_t size);

/* Copies of strings; owned by the arena. A NULL `text` gives NULL. */
char *pk_arena_strdup(pk_arena *arena, const char *text);
char *pk_arena_strndup(pk_arena *arena, const char *text, size_t length);
char *pk_arena_printf(pk_arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Moves the elements of `array` into the arena and frees `array`. Returns the
 * first element, or NULL when there is none. */
void *pk_arena_take_array(pk_arena *arena, GArray *array);

/* Calls `clean(data)` when the arena is dropped. For foreign objects. Clean-ups
 * deferred after a mark run when the arena is reset to it. */
void pk_arena_defer(pk_arena *arena, GDestroyNotify clean, gpointer data);

/* Scratch: everything allocated after the mark is freed by the reset. */
pk_arena_mark pk_arena_mark_now(pk_arena *arena);
void pk_arena_reset(pk_arena *arena, pk_arena_mark mark);

/* Bytes handed out and not yet reset; bytes taken for them. */
size_t pk_arena_used(const pk_arena *arena);
size_t pk_arena_size(const pk_arena *arena);

#define PK_NEW(arena, type) ((type *)pk_arena_alloc((arena), sizeof(type)))
#define PK_NEW_ARRAY(arena, type, count) ((type *)pk_arena_alloc((arena), sizeof(type) * (size_t)(count)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(pk_arena, pk_arena_drop)

#endif
