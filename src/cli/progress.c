#include "progress.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Seconds between two drawings of the bar, and between two lines of a log. */
#define DRAW_EACH 0.1
#define SAY_EACH 10.0
#define SAY_LEAST 1.0
enum { BAR = 24, LEAST_COLUMNS = 40, USUAL_COLUMNS = 80 };

void progress_begin(progress *p, bool is_quiet) {
  const char *terminal = g_getenv("TERM");
  *p = (progress){.is_quiet = is_quiet};
  p->is_terminal = isatty(STDERR_FILENO) && g_strcmp0(terminal, "dumb") != 0;
}

static int columns(void) {
  struct winsize size;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= LEAST_COLUMNS) return size.ws_col;
  return USUAL_COLUMNS;
}

static size_t done_of(const presskit_batch_event *e) {
  return e->written + e->unchanged + e->failed;
}

/* "0:42", "1:02:03" */
static char *clock_of(double seconds) {
  unsigned whole = (unsigned)(seconds + 0.5);
  if (whole >= 3600) return g_strdup_printf("%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60);
  return g_strdup_printf("%u:%02u", whole / 60, whole % 60);
}

/* "123/1000, 45/s, 0:20 left, 2 failed" */
static char *numbers_of(const presskit_batch_event *e) {
  size_t done = done_of(e);
  double rate = e->seconds > 0 ? (double)done / e->seconds : 0;
  g_autofree char *left = clock_of(rate > 0 ? (double)(e->total - MIN(done, e->total)) / rate : 0);
  GString *text = g_string_new(NULL);
  g_string_printf(text, "%zu/%zu, %.*f/s, %s left", done, e->total, rate < 10 ? 1 : 0, rate, left);
  if (e->failed) g_string_append_printf(text, ", %zu failed", e->failed);
  return g_string_free(text, FALSE);
}

static void clear(progress *p) {
  if (p->is_drawn) fputs("\r\033[K", stderr);
  p->is_drawn = false;
}

static void draw(progress *p, const presskit_batch_event *e) {
  int width = columns() - 1;
  size_t filled = e->total ? done_of(e) * BAR / e->total : BAR;
  g_autofree char *numbers = numbers_of(e);
  g_autoptr(GString) line = g_string_new("[");
  for (size_t i = 0; i < BAR; i++) g_string_append_c(line, i < filled ? '#' : '.');
  g_string_append_printf(line, "] %s", numbers);
  if (e->name) g_string_append_printf(line, "  %s", e->name);
  for (char *at = line->str; *at; at++)
    if ((guchar)*at < 0x20 || *at == 0x7f) *at = '?';
  if (g_utf8_strlen(line->str, -1) > width)
    g_string_truncate(line, (gsize)(g_utf8_offset_to_pointer(line->str, width) - line->str));
  fprintf(stderr, "\r\033[K%s", line->str);
  fflush(stderr);
  p->is_drawn = true;
}

static void say(progress *p, const presskit_batch_event *e) {
  size_t tenth = e->total ? done_of(e) * 10 / e->total : 0;
  double since = e->seconds - p->last;
  if (since < SAY_LEAST || (tenth == p->last_tenth && since < SAY_EACH)) return;
  g_autofree char *numbers = numbers_of(e);
  fprintf(stderr, "presskit: %s\n", numbers);
  p->last_tenth = tenth;
  p->last = e->seconds;
}

static void keep_failure(progress *p, const presskit_batch_event *event) {
  if (p->failed++ >= PROGRESS_FAILURES) return;
  p->failures[p->failed - 1].name = g_strdup(event->name);
  p->failures[p->failed - 1].place = g_strdup(event->place ? event->place : "");
}

void progress_tell(const presskit_batch_event *event, void *data) {
  progress *p = data;
  if (event->name && event->state == PRESSKIT_PIECE_FAILED) keep_failure(p, event);
  bool is_failed = event->name && event->state == PRESSKIT_PIECE_FAILED;
  if (*event->diagnostics || is_failed) {
    clear(p);
    if (event->name && event->state != PRESSKIT_PIECE_PLANNED)
      fprintf(stderr, "%s%s:\n", event->name, is_failed ? " failed" : "");
    fputs(event->diagnostics, stderr);
  }
  if (event->name && event->state == PRESSKIT_PIECE_PLANNED) puts(event->name);
  if (p->is_quiet || !event->total || event->state == PRESSKIT_PIECE_PLANNED) return;
  if (!p->is_terminal)
    say(p, event);
  else if (event->seconds - p->last >= DRAW_EACH || is_failed) {
    draw(p, event);
    p->last = event->seconds;
  }
}

void progress_failures(progress *p, bool is_reported) {
  size_t kept = MIN(p->failed, (size_t)PROGRESS_FAILURES);
  for (size_t i = 0; i < kept; i++) {
    fprintf(stderr, "  %s: %s\n", p->failures[i].name, p->failures[i].place);
    g_free(p->failures[i].name);
    g_free(p->failures[i].place);
  }
  if (p->failed > kept)
    fprintf(stderr, "  and %zu more%s\n", p->failed - kept,
            is_reported ? ", all in the report" : "; --report FILE has all of them");
  p->failed = 0;
}

void progress_end(progress *p) {
  clear(p);
}
