/* presskit impose */
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

const char *const scheme_names[] = {"saddle-stitch", "2-up", "4-up", "cut-stack", "leaflet", NULL};
const char *const duplex_names[] = {"auto", "long-edge", "short-edge", NULL};
const char *const fold_names[] = {"inward", "zigzag", NULL};
const char *const blanks_names[] = {"last", "before-back", NULL};
const char *const up_names[] = {"2", "4", "8", NULL};

static const int ups[] = {2, 4, 8};

static bool is_standard_output(const settings *given) {
  return given->output && strcmp(given->output, "-") == 0;
}

static void put_result(const presskit_result *result, const settings *given) {
  size_t size, pages = presskit_result_page_count(result);
  const void *data = presskit_result_data(result, 0, &size);
  if (data)
    put(data, size);
  else if (!given->is_quiet)
    put_line("wrote %s (%zu %s)", presskit_result_file(result, 0), pages, pages == 1 ? "side" : "sides");
}

int command_impose(const settings *given) {
  if (is_standard_output(given) && isatty(STDOUT_FILENO))
    return usage_error("impose", "a terminal cannot show the output; send it into a file or a pipe");
  presskit_impose_options options = {
      .inputs = given->arguments,
      .input_count = given->argument_count,
      .layout = given->layout,
      .office = given->office,
      .printer = given->printer,
      .output = is_standard_output(given) ? NULL : given->output,
      .scheme = (presskit_scheme)MAX(given->scheme, 0),
      .sheet = given->sheet,
      .paper = given->paper,
      .gutter = given->gutter,
      .duplex = (presskit_duplex)MAX(given->duplex, 0),
      .fold = (presskit_fold)MAX(given->fold, 0),
      .blanks = (presskit_blanks)MAX(given->blanks, 0),
      .up = given->up < 0 ? 0 : ups[given->up],
      .repeats = given->repeats,
      .fits = given->fits,
      .has_no_marks = given->has_no_marks,
      .is_strict = given->is_strict,
      .in_memory = is_standard_output(given),
  };
  presskit_engine *engine = presskit_engine_new(NULL);
  presskit_result *result = presskit_impose(engine, &options);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  if (status == PK_OK) put_result(result, given);
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}
