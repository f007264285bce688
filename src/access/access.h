/* What keeps people out of a document who hear it, or see it badly (WCAG 2.1, AA).
 *
 * In:  an article; its pages. Out: diagnostics at the line of the article or of the
 *      layout that is to blame. Pictures and empty links, which have no one to read
 *      them whatever the layout, are told by article/ already. Nothing here fails. */
#ifndef PK_ACCESS_H
#define PK_ACCESS_H

#include "page/page.h"

/* Headings, tables, words of links, and words whose language is not told. */
void pk_access_article(pk_job *job, const pk_article *article);

/* Type against what lies under it, by the screen colours of the inks. */
void pk_access_pages(pk_job *job, const pk_pages *pages);

/* ---- words.c -------------------------------------------------------------- */

/* Notes words of `text` in another script or language that is not declared. */
void pk_access_words(pk_job *job, const pk_article *article, const pk_rich_text *text);

#endif
