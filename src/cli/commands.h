/* The commands. Each returns the exit status. */
#ifndef PK_CLI_COMMANDS_H
#define PK_CLI_COMMANDS_H

#include <presskit/presskit.h>

#include "options.h"

/* Names of the choices, in the order of the enumerators of the library. */
extern const char *const format_names[];
extern const char *const edition_names[];
extern const char *const dump_names[];
extern const char *const diagnostics_names[];
extern const char *const listing_names[];
extern const char *const new_names[];
extern const char *const scheme_names[];
extern const char *const duplex_names[];
extern const char *const fold_names[];
extern const char *const blanks_names[];
extern const char *const up_names[];
extern const char *const cache_names[];

int command_render(const settings *given);
int command_batch(const settings *given);
int command_check(const settings *given);
int command_cache(const settings *given);
int command_impose(const settings *given);
int command_new(const settings *given);
int command_preflight(const settings *given);
int command_report(const settings *given);
int command_separations(const settings *given);
int command_list_what(const settings *given);
int command_schema(const settings *given);
int command_explain(const settings *given);
int command_help(const settings *given);

/* The diagnostics of `result` on stderr, as the options want them. */
void print_diagnostics(presskit_result *result, const settings *given);

/* The end of a check of files: the diagnostics and a line that counts them. Drops
 * both; returns the exit status. */
int end_checks(presskit_engine *engine, presskit_result *result, const settings *given);

/* Prints the help of the program, or of one command. */
void help_print(const command *of);

#endif
