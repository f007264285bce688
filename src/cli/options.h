/* The command line as data: commands, their options, their help. */
#ifndef PK_CLI_OPTIONS_H
#define PK_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { EXIT_USAGE = 2 };

/* What the options of all commands say. Strings point into argv. */
typedef struct {
  const char *layout, *office, *printer, *output, *pages;
  int format, edition, dump, diagnostics; /* index of the choice; -1: not given */
  double dpi;                             /* 0: not given */
  const char *report;                     /* of batch and preflight */
  const char *annotate;                   /* of preflight */
  const char *sheet, *paper, *gutter;     /* of impose */
  int scheme, duplex, fold, blanks, up;   /* of impose: index of the choice; -1: not given */
  bool repeats, fits, has_no_marks;       /* of impose */
  const char *only, *shard;               /* of batch */
  double jobs;                            /* of batch; 0: not given */
  bool is_forced, is_dry_run, is_zipped;  /* of batch */
  bool is_strict, is_quiet, is_markdown, has_help;
  const char **arguments; /* what is no option */
  size_t argument_count;
} settings;

typedef enum { OPTION_FLAG, OPTION_TEXT, OPTION_CHOICE, OPTION_NUMBER } option_kind;

typedef struct {
  const char *name; /* without the dashes */
  char letter;      /* or 0 */
  option_kind kind;
  size_t at;                  /* of the field of settings: bool, const char *, int, double */
  const char *value;          /* as help names it; NULL for flags and choices */
  const char *const *choices; /* NULL-terminated */
  double min, max;            /* OPTION_NUMBER */
  const char *doc;            /* a line */
} option;

typedef struct {
  const char *name;
  const char *arguments; /* "ARTICLE" */
  const char *summary;   /* a line */
  const char *details;   /* a paragraph or NULL */
  const char *example;   /* lines, indented */
  const option *options;
  size_t option_count;
  size_t least, most;         /* number of arguments */
  const char *const *choices; /* of the first argument, or NULL */
  int (*run)(const settings *given);
} command;

/* All commands, `count` of them. */
const command *command_list(size_t *count);

/* The command of this name, or NULL. */
const command *command_find(const char *name);

/* Reads `argv` (without the program and the command) by the command's tables.
 * Returns false when something is wrong, which it has said. `given->arguments`
 * is freed with g_free(). */
bool options_read(const command *of, int argc, char **argv, settings *given);

/* Says on stderr what is wrong with the use of the program, and how to learn
 * more. `name` is the command, or NULL. Returns EXIT_USAGE. */
int usage_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "'WORD'; did you mean 'NEAREST'?" or, with no near name, "'WORD'; ALL": owned
 * by the caller, freed with g_free(). */
char *suggest(const char *word, const char *prefix, const char *const *names);

#endif
