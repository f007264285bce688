/* What an office file says: who publishes. Plain, frozen data. */
#ifndef PK_SPEC_OFFICE_H
#define PK_SPEC_OFFICE_H

#include "spec/text.h"

typedef struct {
  const char *key; /* "media": what an article's `contact:` names */
  pk_span span;
  pk_text title, name;
  const pk_text *address;
  size_t address_count;
  pk_text phone, mobile, email, web, hours;
} pk_contact;

typedef struct {
  const pk_source *source;
  const char *path, *folder;
  pk_text name, short_name, parent; /* parent: the body it belongs to */
  const pk_text *address;
  size_t address_count;
  pk_text phone, email, web, social;
  const char *logo; /* absolute path or NULL */
  pk_span logo_span;
  const char *logo_reversed; /* for a dark ground: absolute path or NULL */
  pk_span logo_reversed_span;
  pk_text boilerplate_title, boilerplate;
  const pk_contact *contacts;
  size_t contact_count;
} pk_office;

const pk_contact *pk_office_contact(const pk_office *office, const char *key);

#endif
