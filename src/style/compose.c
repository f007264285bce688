/* The article, the office and the layout -> the document's units, in the order
 * of the layout's `flow:`. */
#include "style/compose.h"

#include <string.h>

#include "style/local.h"

pk_unit_block *pk_compose_unit(pk_composer *composer, pk_role role, const char *style, pk_span source) {
  pk_unit_block unit = {.role = role, .style = pk_cascade_style(composer->cascade, style), .source = source};
  unit.text = (pk_styled_text){.text = "", .style = unit.style, .lang = composer->cascade->lang};
  g_array_append_val(composer->units, unit);
  return &g_array_index(composer->units, pk_unit_block, composer->units->len - 1);
}

void pk_compose_plain(pk_composer *composer, pk_role role, const char *style, const char *text, pk_span source) {
  if (!text || !*text) return;
  pk_unit_block *unit = pk_compose_unit(composer, role, style, source);
  pk_text_builder builder;
  pk_text_builder_open(&builder, composer->cascade, unit->style);
  pk_text_builder_plain(&builder, text, unit->style, NULL, source);
  unit->text = pk_text_builder_close(&builder);
}

/* `template` with each "%s" replaced by the next of `values`. */
static const char *fill_label(pk_arena *arena, const char *template, const char *const *values) {
  g_autoptr(GString) filled = g_string_new(NULL);
  for (const char *at = template; *at;) {
    if (at[0] == '%' && at[1] == 's' && *values) {
      g_string_append(filled, *values++);
      at += 2;
    } else {
      g_string_append_c(filled, *at++);
    }
  }
  return pk_arena_strdup(arena, filled->str);
}

static const char *label(pk_composer *composer, pk_label which) {
  return pk_style_label(composer->cascade->job, composer->document, which);
}

static void compose_release(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  pk_arena *arena = composer->cascade->job->arena;
  const char *line = NULL;
  if (article->embargo.is_given) {
    const char *until = pk_language_date(arena, article->lang, article->embargo, PK_DATE_TIME);
    line = fill_label(arena, label(composer, PK_LABEL_EMBARGO), (const char *const[]){until, NULL});
  } else if (article->is_immediate) {
    line = label(composer, PK_LABEL_IMMEDIATE_RELEASE);
  }
  pk_compose_plain(composer, PK_ROLE_RELEASE, "release", line, article->release_span);
}

static void compose_published(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  pk_arena *arena = composer->cascade->job->arena;
  if (!article->published_outlet.text) return;
  const char *date = article->published_date.is_given
                         ? pk_language_date(arena, article->lang, article->published_date, PK_DATE_LONG)
                         : NULL;
  const char *line = fill_label(arena, label(composer, PK_LABEL_PUBLISHED),
                                (const char *const[]){article->published_outlet.text, date ? date : "", NULL});
  pk_compose_plain(composer, PK_ROLE_PUBLISHED, "published", line, article->published_outlet.span);
}

/* What stands between blank lines is a paragraph each. */
static void compose_boilerplate(pk_composer *composer) {
  pk_cascade *cascade = composer->cascade;
  const pk_office *office = cascade->office;
  const pk_meta_text *own = &cascade->article->boilerplate; /* goes before the office's */
  if (!own->text && (!office || !pk_text_is_given(&office->boilerplate))) return;
  pk_span title_span = PK_SPAN_NONE, text_span = own->span;
  const char *title = NULL, *name = NULL, *text = own->text;
  if (office) title = pk_local_text(cascade->job, &office->boilerplate_title, cascade->lang, &title_span);
  if (!text) text = pk_local_text(cascade->job, &office->boilerplate, cascade->lang, &text_span);
  if (office) name = pk_local_text(cascade->job, &office->name, cascade->lang, NULL);
  if (!title)
    title =
        fill_label(cascade->job->arena, label(composer, PK_LABEL_ABOUT), (const char *const[]){name ? name : "", NULL});
  pk_compose_plain(composer, PK_ROLE_LABEL, "label", title, title_span);
  g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
  for (char **paragraph = paragraphs; *paragraph; paragraph++) {
    g_strdelimit(g_strstrip(*paragraph), "\n", ' ');
    pk_compose_plain(composer, PK_ROLE_BOILERPLATE, "boilerplate", *paragraph, text_span);
  }
}

static const pk_contact *find_contact(pk_composer *composer) {
  const pk_office *office = composer->cascade->office;
  const pk_meta_text *wanted = &composer->cascade->article->contact;
  if (!office || !office->contact_count) return NULL;
  if (!wanted->text) return &office->contacts[0];
  const pk_contact *contact = pk_office_contact(office, wanted->text);
  if (contact) return contact;
  pk_diag *diag = composer->cascade->job->diag;
  pk_diagnostic *error =
      pk_diag_add(diag, PK_CODE_CONTACT_UNKNOWN, wanted->span, "the office has no contact '%s'", wanted->text);
  g_autofree const char **keys = g_new0(const char *, office->contact_count);
  for (size_t i = 0; i < office->contact_count; i++) keys[i] = office->contacts[i].key;
  const char *nearest = pk_diag_nearest(wanted->text, keys, office->contact_count);
  pk_diag_hint(diag, error, nearest ? "did you mean '%s'?" : "the office has '%s'", nearest ? nearest : keys[0]);
  pk_diag_related(diag, error, office->contacts[0].span, "the contacts of the office");
  return NULL;
}

/* A contact is one unit of short lines. */
typedef struct {
  pk_composer *composer;
  pk_text_builder builder;
} contact_lines;

/* `line_label` -1: none. `scheme` makes the words a link; NULL: none. */
static void add_line(contact_lines *lines, int line_label, const char *words, pk_span span, const char *scheme) {
  pk_cascade *cascade = lines->composer->cascade;
  if (!words || !*words) return;
  pk_text_builder *builder = &lines->builder;
  if (builder->text->len) pk_text_builder_plain(builder, "\n", builder->style, NULL, span);
  if (line_label >= 0) {
    pk_text_builder_plain(builder, label(lines->composer, (pk_label)line_label), builder->style, NULL, span);
    pk_text_builder_plain(builder, ": ", builder->style, NULL, span);
  }
  const char *href = NULL;
  if (scheme) href = strstr(words, "://") ? words : pk_arena_printf(cascade->job->arena, "%s%s", scheme, words);
  const pk_style *style = pk_cascade_run_style(cascade, builder->style, 0, href != NULL);
  pk_text_builder_plain(builder, words, style, href, span);
}

static void add_contact_line(contact_lines *lines, int line_label, const pk_text *text, const char *scheme) {
  pk_cascade *cascade = lines->composer->cascade;
  pk_span span = PK_SPAN_NONE;
  const char *words = pk_local_text(cascade->job, text, cascade->lang, &span);
  add_line(lines, line_label, words, span, scheme);
}

static void add_address(contact_lines *lines, const pk_contact *contact) {
  pk_cascade *cascade = lines->composer->cascade;
  for (size_t i = 0; i < contact->address_count; i++) {
    pk_span span = PK_SPAN_NONE;
    const char *words = pk_local_line(cascade->job, contact->address, contact->address_count, i, cascade->lang, &span);
    add_line(lines, -1, words, span, NULL);
  }
}

static void compose_contact(pk_composer *composer) {
  const pk_contact *contact = find_contact(composer);
  if (!contact) return;
  pk_cascade *cascade = composer->cascade;
  pk_span span = contact->span;
  const char *title = pk_local_text(cascade->job, &contact->title, cascade->lang, &span);
  pk_compose_plain(composer, PK_ROLE_LABEL, "label", title ? title : label(composer, PK_LABEL_CONTACT), span);
  contact_lines lines = {.composer = composer};
  pk_text_builder_open(&lines.builder, cascade, pk_cascade_style(cascade, "contact"));
  add_contact_line(&lines, -1, &contact->name, NULL);
  add_address(&lines, contact);
  add_contact_line(&lines, PK_LABEL_PHONE, &contact->phone, NULL);
  add_contact_line(&lines, PK_LABEL_MOBILE, &contact->mobile, NULL);
  add_contact_line(&lines, PK_LABEL_EMAIL, &contact->email, "mailto:");
  add_contact_line(&lines, PK_LABEL_WEB, &contact->web, "https://");
  add_contact_line(&lines, -1, &contact->hours, NULL);
  pk_styled_text text = pk_text_builder_close(&lines.builder);
  if (text.size) pk_compose_unit(composer, PK_ROLE_CONTACT, "contact", contact->span)->text = text;
}

static void compose_meta(pk_composer *composer, pk_role role, const char *style, const pk_meta_text *meta) {
  pk_compose_plain(composer, role, style, meta->text, meta->span);
}

static void compose_part(pk_composer *composer, pk_part part) {
  const pk_article *article = composer->cascade->article;
  switch (part) {
  case PK_PART_RELEASE: compose_release(composer); break;
  case PK_PART_KICKER: compose_meta(composer, PK_ROLE_KICKER, "kicker", &article->kicker); break;
  case PK_PART_HEADLINE: compose_meta(composer, PK_ROLE_HEADLINE, "headline", &article->headline); break;
  case PK_PART_SUBHEAD: compose_meta(composer, PK_ROLE_SUBHEAD, "subhead", &article->subhead); break;
  case PK_PART_BYLINE: compose_meta(composer, PK_ROLE_BYLINE, "byline", &article->credit); break;
  case PK_PART_BODY: pk_compose_body(composer); break;
  case PK_PART_END_MARK:
    pk_compose_plain(composer, PK_ROLE_END_MARK, "end-mark", label(composer, PK_LABEL_END), PK_SPAN_NONE);
    break;
  case PK_PART_PUBLISHED: compose_published(composer); break;
  case PK_PART_NOTES: pk_compose_notes(composer); break;
  case PK_PART_BOILERPLATE: compose_boilerplate(composer); break;
  case PK_PART_CONTACT: compose_contact(composer); break;
  case PK_PART_RECIPIENT:
  case PK_PART_REFERENCE:
  case PK_PART_SIGNATURE:
  case PK_PART_ENCLOSURES: pk_compose_letter(composer, part); break;
  case PK_PART_COUNT: break;
  }
}

const pk_style *pk_style_lookup(const pk_document *document, const char *name) {
  for (size_t i = 0; i < document->layout->style_count; i++)
    if (strcmp(document->layout->styles[i].name, name) == 0) return document->styles[i];
  return NULL;
}

static const char *office_name(pk_cascade *cascade) {
  return cascade->office ? pk_local_text(cascade->job, &cascade->office->name, cascade->lang, NULL) : NULL;
}

/* What a document says of itself as a part of a book. */
static void set_part(pk_document *document, const pk_style_part *part) {
  if (!part) return;
  document->book = part->book;
  document->part = part->part;
  document->first_master = part->first;
  document->next_master = part->next;
  document->is_page = part->is_page;
  document->outer_level = part->outer_level;
}

static pk_document *new_document(pk_cascade *cascade, const pk_printer *printer) {
  const pk_article *article = cascade->article;
  pk_document *document = PK_NEW(cascade->job->arena, pk_document);
  document->lang = cascade->lang;
  document->article = article;
  document->layout = cascade->layout;
  document->office = cascade->office;
  document->bleed = printer ? printer->bleed : cascade->layout->bleed.value;
  document->inks = cascade->look->inks;
  document->ink_count = cascade->look->ink_count;
  document->title = article->headline.text;
  document->subject = article->subhead.text;
  document->author = office_name(cascade);
  if (!document->author) document->author = article->credit.text;
  document->date = article->date.is_given ? article->date : article->embargo;
  set_part(document, cascade->part);
  document->body = pk_cascade_style(cascade, "body");
  document->styles = cascade->look->styles;
  return document;
}

static bool has_part(const pk_layout *layout, pk_part part) {
  for (size_t i = 0; i < layout->flow_count; i++)
    if (layout->flow[i] == part) return true;
  return false;
}

/* What boxes of the masters hold, once each, if it is not in the text frame. Whom a
 * letter is to is read before it, all else after the text. */
static void compose_boxes(pk_composer *composer, bool is_before) {
  static const pk_part parts[PK_BOX_PARTS] = {
      [PK_BOX_BOILERPLATE] = PK_PART_BOILERPLATE,
      [PK_BOX_CONTACT] = PK_PART_CONTACT,
      [PK_BOX_NOTES] = PK_PART_NOTES,
      [PK_BOX_RECIPIENT] = PK_PART_RECIPIENT,
      [PK_BOX_REFERENCE] = PK_PART_REFERENCE,
  };
  const pk_layout *layout = composer->cascade->layout;
  bool is_done[G_N_ELEMENTS(parts)] = {false};
  for (size_t m = 0; m < layout->master_count; m++)
    for (size_t b = 0; b < layout->masters[m].box_count; b++) {
      pk_box_part part = layout->masters[m].boxes[b].part;
      if (part == PK_BOX_NO_PART || is_done[part] || (part >= PK_BOX_RECIPIENT) != is_before ||
          has_part(layout, parts[part]))
        continue;
      is_done[part] = true;
      guint first = composer->units->len;
      compose_part(composer, parts[part]);
      for (guint i = first; i < composer->units->len; i++) {
        g_array_index(composer->units, pk_unit_block, i).box = part;
        g_array_index(composer->units, pk_unit_block, i).note = 0;
      }
    }
}

/* Notes at the foot of a column need no place in the order. */
static bool needs_notes(const pk_layout *layout) {
  return layout->notes_place == PK_NOTES_FOOT && !has_part(layout, PK_PART_NOTES);
}

static void compose_article(pk_composer *composer) {
  const pk_layout *layout = composer->cascade->layout;
  for (size_t i = 0; i < layout->flow_count; i++) compose_part(composer, layout->flow[i]);
  if (needs_notes(layout)) pk_compose_notes(composer);
}

/* ---- articles that run on -------------------------------------------------- */

/* Rows between two articles, if no style of the layout asks for more. */
enum { ROWS_BETWEEN = 2 };

static void part_from_above(pk_composer *composer, guint first) {
  if (first >= composer->units->len) return;
  pk_cascade *cascade = composer->cascade;
  pk_unit_block *unit = &g_array_index(composer->units, pk_unit_block, first);
  pk_length least = ROWS_BETWEEN * cascade->layout->leading;
  if (unit->style->before >= least) return;
  pk_style *style = pk_arena_dup(cascade->job->arena, unit->style, sizeof *style);
  style->before = least;
  if (unit->text.style == unit->style) unit->text.style = style;
  unit->style = style;
}

/* The articles that follow in the pages of the first one: each is composed as if it
 * were alone, but for its numbers, which go on. */
static void compose_run_on(pk_composer *composer) {
  pk_cascade *cascade = composer->cascade;
  const pk_style_part *whole = cascade->part;
  if (!whole || !whole->run_on_count) return;
  pk_member *members = PK_NEW_ARRAY(cascade->job->arena, pk_member, whole->run_on_count + 1);
  members[0] = (pk_member){cascade->article, whole->part, 0};
  cascade->is_run_on = true;
  for (size_t i = 0; i < whole->run_on_count; i++) {
    pk_style_part own = *whole;
    own.part = whole->run_on[i].part;
    cascade->note_base += (int)cascade->article->note_count;
    cascade->part = &own;
    cascade->article = whole->run_on[i].article;
    members[i + 1] = (pk_member){cascade->article, own.part, composer->units->len};
    compose_article(composer);
    part_from_above(composer, (guint)members[i + 1].first);
  }
  cascade->part = whole;
  cascade->article = members[0].article;
  cascade->is_run_on = false;
  composer->document->members = members;
  composer->document->member_count = whole->run_on_count + 1;
}

pk_status pk_style_build(pk_job *job, const pk_style_input *in, const pk_document **out) {
  size_t errors = pk_diag_count(job->diag, PK_ERROR);
  pk_article *none = PK_NEW(job->arena, pk_article); /* for pages and contents */
  if (in->part) none->lang = in->part->book->lang;
  pk_cascade cascade = {.job = job, .layout = in->layout, .office = in->office, .part = in->part};
  cascade.article = in->article ? in->article : none;
  cascade.lang = cascade.article->lang;
  cascade.look = pk_cascade_look(job, in->layout);
  cascade.runs = g_hash_table_new(g_str_hash, g_str_equal);
  if (!in->office && !in->part)
    pk_diag_hint(job->diag, pk_diag_add(job->diag, PK_CODE_OFFICE_MISSING, PK_SPAN_NONE, "no office file was found"),
                 "put an office.yaml beside the article, or name one with --office");
  pk_document *document = new_document(&cascade, in->printer);
  pk_composer composer = {.cascade = &cascade, .document = document};
  composer.units = g_array_new(FALSE, FALSE, sizeof(pk_unit_block));
  if (in->article) {
    compose_boxes(&composer, true);
    compose_article(&composer);
    compose_run_on(&composer);
    compose_boxes(&composer, false);
  } else if (document->is_page) {
    pk_compose_page(&composer);
  } else {
    pk_compose_contents(&composer);
  }
  document->link_count = cascade.link_count;
  document->phrase_count = cascade.phrase_count;
  document->unit_count = composer.units->len;
  document->units = pk_arena_take_array(job->arena, composer.units);
  g_hash_table_unref(cascade.runs);
  if (pk_diag_count(job->diag, PK_ERROR) > errors) return PK_FAILED;
  *out = document;
  return PK_OK;
}
