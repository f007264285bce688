/* The contents of a book -> units: a heading, then an entry a line with its page
 * number flush right. */
#include <string.h>

#include "style/compose.h"

static const char number_style[] = "contents-page";

/* The number at the end of an entry is a part of the same link. */
static const pk_styled_text *compose_number(pk_composer *composer, const pk_unit_block *entry, const char *number,
                                            const char *href, pk_span source) {
  pk_style *style = pk_arena_dup(composer->cascade->job->arena,
                                 pk_cascade_overlay(composer->cascade, entry->style, number_style), sizeof *style);
  style->align = PK_ALIGN_LEFT;
  style->left = style->right = style->indent = 0;
  memset(style->hang, 0, sizeof style->hang); /* it is flush with those of other entries */
  pk_text_builder builder;
  pk_text_builder_open(&builder, composer->cascade, style);
  pk_text_builder_plain(&builder, number, style, href, source);
  for (guint i = 0; i < builder.runs->len; i++)
    g_array_index(builder.runs, pk_style_run, i).link = entry->text.runs[0].link;
  pk_styled_text *text = PK_NEW(composer->cascade->job->arena, pk_styled_text);
  *text = pk_text_builder_close(&builder);
  return text;
}

/* An article in no section may look otherwise than those under one. */
static const char *style_of(const pk_layout *layout, const pk_contents_entry *entry) {
  bool is_alone = !entry->is_section && entry->level == 1;
  if (is_alone && pk_layout_style(layout, "contents-alone")) return "contents-alone";
  const char *name = entry->is_section ? "contents-section" : "contents-entry";
  return pk_layout_style(layout, name) ? name : "body";
}

static void compose_entry(pk_composer *composer, const pk_contents_entry *entry, int group) {
  pk_cascade *cascade = composer->cascade;
  const char *known = style_of(cascade->layout, entry);
  const char *href = pk_arena_printf(cascade->job->arena, "#%s", entry->place);
  pk_unit_block *unit = pk_compose_unit(composer, PK_ROLE_CONTENTS, known, entry->source);
  pk_text_builder builder;
  pk_text_builder_open(&builder, cascade, unit->style);
  pk_text_builder_plain(&builder, entry->title, unit->style, href, entry->source);
  unit->text = pk_text_builder_close(&builder);
  unit->level = entry->level;
  unit->group = group;
  if (unit->text.run_count && *entry->number)
    unit->trailer = compose_number(composer, unit, entry->number, href, entry->source);
  if (!entry->subhead) return;
  const char *subhead = pk_layout_style(cascade->layout, "contents-subhead") ? "contents-subhead" : known;
  pk_compose_plain(composer, PK_ROLE_CONTENTS, subhead, entry->subhead, entry->source);
  unit = &g_array_index(composer->units, pk_unit_block, composer->units->len - 1);
  unit->level = entry->level;
  unit->group = group;
  unit->continues = true;
}

void pk_compose_contents(pk_composer *composer) {
  pk_cascade *cascade = composer->cascade;
  const pk_style_part *part = cascade->part;
  const pk_book_text *own = &part->part->title;
  const char *title = own->text ? own->text : pk_style_label(cascade->job, composer->document, PK_LABEL_CONTENTS);
  const char *style = pk_layout_style(cascade->layout, "contents-title") ? "contents-title" : "headline";
  pk_compose_plain(composer, PK_ROLE_HEADLINE, style, title, own->text ? own->span : part->part->span);
  int group = ++composer->groups;
  for (size_t i = 0; i < part->entry_count; i++) compose_entry(composer, &part->entries[i], group);
}
