/* The field tables of layouts, offices, printers, kits and books. Of this module only. */
#ifndef PK_SPEC_TABLES_H
#define PK_SPEC_TABLES_H

#include "spec/book.h"
#include "spec/fields.h"
#include "spec/kit.h"
#include "spec/layout.h"
#include "spec/office.h"
#include "spec/printer.h"

extern const pk_fields pk_layout_fields;  /* fills a pk_layout */
extern const pk_fields pk_style_fields;   /* fills a pk_style_spec */
extern const pk_fields pk_rule_fields;    /* fills a pk_rule_spec */
extern const pk_fields pk_master_fields;  /* fills a pk_master_spec */
extern const pk_fields pk_office_fields;  /* fills a pk_office */
extern const pk_fields pk_printer_fields; /* fills a pk_printer */
extern const pk_fields pk_kit_fields;     /* fills a pk_kit */
extern const pk_fields pk_book_fields;    /* fills a pk_book */

/* The parts of `flow:`, by pk_part; NULL-terminated. */
extern const char *const pk_part_names[];

#endif
