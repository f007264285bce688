/* The objects around the pages' content: boxes, links, catalogue, metadata. */
#ifndef PK_PDF_PAGE_H
#define PK_PDF_PAGE_H

#include "pdf/structure.h"

/* ---- box.c: page boxes --------------------------------------------------- */

/* Where the trim's upper left corner lies in PDF coordinates. */
void pk_pdf_box_origin(const pk_pdf_file *file, pk_length *left, pk_length *top);

/* marks.c: how wide the strip for marks around the bleed is; 0 where there are none. */
pk_length pk_pdf_marks_room(const pk_pdf_file *file);

/* Sets MediaBox, TrimBox and, for the press, BleedBox. */
void pk_pdf_box_set(pk_pdf_file *file, qpdf_oh page);

/* ---- link.c -------------------------------------------------------------- */

/* The annotations for the links of a page, or 0. A link of a kind that is not
 * let into a PDF is a warning. `structure` (or NULL) is told of each; `number` is
 * the page's place among those written. */
qpdf_oh pk_pdf_link_annotations(pk_pdf_file *file, pk_pdf_structure *structure, const pk_list_page *page,
                                size_t number);

/* ---- catalog.c ----------------------------------------------------------- */

/* The page tree and all that the catalogue says: language, outline, labels, how
 * to show the file. `pages[i]` is the object of page `numbers[i]` of the list; SIZE_MAX
 * is a blank one. */
void pk_pdf_catalog_set(pk_pdf_file *file, const qpdf_oh *pages, const size_t *numbers, size_t count);

/* ---- names.c ------------------------------------------------------------- */

/* A name tree with the `count` pairs of `pairs` (name, value, name, value ...), which
 * stand in the order of their names. Takes `pairs` over. */
qpdf_oh pk_pdf_name_tree(pk_pdf_file *file, qpdf_oh pairs);

/* The same as an entry of the catalogue's /Names. */
void pk_pdf_names_add(pk_pdf_file *file, const char *key, qpdf_oh pairs);

/* ---- attach.c ------------------------------------------------------------ */

/* Whether the file carries the articles that it was made of: then it is PDF/A-3a. */
bool pk_pdf_has_sources(const pk_pdf_file *file);

/* Puts them into the file, if so. */
void pk_pdf_attach(pk_pdf_file *file);

/* [page /XYZ null y null]: `y` as in the list. */
qpdf_oh pk_pdf_destination(pk_pdf_file *file, qpdf_oh page, pk_length y);

/* The named destinations of the pages that are written. */
void pk_pdf_names_set(pk_pdf_file *file, const qpdf_oh *pages, const size_t *numbers, size_t count);

/* ---- srgb.c -------------------------------------------------------------- */

/* The output intent of screen colours. */
void pk_pdf_srgb_set(pk_pdf_file *file);

/* ---- metadata.c ---------------------------------------------------------- */

/* Info and XMP, which say the same. */
void pk_pdf_metadata_set(pk_pdf_file *file);

/* The date of the document, as PDF writes dates. Free with g_free(). */
char *pk_pdf_date(const pk_pdf_file *file);

#endif
