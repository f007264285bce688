/* presskit check */
#include <stdio.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

int command_check(const settings *given) {
  presskit_check_options options = {
      .inputs = given->arguments,
      .input_count = given->argument_count,
      .layout = given->layout,
      .office = given->office,
      .printer = given->printer,
      .edition = given->edition < 0 ? PRESSKIT_SCREEN : (presskit_edition)given->edition,
      .report = given->report,
      .is_strict = given->is_strict,
  };
  if (given->printer && options.edition == PRESSKIT_SCREEN)
    return usage_error("check", "--printer is for paper; name --edition press, office or proof too");
  presskit_engine *engine = presskit_engine_new(NULL);
  presskit_result *result = presskit_check(engine, &options);
  int status = (int)presskit_result_status(result);
  presskit_diagnostics format = given->diagnostics < 0 ? PRESSKIT_HUMAN : (presskit_diagnostics)given->diagnostics;
  fputs(presskit_result_diagnostics(result, format, has_colour()), stderr);
  if (!given->is_quiet && format == PRESSKIT_HUMAN) print_checked(result, given);
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}
