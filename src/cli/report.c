/* presskit report */
#include <string.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

int command_report(const settings *given) {
  bool is_to_file = given->output && strcmp(given->output, "-") != 0;
  presskit_result *result =
      presskit_merge_reports(given->arguments, given->argument_count, is_to_file ? given->output : NULL);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  size_t size;
  const void *data = status == 0 ? presskit_result_data(result, 0, &size) : NULL;
  if (data) put(data, size);
  presskit_result_drop(result);
  return status;
}
