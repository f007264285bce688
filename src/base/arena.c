/* A bump allocator over a chain of blocks, with deferred clean-ups.
 *
 * Always holds: memory below `used` of every block is live; a mark names a
 * block and its fill, so that a reset frees the younger blocks and clears the
 * rest of that one. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ARENA_BLOCK = 64 * 1024, ARENA_ALIGN = 16 };

typedef struct block block;
struct block {
  block *older;
  size_t size, used;
  _Alignas(16) unsigned char data[];
};

typedef struct cleanup cleanup;
struct cleanup {
  cleanup *older;
  GDestroyNotify clean;
  gpointer data;
};

struct pk_arena {
  block *newest;
  cleanup *cleanups; /* allocated in the arena itself */
  int keepers;       /* besides the first; counted by many threads */
};

pk_arena *pk_arena_new(void) {
  return g_new0(pk_arena, 1);
}

static void add_block(pk_arena *arena, size_t least) {
  size_t size = MAX(least, ARENA_BLOCK);
  block *fresh = g_malloc(sizeof(block) + size);
  fresh->older = arena->newest;
  fresh->size = size;
  fresh->used = 0;
  arena->newest = fresh;
}

void *pk_arena_alloc(pk_arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) g_error("arena: %zu bytes asked for", size);
  size_t need = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
  if (!arena->newest || arena->newest->size - arena->newest->used < need) add_block(arena, need);
  block *home = arena->newest;
  void *memory = home->data + home->used;
  home->used += need;
  return memset(memory, 0, need);
}

void *pk_arena_dup(pk_arena *arena, const void *data, size_t size) {
  void *copy = pk_arena_alloc(arena, size);
  if (size) memcpy(copy, data, size);
  return copy;
}

char *pk_arena_strdup(pk_arena *arena, const char *text) {
  return text ? pk_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *pk_arena_strndup(pk_arena *arena, const char *text, size_t length) {
  if (!text) return NULL;
  char *copy = pk_arena_alloc(arena, length + 1);
  memcpy(copy, text, length);
  return copy;
}

char *pk_arena_printf(pk_arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  return pk_arena_strdup(arena, text);
}

void *pk_arena_take_array(pk_arena *arena, GArray *array) {
  void *copy = NULL;
  if (array->len) copy = pk_arena_dup(arena, array->data, (size_t)array->len * g_array_get_element_size(array));
  g_array_unref(array);
  return copy;
}

void pk_arena_defer(pk_arena *arena, GDestroyNotify clean, gpointer data) {
  cleanup *entry = PK_NEW(arena, cleanup);
  *entry = (cleanup){arena->cleanups, clean, data};
  arena->cleanups = entry;
}

pk_arena_mark pk_arena_mark_now(pk_arena *arena) {
  return (pk_arena_mark){arena->newest, arena->newest ? arena->newest->used : 0};
}

/* Whether `memory` was handed out at or before the mark, seen from `newest`. */
static bool is_younger(const pk_arena *arena, const void *memory, pk_arena_mark mark) {
  for (const block *b = arena->newest; b; b = b->older) {
    const unsigned char *at = memory;
    if (at >= b->data && at < b->data + b->size) {
      if (b != mark.block) {
        for (const block *o = mark.block; o; o = o->older)
          if (o == b) return false;
        return true;
      }
      return (size_t)(at - b->data) >= mark.used;
    }
  }
  return false;
}

void pk_arena_reset(pk_arena *arena, pk_arena_mark mark) {
  while (arena->cleanups && is_younger(arena, arena->cleanups, mark)) {
    cleanup *entry = arena->cleanups;
    arena->cleanups = entry->older;
    entry->clean(entry->data);
  }
  while (arena->newest && arena->newest != mark.block) {
    block *older = arena->newest->older;
    /* The first block is kept, so that scratch does not go back to malloc. */
    if (!older && !mark.block) {
      arena->newest->used = 0;
      return;
    }
    g_free(arena->newest);
    arena->newest = older;
  }
  if (arena->newest) arena->newest->used = mark.used;
}

size_t pk_arena_size(const pk_arena *arena) {
  size_t size = sizeof *arena;
  for (const block *b = arena->newest; b; b = b->older) size += sizeof *b + b->size;
  return size;
}

size_t pk_arena_used(const pk_arena *arena) {
  size_t used = 0;
  for (const block *b = arena->newest; b; b = b->older) used += b->used;
  return used;
}

pk_arena *pk_arena_keep(pk_arena *arena) {
  g_atomic_int_inc(&arena->keepers);
  return arena;
}

static void drop_held(gpointer arena) {
  pk_arena_drop(arena);
}

void pk_arena_hold(pk_arena *arena, pk_arena *held) {
  pk_arena_defer(arena, drop_held, pk_arena_keep(held));
}

void pk_arena_drop(pk_arena *arena) {
  if (!arena || g_atomic_int_add(&arena->keepers, -1) > 0) return;
  for (cleanup *entry = arena->cleanups; entry; entry = entry->older) entry->clean(entry->data);
  for (block *b = arena->newest; b;) {
    block *older = b->older;
    g_free(b);
    b = older;
  }
  g_free(arena);
}
