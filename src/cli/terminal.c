/* Writes to standard output, in columns where a person reads along. */
#include "terminal.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_SYSTEM = 3, WIDTH = 80 };

bool has_colour(void) {
  const char *none = g_getenv("NO_COLOR"), *terminal = g_getenv("TERM");
  return isatty(STDERR_FILENO) && !(none && *none) && g_strcmp0(terminal, "dumb") != 0;
}

void put(const void *data, size_t size) {
  fwrite(data, 1, size, stdout);
}

void put_line(const char *format, ...) {
  va_list args;
  va_start(args, format);
  vprintf(format, args);
  va_end(args);
  putchar('\n');
}

static int columns_of(const char *text) {
  int columns = 0;
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
  }
  return columns;
}

static void put_columns(char **lines) {
  enum { MOST = 8 };
  int widths[MOST] = {0};
  for (char **line = lines; *line; line++) {
    g_auto(GStrv) values = g_strsplit(*line, "\t", MOST);
    for (int i = 0; values[i]; i++) widths[i] = MAX(widths[i], columns_of(values[i]));
  }
  for (char **line = lines; *line && **line; line++) {
    g_auto(GStrv) values = g_strsplit(*line, "\t", MOST);
    for (int i = 0; values[i]; i++)
      printf("%s%*s", values[i], values[i + 1] ? widths[i] - columns_of(values[i]) + 2 : 0, "");
    putchar('\n');
  }
}

void put_table(const char *lines) {
  if (!isatty(STDOUT_FILENO) || !g_utf8_validate(lines, -1, NULL)) {
    put(lines, strlen(lines));
    return;
  }
  g_auto(GStrv) split = g_strsplit(lines, "\n", -1);
  put_columns(split);
}

void put_wrapped(const char *text) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  int x = 0;
  for (char **word = words; *word; word++) {
    int width = columns_of(*word);
    if (x && x + 1 + width > WIDTH) {
      putchar('\n');
      x = 0;
    }
    printf("%s%s", x ? " " : "", *word);
    x += (x ? 1 : 0) + width;
  }
  putchar('\n');
}

/* A pipe whose reader has gone tells so whenever it is asked; errno of the write
 * that failed may be long overwritten. */
static bool has_reader_gone(void) {
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

int finish(int status) {
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  if (errno != EPIPE && !has_reader_gone())
    fprintf(stderr, "presskit: cannot write to standard output: %s\n",
            errno ? g_strerror(errno) : "not all of it was taken");
  return EXIT_SYSTEM;
}
