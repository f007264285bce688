/* The commands. Each returns the exit status. */
#ifndef PK_CLI_COMMANDS_H
#define PK_CLI_COMMANDS_H

#include "options.h"

/* Names of the choices, in the order of the enumerators of the library. */
extern const char *const format_names[];
extern const char *const edition_names[];
extern const char *const dump_names[];
extern const char *const diagnostics_names[];
extern const char *const listing_names[];

int command_render(const settings *given);
int command_list_what(const settings *given);
int command_schema(const settings *given);
int command_explain(const settings *given);
int command_help(const settings *given);

/* Prints the help of the program, or of one command. */
void help_print(const command *of);

#endif
