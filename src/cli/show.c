/* presskit list, schema, explain */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

const char *const listing_names[] = {"layouts", "fonts", "languages", "printers", NULL};

int command_list_what(const settings *given) {
  presskit_listing what = PRESSKIT_LIST_LAYOUTS;
  for (int i = 0; listing_names[i]; i++)
    if (strcmp(listing_names[i], given->arguments[0]) == 0) what = (presskit_listing)i;
  presskit_engine *engine = presskit_engine_new(NULL);
  char *lines = presskit_list(engine, what);
  presskit_engine_drop(engine);
  if (!lines) {
    fputs("presskit: its own layouts and fonts are not found; see 'presskit explain data-missing'\n", stderr);
    return PK_FAILED;
  }
  put_table(lines);
  presskit_free(lines);
  return PK_OK;
}

int command_schema(const settings *given) {
  const char *kind = given->arguments[0];
  char *text = given->is_markdown ? presskit_reference(kind) : presskit_schema(kind);
  if (!text) {
    g_autofree char *what = suggest(kind, "", presskit_kinds());
    return usage_error("schema", "there is no kind %s", what);
  }
  put(text, strlen(text));
  presskit_free(text);
  return PK_OK;
}

static int list_codes(void) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (const char *const *code = presskit_codes(); *code; code++)
    g_string_append_printf(lines, "%s\t%s\n", *code, presskit_code_title(*code));
  put_table(lines->str);
  return PK_OK;
}

int command_explain(const settings *given) {
  if (given->argument_count == 0) return list_codes();
  const char *code = given->arguments[0], *nearest;
  const char *explanation = presskit_explain(code, &nearest);
  if (!explanation) {
    if (nearest) return usage_error("explain", "there is no code '%s'; did you mean '%s'?", code, nearest);
    return usage_error("explain", "there is no code '%s'; 'presskit explain' lists them", code);
  }
  put_line("%s: %s\n", code, presskit_code_title(code));
  put_wrapped(explanation);
  return PK_OK;
}
