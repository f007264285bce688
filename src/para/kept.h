/* Lines that another document of the run has set alike. Private to the modules
 * that set text. */
#ifndef PK_PARA_KEPT_H
#define PK_PARA_KEPT_H

#include "para/para.h"

/* A question to the store of the run, and what to do with the answer. */
typedef struct {
  pk_digest key;
  bool is_wanted;
} pk_lines_question;

/* The lines that pk_para_build() and pk_para_break() would make of `text`; NULL if
 * they are not known, or the run has no store. The answer lasts as long as the
 * job. */
const pk_lines *pk_lines_find(pk_job *job, const pk_styled_text *text, pk_line_shape shape,
                              const pk_break_options *options, pk_lines_question *asked);

/* Keeps the answer that `para` gave, if it is wanted and setting it raised nothing. */
void pk_lines_keep(pk_job *job, const pk_lines_question *asked, const pk_para *para, const pk_lines *lines);

/* The same for a choice of pk_para_first(): `firsts` are the texts of its settings. */
bool pk_first_find(pk_job *job, const pk_styled_text *text, pk_line_shape shape, const pk_styled_text *const *firsts,
                   size_t count, pk_lines_question *asked, pk_first_choice *out);
void pk_first_keep(pk_job *job, const pk_lines_question *asked, const pk_para *para, pk_first_choice choice);

#endif
