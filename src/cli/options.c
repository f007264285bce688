/* Reads the command line by tables. */
#include "options.h"

#include <glib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <presskit/presskit.h>

static const option help_option = {"help", 'h', OPTION_FLAG, offsetof(settings, has_help), .doc = ""};

int usage_error(const char *name, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *text = g_strdup_vprintf(format, args);
  va_end(args);
  /* What was typed may hold anything; a terminal must not obey it. */
  for (char *at = text; *at; at++)
    if ((guchar)*at < 0x20 || *at == 0x7F) *at = '?';
  fprintf(stderr, "presskit: %s\nTry 'presskit %s%s--help'.\n", text, name ? name : "", name ? " " : "");
  return EXIT_USAGE;
}

char *suggest(const char *word, const char *prefix, const char *const *names) {
  const char *nearest = presskit_nearest(word, names);
  if (nearest) return g_strdup_printf("'%s%s'; did you mean '%s%s'?", prefix, word, prefix, nearest);
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  return g_strdup_printf("'%s%s'; there are: %s", prefix, word, all);
}

/* ---- values ------------------------------------------------------------------- */

static void *field_of(settings *given, const option *o) {
  return (char *)given + o->at;
}

static bool set_choice(const command *of, const option *o, const char *value, settings *given) {
  for (int i = 0; o->choices[i]; i++) {
    if (strcmp(o->choices[i], value) != 0) continue;
    *(int *)field_of(given, o) = i;
    return true;
  }
  g_autofree char *what = suggest(value, "", o->choices);
  usage_error(of->name, "--%s does not take %s", o->name, what);
  return false;
}

static bool set_number(const command *of, const option *o, const char *value, settings *given) {
  char *end;
  double number = g_ascii_strtod(value, &end);
  if (end == value || *end || !(number >= o->min && number <= o->max)) {
    usage_error(of->name, "--%s takes a number from %g to %g, not '%s'", o->name, o->min, o->max, value);
    return false;
  }
  *(double *)field_of(given, o) = number;
  return true;
}

static bool set_value(const command *of, const option *o, const char *value, settings *given) {
  switch (o->kind) {
  case OPTION_FLAG: *(bool *)field_of(given, o) = true; return true;
  case OPTION_TEXT:
    if (!*value) {
      usage_error(of->name, "--%s has an empty value", o->name);
      return false;
    }
    *(const char **)field_of(given, o) = value;
    return true;
  case OPTION_CHOICE: return set_choice(of, o, value, given);
  case OPTION_NUMBER: return set_number(of, o, value, given);
  }
  return false;
}

/* ---- options ------------------------------------------------------------------ */

static void raise_unknown_option(const command *of, const char *name) {
  const char **names = g_new0(const char *, of->option_count + 2);
  for (size_t i = 0; i < of->option_count; i++) names[i] = of->options[i].name;
  names[of->option_count] = help_option.name;
  const char *nearest = presskit_nearest(name, names);
  if (nearest)
    usage_error(of->name, "unknown option '--%s'; did you mean '--%s'?", name, nearest);
  else
    usage_error(of->name, "unknown option '--%s'", name);
  g_free(names);
}

static const option *find_long(const command *of, const char *name) {
  for (size_t i = 0; i < of->option_count; i++)
    if (strcmp(of->options[i].name, name) == 0) return &of->options[i];
  return strcmp(name, help_option.name) == 0 ? &help_option : NULL;
}

static const option *find_letter(const command *of, char letter) {
  for (size_t i = 0; i < of->option_count; i++)
    if (of->options[i].letter == letter) return &of->options[i];
  return letter == help_option.letter ? &help_option : NULL;
}

typedef struct {
  const command *of;
  char **argv;
  int argc, at;
  settings *given;
} reader;

/* The value that stands in the next word, or NULL, which it has said. */
static const char *next_value(reader *r, const option *o) {
  if (o->kind == OPTION_FLAG) return "";
  if (r->at < r->argc) return r->argv[r->at++];
  usage_error(r->of->name, "--%s needs a value", o->name);
  return NULL;
}

static bool read_long(reader *r, const char *word) {
  const char *equals = strchr(word, '=');
  g_autofree char *name = equals ? g_strndup(word, (size_t)(equals - word)) : g_strdup(word);
  const option *o = find_long(r->of, name);
  if (!o) {
    raise_unknown_option(r->of, name);
    return false;
  }
  if (equals && o->kind == OPTION_FLAG) {
    usage_error(r->of->name, "--%s takes no value", o->name);
    return false;
  }
  const char *value = equals ? equals + 1 : next_value(r, o);
  return value && set_value(r->of, o, value, r->given);
}

/* "-o FILE", "-oFILE" or flags together, "-qh". */
static bool read_letters(reader *r, const char *letters) {
  for (; *letters; letters++) {
    const option *o = find_letter(r->of, *letters);
    if (!o) {
      usage_error(r->of->name, "unknown option '-%c'", *letters);
      return false;
    }
    bool takes_rest = o->kind != OPTION_FLAG && letters[1];
    const char *value = takes_rest ? letters + 1 : next_value(r, o);
    if (!value || !set_value(r->of, o, value, r->given)) return false;
    if (takes_rest) return true;
  }
  return true;
}

static bool check_arguments(const command *of, const settings *given) {
  if (given->has_help) return true;
  if (given->argument_count < of->least) {
    usage_error(of->name, "%s is missing", of->arguments);
    return false;
  }
  if (given->argument_count > of->most) {
    usage_error(of->name, "'%s' is one argument too many", given->arguments[of->most]);
    return false;
  }
  if (!of->choices || given->argument_count == 0 || g_strv_contains(of->choices, given->arguments[0])) return true;
  g_autofree char *what = suggest(given->arguments[0], "", of->choices);
  usage_error(of->name, "there is no %s", what);
  return false;
}

bool options_read(const command *of, int argc, char **argv, settings *given) {
  *given = (settings){.format = -1,
                      .edition = -1,
                      .dump = -1,
                      .diagnostics = -1,
                      .scheme = -1,
                      .duplex = -1,
                      .fold = -1,
                      .blanks = -1,
                      .up = -1};
  given->arguments = g_new0(const char *, (size_t)argc + 1);
  reader r = {.of = of, .argv = argv, .argc = argc, .given = given};
  bool is_ended = false, is_good = true;
  while (is_good && r.at < argc) {
    const char *word = argv[r.at++];
    if (is_ended || word[0] != '-' || !word[1])
      given->arguments[given->argument_count++] = word;
    else if (strcmp(word, "--") == 0)
      is_ended = true;
    else
      is_good = word[1] == '-' ? read_long(&r, word + 2) : read_letters(&r, word + 1);
  }
  return is_good && check_arguments(of, given);
}
