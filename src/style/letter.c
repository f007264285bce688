/* What a letter has beside its text: whom it is to, number and date, who signs,
 * what is enclosed. */
#include "style/compose.h"

/* One unit made of pieces; its style is `name`, or that of contacts where the layout
 * has none of that name. */
typedef struct {
  pk_composer *composer;
  pk_role role;
  const char *name;
  pk_text_builder builder;
} letter_unit;

static letter_unit open_unit(pk_composer *composer, pk_role role, const char *style) {
  pk_cascade *cascade = composer->cascade;
  letter_unit unit = {.composer = composer, .role = role};
  unit.name = pk_layout_style(cascade->layout, style) ? style : "contact";
  pk_text_builder_open(&unit.builder, cascade, pk_cascade_style(cascade, unit.name));
  return unit;
}

static void add(letter_unit *unit, const char *words, pk_span span) {
  pk_text_builder_plain(&unit->builder, words, unit->builder.style, NULL, span);
}

static void add_line(letter_unit *unit, const char *words, pk_span span) {
  if (!words || !*words) return;
  if (unit->builder.text->len) add(unit, "\n", span);
  add(unit, words, span);
}

/* "Our ref.: ", in the character style `style` if the layout has it. */
static void add_label(letter_unit *unit, pk_label label, const char *style, pk_span span) {
  pk_cascade *cascade = unit->composer->cascade;
  const char *words = pk_style_label(cascade->job, unit->composer->document, label);
  words = pk_arena_printf(cascade->job->arena, "%s%s:", unit->builder.text->len ? "\n" : "", words);
  pk_text_builder_plain(&unit->builder, words, pk_cascade_overlay(cascade, unit->builder.style, style), NULL, span);
  add(unit, " ", span);
}

static pk_unit_block *close_unit(letter_unit *unit, pk_span span) {
  pk_styled_text text = pk_text_builder_close(&unit->builder);
  if (!text.size) return NULL;
  pk_unit_block *block = pk_compose_unit(unit->composer, unit->role, unit->name, span);
  block->text = text;
  return block;
}

static void compose_recipient(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  letter_unit unit = open_unit(composer, PK_ROLE_RECIPIENT, "recipient");
  for (size_t i = 0; i < article->recipient_count; i++) add_line(&unit, article->recipient[i], article->recipient_span);
  close_unit(&unit, article->recipient_span);
}

/* Number, then place and day. */
static void compose_reference(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  letter_unit unit = open_unit(composer, PK_ROLE_REFERENCE, "reference");
  if (article->reference.text && *article->reference.text) {
    add_label(&unit, PK_LABEL_REFERENCE, "reference-label", article->reference.span);
    add(&unit, article->reference.text, article->reference.span);
  }
  pk_arena *arena = composer->cascade->job->arena;
  const char *place = article->place.text, *date = NULL;
  if (article->date.is_given) date = pk_language_date(arena, article->lang, article->date, PK_DATE_LONG);
  const char *line = place && date ? pk_arena_printf(arena, "%s, %s", place, date) : place ? place : date;
  add_line(&unit, line, article->dateline_span);
  close_unit(&unit, article->reference.text ? article->reference.span : article->dateline_span);
}

static void compose_signature(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  pk_cascade *cascade = composer->cascade;
  if (!article->signed_by.text) return;
  int group = ++composer->groups;
  const char *words = article->closing.text;
  if (!words) words = pk_style_label(cascade->job, composer->document, PK_LABEL_CLOSING);
  letter_unit closing = open_unit(composer, PK_ROLE_CLOSING, "closing");
  add(&closing, words, article->closing.text ? article->closing.span : article->signed_by.span);
  pk_unit_block *unit = close_unit(&closing, article->signed_by.span);
  if (unit) unit->group = group;
  letter_unit signature = open_unit(composer, PK_ROLE_SIGNATURE, "signature");
  add(&signature, article->signed_by.text, article->signed_by.span);
  if (article->signed_as.text && *article->signed_as.text) {
    const pk_style *style = pk_cascade_overlay(cascade, signature.builder.style, "signature-title");
    words = pk_arena_printf(cascade->job->arena, "\n%s", article->signed_as.text);
    pk_text_builder_plain(&signature.builder, words, style, NULL, article->signed_as.span);
  }
  unit = close_unit(&signature, article->signed_by.span);
  if (unit) unit->group = group;
}

static void compose_enclosures(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  letter_unit unit = open_unit(composer, PK_ROLE_ENCLOSURES, "enclosures");
  bool is_first = true;
  for (size_t i = 0; i < article->enclosure_count; i++) {
    if (!*article->enclosures[i]) continue;
    if (is_first)
      add_label(&unit, PK_LABEL_ENCLOSURES, "enclosures-label", article->enclosures_span);
    else
      add(&unit, "; ", article->enclosures_span);
    add(&unit, article->enclosures[i], article->enclosures_span);
    is_first = false;
  }
  close_unit(&unit, article->enclosures_span);
}

void pk_compose_letter(pk_composer *composer, pk_part part) {
  switch (part) {
  case PK_PART_RECIPIENT: compose_recipient(composer); break;
  case PK_PART_REFERENCE: compose_reference(composer); break;
  case PK_PART_SIGNATURE: compose_signature(composer); break;
  default: compose_enclosures(composer); break;
  }
}
