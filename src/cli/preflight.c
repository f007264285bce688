/* presskit preflight */
#include <glib.h>
#include <stdio.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

static void append_count(GString *out, size_t count, const char *what) {
  if (count) g_string_append_printf(out, "%s%zu %s%s", out->len ? ", " : "", count, what, count == 1 ? "" : "s");
}

static void print_count(const presskit_result *result, const settings *given) {
  g_autoptr(GString) found = g_string_new(NULL);
  append_count(found, presskit_result_count(result, PK_ERROR), "error");
  append_count(found, presskit_result_count(result, PK_WARNING), "warning");
  append_count(found, presskit_result_count(result, PK_NOTE), "note");
  put_line("checked %zu %s: %s", given->argument_count, given->argument_count == 1 ? "file" : "files",
           found->len ? found->str : "nothing to complain of");
}

int end_checks(presskit_engine *engine, presskit_result *result, const settings *given) {
  int status = (int)presskit_result_status(result);
  presskit_diagnostics format = given->diagnostics < 0 ? PRESSKIT_HUMAN : (presskit_diagnostics)given->diagnostics;
  fputs(presskit_result_diagnostics(result, format, has_colour()), stderr);
  if (!given->is_quiet && format == PRESSKIT_HUMAN) print_count(result, given);
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}

int command_preflight(const settings *given) {
  presskit_preflight_options options = {
      .inputs = given->arguments,
      .input_count = given->argument_count,
      .layout = given->layout,
      .office = given->office,
      .printer = given->printer,
      .report = given->report,
      .annotate = given->annotate,
      .is_strict = given->is_strict,
  };
  presskit_engine *engine = presskit_engine_new(NULL);
  return end_checks(engine, presskit_preflight(engine, &options), given);
}
