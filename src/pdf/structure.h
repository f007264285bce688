/* The structure tree of a tagged PDF.
 *
 *   pk_pdf_structure_new -> for each page: pk_pdf_structure_mark (each stretch of
 *   content), pk_pdf_structure_link (each link), pk_pdf_structure_page
 *   -> pk_pdf_structure_write */
#ifndef PK_PDF_STRUCTURE_H
#define PK_PDF_STRUCTURE_H

#include "pdf/file.h"

typedef struct pk_pdf_structure pk_pdf_structure;

pk_pdf_structure *pk_pdf_structure_new(pk_pdf_file *file);
void pk_pdf_structure_drop(pk_pdf_structure *structure);

/* A stretch of content begins on `page` (its place among those written) with
 * `draw`, whose tag is not 0. Returns its number there (MCID). */
int pk_pdf_structure_mark(pk_pdf_structure *structure, const pk_draw *draw, size_t page);

/* `annotation` (indirect, taken over) on `page` belongs to `tag`, a link. */
void pk_pdf_structure_link(pk_pdf_structure *structure, uint32_t tag, size_t page, qpdf_oh annotation);

/* Sets what a page says of itself. */
void pk_pdf_structure_page(const pk_pdf_structure *structure, qpdf_oh object, size_t page);

/* Writes the tree into the catalogue. Tags without content on the `count` pages
 * are left out. */
void pk_pdf_structure_write(pk_pdf_structure *structure, const qpdf_oh *pages, size_t count);

#endif
