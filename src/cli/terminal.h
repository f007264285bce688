/* What goes to the person: standard output, columns, colours. */
#ifndef PK_CLI_TERMINAL_H
#define PK_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* Whether text on stderr may be coloured. */
bool has_colour(void);

/* Writes `size` bytes to stdout. */
void put(const void *data, size_t size);
void put_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes lines of tab-separated values: as columns on a terminal, else as they
 * are, for scripts. */
void put_table(const char *lines);

/* Writes a paragraph in lines of at most 80 columns. */
void put_wrapped(const char *text);

/* The exit status `status`, or 3 if standard output could not be written, which
 * it says (a reader that went away needs no message). */
int finish(int status);

#endif
