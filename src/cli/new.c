/* presskit new */
#include <glib.h>
#include <string.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

const char *const new_names[] = {"printer", "kit", "book", NULL};

int command_new(const settings *given) {
  const char *name = given->arguments[1];
  bool has_ending = g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
  bool is_folder = strcmp(given->arguments[0], "printer") != 0;
  g_autofree char *path = g_strconcat(name, has_ending || is_folder ? NULL : ".yaml", NULL);
  presskit_result *result = presskit_new(given->arguments[0], path);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  for (size_t i = 0; i < presskit_result_file_count(result); i++) put_line("wrote %s", presskit_result_file(result, i));
  presskit_result_drop(result);
  return status;
}
