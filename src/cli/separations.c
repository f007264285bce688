/* presskit separations */
#include <glib.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

int command_separations(const settings *given) {
  if (given->pages && !presskit_pages_is_valid(given->pages))
    return usage_error("separations", "--pages does not take '%s'; write 1, 2-4, -3, 5- or several with commas",
                       given->pages);
  presskit_separations_options options = {
      .article = given->arguments[0],
      .layout = given->layout,
      .office = given->office,
      .printer = given->printer,
      .pages = given->pages,
      .output = given->output,
      .dpi = given->dpi,
      .is_strict = given->is_strict,
  };
  presskit_engine *engine = presskit_engine_new(NULL);
  presskit_result *result = presskit_separations(engine, &options);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  for (size_t i = 0; status == PK_OK && !given->is_quiet && i < presskit_result_file_count(result); i++)
    put_line("wrote %s", presskit_result_file(result, i));
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}
