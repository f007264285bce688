/* presskit batch, presskit cache */
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "progress.h"
#include "terminal.h"

enum { EXIT_SIGNAL = 128, MOST_SHARDS = 100000 /* as a report may be of */ };

/* ---- signals --------------------------------------------------------------------- */

/* The number of the signal that wants the run to end; a second one ends it at
 * once, which leaves whole files too. */
static volatile sig_atomic_t caught;
static volatile int stop;

static void catch_signal(int number) {
  caught = number;
  stop = 1;
  signal(number, SIG_DFL);
}

/* ---- shards ---------------------------------------------------------------------- */

static bool read_number(const char *text, unsigned least, unsigned most, unsigned *out) {
  guint64 number;
  if (!text || !g_ascii_string_to_unsigned(text, 10, least, most, &number, NULL)) return false;
  *out = (unsigned)number;
  return true;
}

/* Slurm arrays count from where they like; Kubernetes' indexed jobs from 0, and
 * do not say to what; GNU parallel's sequence from 1, nor does it. */
static bool read_auto(unsigned *shard, unsigned *shards) {
  unsigned index, first = 0, count;
  const char *of = g_getenv("PRESSKIT_SHARDS");
  if (read_number(g_getenv("SLURM_ARRAY_TASK_ID"), 0, G_MAXINT32, &index)) {
    if (!read_number(g_getenv("SLURM_ARRAY_TASK_MIN"), 0, G_MAXINT32, &first)) first = 1;
    if (!of) of = g_getenv("SLURM_ARRAY_TASK_COUNT");
  } else if (!read_number(g_getenv("JOB_COMPLETION_INDEX"), 0, G_MAXINT32, &index)) {
    if (!read_number(g_getenv("PARALLEL_SEQ"), 1, G_MAXINT32, &index)) return false;
    first = 1;
  }
  if (index < first || !read_number(of, 1, MOST_SHARDS, &count) || index - first >= count) return false;
  *shard = index - first + 1;
  *shards = count;
  return true;
}

static bool read_shard(const char *text, unsigned *shard, unsigned *shards) {
  if (!text) return true;
  if (strcmp(text, "auto") == 0) {
    if (read_auto(shard, shards)) return true;
    usage_error("batch", "--shard auto finds no index: it reads SLURM_ARRAY_TASK_ID with SLURM_ARRAY_TASK_COUNT, or "
                         "JOB_COMPLETION_INDEX or PARALLEL_SEQ with PRESSKIT_SHARDS");
    return false;
  }
  g_auto(GStrv) parts = g_strsplit(text, "/", 2);
  if (g_strv_length(parts) == 2 && read_number(parts[1], 1, MOST_SHARDS, shards) &&
      read_number(parts[0], 1, *shards, shard))
    return true;
  usage_error("batch", "--shard takes K/N with K from 1 to N, or auto, not '%s'", text);
  return false;
}

/* ---- the end --------------------------------------------------------------------- */

static void add_part(GString *line, size_t count, const char *what) {
  if (count) g_string_append_printf(line, "%s%zu %s", line->len ? ", " : "", count, what);
}

static void print_end(const presskit_batch_event *e, const settings *given) {
  size_t done = e->written + e->unchanged + e->failed;
  bool is_over = done < e->total;
  if (given->is_quiet && !e->failed && !is_over) return;
  g_autoptr(GString) line = g_string_new(NULL);
  add_part(line, e->written, "written");
  add_part(line, e->unchanged, "unchanged");
  add_part(line, e->failed, "failed");
  if (is_over) add_part(line, e->total - done, "not begun");
  if (!line->len) g_string_append(line, "nothing to do");
  fprintf(stderr, "presskit: %s in %.1f s\n", line->str, e->seconds);
  if (is_over) fputs("presskit: the same command goes on from here\n", stderr);
}

int command_batch(const settings *given) {
  progress p;
  presskit_batch_options options = {
      .kit = given->arguments[0],
      .output = given->output,
      .jobs = (unsigned)given->jobs,
      .only = given->only,
      .is_forced = given->is_forced,
      .is_dry_run = given->is_dry_run,
      .is_strict = given->is_strict,
      .is_zipped = given->is_zipped,
      .report = given->report,
      .diagnostics = given->diagnostics < 0 ? PRESSKIT_HUMAN : (presskit_diagnostics)given->diagnostics,
      .has_colour = has_colour(),
      .tell = progress_tell,
      .data = &p,
      .stop = &stop,
  };
  if (!read_shard(given->shard, &options.shard, &options.shards)) return EXIT_USAGE;
  if (options.is_zipped && options.shards > 1)
    return usage_error("batch", "--zip packs a whole kit: run it once more without --shard, when all parts are made");
  progress_begin(&p, given->is_quiet);
  signal(SIGINT, catch_signal);
  signal(SIGTERM, catch_signal);
  presskit_engine *engine = presskit_engine_new(NULL);
  presskit_result *result = presskit_batch(engine, &options);
  progress_end(&p);
  presskit_batch_event end = presskit_result_batch(result);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  if (end.total && !given->is_dry_run) print_end(&end, given);
  progress_failures(&p, given->report);
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return caught ? EXIT_SIGNAL + caught : status;
}

/* ---- the cache --------------------------------------------------------------------- */

const char *const cache_names[] = {"info", "clear", NULL};

int command_cache(const settings *given) {
  presskit_cache cache = strcmp(given->arguments[0], "clear") == 0 ? presskit_cache_clear() : presskit_cache_info();
  const char *what = strcmp(given->arguments[0], "clear") == 0 ? "removed " : "";
  put_line("%s%zu entries, %.1f MiB of %.0f, in %s", what, cache.entries, (double)cache.bytes / 1048576,
           (double)cache.most / 1048576, cache.folder);
  presskit_free(cache.folder);
  return PK_OK;
}
