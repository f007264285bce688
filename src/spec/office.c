#include "spec/office.h"

#include <string.h>

#include "spec/load.h"
#include "spec/spec.h"
#include "spec/tables.h"
#include "spec/values.h"

#define OFFICE(member) PK_AT(pk_office, member)
#define CONTACT(member) PK_AT(pk_contact, member)

static const pk_field contact_fields[] = {
    {"title", PK_FIELD_TEXT, "What the contact is for: \"Media\".", .at = CONTACT(title)},
    {"name", PK_FIELD_TEXT, "A person or a section.", .at = CONTACT(name)},
    {"address", PK_FIELD_TEXTS, "The address, line by line.", .at = CONTACT(address),
     .count_at = CONTACT(address_count)},
    {"phone", PK_FIELD_TEXT, "Telephone.", .at = CONTACT(phone)},
    {"mobile", PK_FIELD_TEXT, "Mobile telephone.", .at = CONTACT(mobile)},
    {"email", PK_FIELD_TEXT, "E-mail address.", .at = CONTACT(email)},
    {"web", PK_FIELD_TEXT, "Web address.", .at = CONTACT(web)},
    {"hours", PK_FIELD_TEXT, "When the contact answers.", .at = CONTACT(hours)},
};

static const pk_fields contact_table = {
    .name = "contact",
    .doc = "Whom a reader may ask. An article names it by its key: `contact: media`.",
    .fields = contact_fields,
    .count = G_N_ELEMENTS(contact_fields),
    .size = sizeof(pk_contact),
    .key_at = CONTACT(key),
    .span_at = CONTACT(span),
};

static const pk_field boilerplate_fields[] = {
    {"title", PK_FIELD_TEXT, "Its heading.", .at = OFFICE(boilerplate_title), .fallback_doc = "\"About\" and the name"},
    {"text", PK_FIELD_TEXT, "The paragraph itself.", .at = OFFICE(boilerplate), .is_required = true},
};

static const pk_fields boilerplate_table = {
    .name = "boilerplate",
    .doc = "The paragraph about the office that ends a release. A text alone is its text.",
    .fields = boilerplate_fields,
    .count = G_N_ELEMENTS(boilerplate_fields),
    .size = sizeof(pk_office),
    .scalar = "text",
};

static const pk_field office_fields[] = {
    {"presskit", PK_FIELD_CUSTOM, "What the file is: office/1.", .is_required = true, .read = pk_value_accept,
     .type_doc = "`office/1`", .schema = "{\"const\":\"office/1\"}"},
    {"name", PK_FIELD_TEXT, "The name of the office.", .at = OFFICE(name), .is_required = true},
    {"short-name", PK_FIELD_TEXT, "A shorter name, for running heads.", .at = OFFICE(short_name),
     .fallback_doc = "the name"},
    {"parent", PK_FIELD_TEXT, "The body that the office belongs to.", .at = OFFICE(parent)},
    {"address", PK_FIELD_TEXTS, "The address, line by line.", .at = OFFICE(address), .count_at = OFFICE(address_count)},
    {"phone", PK_FIELD_TEXT, "Telephone.", .at = OFFICE(phone)},
    {"email", PK_FIELD_TEXT, "E-mail address.", .at = OFFICE(email)},
    {"web", PK_FIELD_TEXT, "Web address.", .at = OFFICE(web)},
    {"social", PK_FIELD_TEXT, "Name on social networks.", .at = OFFICE(social)},
    {"logo", PK_FIELD_CUSTOM, "The logo: an SVG, PNG or JPEG file beside this one.", .at = OFFICE(logo),
     .span_at = OFFICE(logo_span), .read = pk_value_read_file, .fallback_doc = "none", .type_doc = "file name",
     .schema = "{\"type\":\"string\",\"minLength\":1}"},
    {"logo-reversed", PK_FIELD_CUSTOM, "The logo for a dark ground.", .at = OFFICE(logo_reversed),
     .span_at = OFFICE(logo_reversed_span), .read = pk_value_read_file, .fallback_doc = "none", .type_doc = "file name",
     .schema = "{\"type\":\"string\",\"minLength\":1}"},
    {"boilerplate", PK_FIELD_STRUCT, "The paragraph about the office that ends a release.", .is_flat = true,
     .table = &boilerplate_table},
    {"contacts", PK_FIELD_MAP, "Whom a reader may ask, by keys of your own.", .at = OFFICE(contacts),
     .count_at = OFFICE(contact_count), .table = &contact_table},
};

const pk_fields pk_office_fields = {
    .name = "office",
    .doc = "Who publishes: names, address, contacts, logo.",
    .fields = office_fields,
    .count = G_N_ELEMENTS(office_fields),
    .size = sizeof(pk_office),
};

const pk_contact *pk_office_contact(const pk_office *office, const char *key) {
  for (size_t i = 0; i < office->contact_count; i++)
    if (strcmp(office->contacts[i].key, key) == 0) return &office->contacts[i];
  return NULL;
}

pk_status pk_office_build(pk_job *job, const char *path, const pk_office **out) {
  const pk_node *node = NULL;
  pk_status status = pk_spec_load(job, path, "office", PK_SPAN_NONE, &node);
  if (status != PK_OK) return status;
  pk_office *office = PK_NEW(job->arena, pk_office);
  office->source = node->span.source;
  office->path = office->source->path;
  g_autofree char *folder = g_path_get_dirname(path);
  office->folder = pk_arena_strdup(job->arena, folder);
  status = pk_fields_read(job, &pk_office_fields, node, office);
  if (status == PK_OK) *out = office;
  return status;
}
