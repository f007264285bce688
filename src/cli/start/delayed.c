/* Opens a library at the first call of one of its functions.
 *
 * In:  the number of a function, from the stub that cmake/delay.cmake made.
 * Out: its address, which the slot holds from then on.
 *
 * Threads may meet here: each finds the same address and stores it whole. A
 * library that is gone is what it always is, the end of the process, for the
 * caller waits for a function that cannot be had; it only comes later. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  const char *name, *library;
} function;

extern const function pk_delayed_functions[] __attribute__((visibility("hidden")));
extern void *pk_delayed_slots[] __attribute__((visibility("hidden")));
void *pk_delayed_open(size_t number) __attribute__((visibility("hidden")));

void *pk_delayed_open(size_t number) {
  const function *wanted = &pk_delayed_functions[number];
  void *library = dlopen(wanted->library, RTLD_LAZY | RTLD_LOCAL);
  void *address = library ? dlsym(library, wanted->name) : NULL;
  if (!address) {
    fprintf(stderr, "presskit: error while loading a shared library: %s\n", dlerror());
    abort();
  }
  __atomic_store_n(&pk_delayed_slots[number], address, __ATOMIC_RELEASE);
  return address;
}
