/* Help, made from the tables of commands and options. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "terminal.h"

enum { DOC_COLUMN = 30 };

/* "-f, --format pdf|png" */
static char *describe(const option *o) {
  g_autofree char *choices = o->choices ? g_strjoinv("|", (char **)o->choices) : NULL;
  const char *value = o->choices ? choices : o->value;
  char letter[5] = "    ";
  if (o->letter) g_snprintf(letter, sizeof letter, "-%c, ", o->letter);
  return g_strdup_printf("%s--%s%s%s", letter, o->name, value ? " " : "", value ? value : "");
}

/* What reaches over the column has its explanation in the next line. */
static void print_pair(const char *text, int column, const char *doc) {
  if (strlen(text) > (size_t)column - 4)
    put_line("  %s\n%*s%s", text, column, "", doc);
  else
    put_line("  %-*s%s", column - 2, text, doc);
}

static void print_option(const option *o) {
  g_autofree char *text = describe(o);
  print_pair(text, DOC_COLUMN, o->doc);
}

static void print_command(const command *of) {
  put_line("Usage: presskit %s %s%s\n", of->name, of->arguments, of->option_count ? " [OPTION...]" : "");
  g_autofree char *sentence = g_strdup_printf("%c%s.%s%s", g_ascii_toupper(of->summary[0]), of->summary + 1,
                                              of->details ? " " : "", of->details ? of->details : "");
  put_wrapped(sentence);
  put_line("\nOptions:");
  for (size_t i = 0; i < of->option_count; i++) print_option(&of->options[i]);
  const option help = {"help", 'h', OPTION_FLAG, .doc = "show this"};
  print_option(&help);
  put_line("\nExample:\n%s", of->example);
}

static void print_program(void) {
  size_t count;
  const command *commands = command_list(&count);
  put_line("Usage: presskit COMMAND ...\n\nTurns articles and books into print-ready pages with the office's letterhead.\n");
  put_line("Commands:");
  for (size_t i = 0; i < count; i++) {
    g_autofree char *text = g_strdup_printf("%s %s", commands[i].name, commands[i].arguments);
    print_pair(text, DOC_COLUMN + 4, commands[i].summary);
  }
  put_line("\n'presskit COMMAND --help' tells more of each; 'presskit --version' the version.\n");
  put_line("Example:\n  presskit render release.md --layout handout\n");
  put_line("Exit status: 0 done, 1 the input has errors, 2 wrong use, 3 disk or memory.");
}

void help_print(const command *of) {
  if (of)
    print_command(of);
  else
    print_program();
}

int command_help(const settings *given) {
  const command *of = NULL;
  if (given->argument_count) {
    of = command_find(given->arguments[0]);
    if (!of) {
      size_t count;
      const command *commands = command_list(&count);
      const char **names = g_new0(const char *, count + 1);
      for (size_t i = 0; i < count; i++) names[i] = commands[i].name;
      g_autofree char *what = suggest(given->arguments[0], "", names);
      g_free(names);
      return usage_error("help", "there is no command %s", what);
    }
  }
  help_print(of);
  return 0;
}
