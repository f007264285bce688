/* presskit render */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

const char *const format_names[] = {"pdf", "png", NULL};
const char *const edition_names[] = {"press", "screen", "office", "proof", "text", "html", NULL};
const char *const dump_names[] = {"article", "style", "para", "page", "list", NULL};
const char *const diagnostics_names[] = {"human", "short", "json", NULL};

static bool is_standard_output(const settings *given) {
  return given->output && strcmp(given->output, "-") == 0;
}

static bool ends_in(const char *path, const char *ending) {
  size_t length = path ? strlen(path) : 0, tail = strlen(ending);
  return length >= tail && g_ascii_strcasecmp(path + length - tail, ending) == 0;
}

/* What the edition is named by the output's name, or -1. */
static int words_by_name(const settings *given) {
  return ends_in(given->output, ".txt") ? PRESSKIT_TEXT : ends_in(given->output, ".html") ? PRESSKIT_HTML : -1;
}

/* The editions without pages are chosen by name too, and have no other format. */
static bool choose_edition(const settings *given, presskit_edition *edition) {
  int by_name = words_by_name(given);
  *edition = given->edition >= 0 ? (presskit_edition)given->edition
             : by_name >= 0      ? (presskit_edition)by_name
                                 : PRESSKIT_PRESS;
  bool is_words = *edition == PRESSKIT_TEXT || *edition == PRESSKIT_HTML;
  const char *name = edition_names[*edition];
  if (by_name >= 0 && by_name != (int)*edition)
    usage_error("render", "--edition %s contradicts the name '%s'", name, given->output);
  else if (is_words && given->format >= 0)
    usage_error("render", "--format is for pages; the %s edition has none", name);
  else if (is_words && given->pages)
    usage_error("render", "--pages is for pages; the %s edition has none", name);
  else if (is_words && given->printer)
    usage_error("render", "--printer is for paper; the %s edition has no printer", name);
  else if (is_words && (ends_in(given->output, ".pdf") || ends_in(given->output, ".png")))
    usage_error("render", "--edition %s contradicts the name '%s'", name, given->output);
  else
    return true;
  return false;
}

/* False when the options contradict each other, which it has said. */
static bool choose_format(const settings *given, presskit_format *format) {
  int by_name = ends_in(given->output, ".png") ? PRESSKIT_PNG : ends_in(given->output, ".pdf") ? PRESSKIT_PDF : -1;
  if (given->format >= 0 && by_name >= 0 && by_name != given->format) {
    usage_error("render", "--format %s contradicts the name '%s'", format_names[given->format], given->output);
    return false;
  }
  *format = given->format >= 0 ? (presskit_format)given->format
            : by_name >= 0     ? (presskit_format)by_name
                               : PRESSKIT_PDF;
  return true;
}

static bool check(const settings *given) {
  if (given->pages && !presskit_pages_is_valid(given->pages)) {
    usage_error("render", "--pages does not take '%s'; write 1, 2-4, -3, 5- or several with commas", given->pages);
    return false;
  }
  if (given->printer && given->edition == PRESSKIT_SCREEN) {
    usage_error("render", "--printer is for paper; the screen edition has no printer");
    return false;
  }
  if (is_standard_output(given) && given->dump < 0 && isatty(STDOUT_FILENO)) {
    usage_error("render", "a terminal cannot show the output; send it into a file or a pipe");
    return false;
  }
  return true;
}

/* ---- what is said ---------------------------------------------------------------- */

static void append_count(GString *out, size_t count, const char *what) {
  if (!count) return;
  g_string_append_printf(out, "%s%zu %s%s", out->len ? ", " : "", count, what, count == 1 ? "" : "s");
}

/* "1 error, 2 warnings: nothing written" */
static void print_summary(const presskit_result *result, const settings *given) {
  g_autoptr(GString) line = g_string_new(NULL);
  append_count(line, presskit_result_count(result, PK_ERROR), "error");
  append_count(line, presskit_result_count(result, PK_WARNING), "warning");
  if (!line->len) return;
  if (presskit_result_status(result) != PK_OK)
    g_string_append_printf(line, "%s: nothing written",
                           given->is_strict && !presskit_result_count(result, PK_ERROR) ? " (--strict)" : "");
  fprintf(stderr, "%s\n", line->str);
}

void print_diagnostics(presskit_result *result, const settings *given) {
  presskit_diagnostics format = given->diagnostics < 0 ? PRESSKIT_HUMAN : (presskit_diagnostics)given->diagnostics;
  fputs(presskit_result_diagnostics(result, format, has_colour()), stderr);
  if (format == PRESSKIT_HUMAN) print_summary(result, given);
}

static void print_files(const presskit_result *result) {
  for (size_t i = 0; i < presskit_result_file_count(result); i++) {
    size_t pages = presskit_result_file_page_count(result, i);
    if (pages)
      put_line("wrote %s (%zu %s)", presskit_result_file(result, i), pages, pages == 1 ? "page" : "pages");
    else
      put_line("wrote %s", presskit_result_file(result, i));
  }
}

/* Returns the exit status. */
static int put_data(const presskit_result *result) {
  if (presskit_result_file_count(result) > 1)
    return usage_error("render",
                       "standard output takes one file: one page as PNG, chosen with --pages, or a PDF in one part");
  size_t size;
  const void *data = presskit_result_data(result, 0, &size);
  if (data) put(data, size);
  return 0;
}

static int put_result(const presskit_result *result, const settings *given) {
  const char *dump = presskit_result_dump(result);
  if (dump)
    put(dump, strlen(dump));
  else if (is_standard_output(given))
    return put_data(result);
  else if (!given->is_quiet)
    print_files(result);
  return 0;
}

int command_render(const settings *given) {
  presskit_render_options options = {
      .article = given->arguments[0],
      .layout = given->layout,
      .office = given->office,
      .printer = given->printer,
      .output = is_standard_output(given) ? NULL : given->output,
      .dpi = given->dpi,
      .pages = given->pages,
      .dump = (presskit_dump)(given->dump + 1),
      .is_strict = given->is_strict,
      .in_memory = is_standard_output(given),
  };
  if (!choose_edition(given, &options.edition) || !choose_format(given, &options.format) || !check(given))
    return EXIT_USAGE;
  presskit_engine *engine = presskit_engine_new(NULL);
  presskit_result *result = presskit_render(engine, &options);
  int status = (int)presskit_result_status(result);
  print_diagnostics(result, given);
  if (status == PK_OK) status = put_result(result, given);
  presskit_result_drop(result);
  presskit_engine_drop(engine);
  return status;
}
