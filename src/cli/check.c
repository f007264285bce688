/* presskit check */
#include <presskit/presskit.h>

#include "commands.h"

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
  return end_checks(engine, presskit_check(engine, &options), given);
}
