/* Styles of the layout -> resolved styles: absolute lengths, ink numbers,
 * families in order.
 *
 * In:  pk_style_spec (what the user wrote, `based-on` applied).
 * Out: pk_style, each made once and shared by everything set in it.
 *
 * The relative unit em of a style's size is the size of the style around it; of
 * every other field it is the style's own size. */
#include "style/resolve.h"

#include <math.h>
#include <string.h>

#include "spec/memo.h"

static const pk_ink *resolve_inks(pk_job *job, const pk_layout *layout, size_t *count) {
  pk_ink *inks = PK_NEW_ARRAY(job->arena, pk_ink, layout->ink_count);
  size_t used = 1; /* 0 is kept for `text` */
  for (size_t i = 0; i < layout->ink_count; i++) {
    const pk_ink_spec *spec = &layout->inks[i];
    pk_ink *ink = strcmp(spec->name, "text") == 0 ? &inks[0] : &inks[used++];
    ink->name = spec->name;
    ink->spot = spec->spot;
    ink->is_rich = spec->rich;
    memcpy(ink->cmyk, spec->cmyk, sizeof ink->cmyk);
    memcpy(ink->screen, spec->screen, sizeof ink->screen);
  }
  *count = layout->ink_count;
  return inks;
}

static int find_ink(const pk_ink *inks, size_t count, const char *name) {
  for (size_t i = 0; name && i < count; i++)
    if (strcmp(inks[i].name, name) == 0) return (int)i;
  return -1;
}

int pk_cascade_ink(const pk_cascade *cascade, const char *name) {
  return find_ink(cascade->look->inks, cascade->look->ink_count, name);
}

int pk_style_ink(const pk_document *document, const char *name) {
  return find_ink(document->inks, document->ink_count, name);
}

/* Inks that styles name exist: the layout's reader has checked them. A style
 * without one is set in the ink of text. */
static uint32_t ink_or_text(int ink) {
  return ink < 0 ? 0 : (uint32_t)ink;
}

static pk_rule resolve_rule(const pk_rule_spec *spec, int ink, pk_length em, pk_length grid) {
  return (pk_rule){
      .thickness = pk_dimension_resolve(spec->thickness, em, grid, 0),
      .ink = ink_or_text(ink),
      .length = spec->length.value > 0 ? pk_dimension_resolve(spec->length, em, grid, 1) : 1,
      .gap = pk_dimension_resolve(spec->gap, em, grid, 0),
  };
}

pk_rule pk_style_rule(const pk_document *document, const pk_rule_spec *spec) {
  return resolve_rule(spec, pk_style_ink(document, spec->ink), document->body->size, document->layout->leading);
}

static const char *join_families(pk_arena *arena, const pk_font_role *role) {
  if (!role) return "";
  GString *joined = g_string_new(NULL);
  for (size_t i = 0; i < role->family_count; i++)
    g_string_append_printf(joined, "%s%s", i ? "," : "", role->families[i]);
  const char *families = pk_arena_strdup(arena, joined->str);
  g_string_free(joined, TRUE);
  return families;
}

static pk_cells resolve_cells(const pk_cascade *cascade, const pk_cells_spec *spec, pk_length em, pk_length grid) {
  return (pk_cells){
      .rule_rows = resolve_rule(&spec->rule_rows, pk_cascade_ink(cascade, spec->rule_rows.ink), em, grid),
      .rule_columns = resolve_rule(&spec->rule_columns, pk_cascade_ink(cascade, spec->rule_columns.ink), em, grid),
      .stripe = pk_cascade_ink(cascade, spec->stripe),
      .stripe_tint = spec->stripe_tint,
      .aligns_decimals = spec->numbers == PK_NUMBERS_DECIMAL,
      .gap = pk_dimension_resolve(spec->gap, em, grid, 0),
  };
}

/* `around` is the size of the text that the style stands in. */
static pk_style *resolve(pk_cascade *cascade, const pk_style_spec *spec, pk_length around) {
  const pk_layout *layout = cascade->layout;
  pk_style *style = PK_NEW(cascade->job->arena, pk_style);
  pk_length grid = layout->leading;
  pk_length size = pk_dimension_resolve(spec->size, around, grid, around);
  style->name = spec->name;
  style->spec = spec;
  style->span = spec->span;
  style->families = join_families(cascade->job->arena, pk_layout_font(layout, spec->font));
  style->italic = spec->italic;
  style->weight = spec->weight;
  style->size = size;
  style->leading = pk_dimension_resolve(spec->leading, size, grid, size);
  style->align = spec->align;
  style->hyphenate = spec->hyphenate;
  style->indent = pk_dimension_resolve(spec->indent, size, grid, 0);
  style->left = pk_dimension_resolve(spec->left, size, grid, 0);
  style->right = pk_dimension_resolve(spec->right, size, grid, 0);
  style->turn_over = pk_dimension_resolve(spec->turn_over, size, grid, 0);
  style->before = pk_dimension_resolve(spec->before, size, grid, 0);
  style->after = pk_dimension_resolve(spec->after, size, grid, 0);
  style->measure = spec->measure.value > 0 ? pk_dimension_resolve(spec->measure, 0, 0, 1) : 1;
  style->ink = ink_or_text(pk_cascade_ink(cascade, spec->ink));
  style->letter_case = spec->letter_case;
  style->figures = spec->figures;
  style->figure_width = spec->figure_width;
  style->features = spec->features;
  style->feature_count = spec->feature_count;
  style->tracking = pk_dimension_resolve(spec->tracking, size, grid, 0);
  style->glyph_scaling = spec->glyph_scaling;
  style->letter_spacing = spec->letter_spacing * size;
  for (int i = 0; i < PK_HANG_COUNT; i++) style->hang[i] = spec->hang.amount * spec->hang.share[i];
  style->inset_width = style->measure;
  if (spec->place == PK_PLACE_INSET) style->measure = 1; /* it is that narrow itself */
  style->column_span = pk_placing_is_across(spec->place) ? PK_SPAN_ALL : spec->column_span;
  style->place = spec->place;
  style->side = spec->side;
  style->begin = spec->begin;
  style->standoff = pk_dimension_resolve(spec->standoff, size, grid, 0);
  style->balance = spec->balance;
  style->keep_with_next = spec->keep_with_next;
  style->keep_together = spec->keep_together;
  style->widows = spec->widows;
  style->orphans = spec->orphans;
  style->rule_above = resolve_rule(&spec->rule_above, pk_cascade_ink(cascade, spec->rule_above.ink), size, grid);
  style->rule_below = resolve_rule(&spec->rule_below, pk_cascade_ink(cascade, spec->rule_below.ink), size, grid);
  style->fill = pk_cascade_ink(cascade, spec->fill);
  style->fill_tint = spec->fill_tint;
  style->padding = pk_dimension_resolve(spec->padding, size, grid, 0);
  style->leader = spec->leader;
  style->markers = spec->markers;
  style->marker_count = spec->marker_count;
  style->marker_ink = spec->marker_ink ? ink_or_text(pk_cascade_ink(cascade, spec->marker_ink)) : style->ink;
  style->cells = resolve_cells(cascade, &spec->cells, size, grid);
  return style;
}

/* How a paragraph in this style opens: found once its own look is known. */
static pk_opening_style resolve_opening(pk_cascade *cascade, const pk_style *style) {
  const pk_style_spec *spec = style->spec;
  pk_opening_style opening = {.lines = spec->drop_cap.lines};
  if (opening.lines < 2 && spec->first_line == PK_FIRST_LINE_PLAIN) return (pk_opening_style){0};
  opening.gap = pk_dimension_resolve(spec->drop_cap.gap, style->size, cascade->layout->leading, 0);
  opening.initial = pk_cascade_overlay(cascade, style, "initial");
  if (spec->first_line == PK_FIRST_LINE_PLAIN) return opening;
  pk_style *line = pk_arena_dup(cascade->job->arena, pk_cascade_overlay(cascade, style, "first-line"), sizeof *line);
  line->letter_case = PK_CASE_SMALL_CAPS;
  opening.first_line = line;
  return opening;
}

static const pk_style *resolve_style(pk_cascade *cascade, const pk_style_spec *spec) {
  const pk_style_spec *body = pk_layout_style(cascade->layout, "body");
  pk_length around = body && body->size.unit == PK_UNIT_PT ? body->size.value : cascade->layout->leading;
  pk_style *style = resolve(cascade, spec, around);
  style->opening = resolve_opening(cascade, style);
  return style;
}

static pk_status make_look(pk_job *job, void *data, pk_memo_made *made) {
  const pk_layout *layout = data;
  pk_look *look = PK_NEW(job->arena, pk_look);
  pk_cascade cascade = {.job = job, .layout = layout, .look = look};
  look->inks = resolve_inks(job, layout, &look->ink_count);
  look->styles = PK_NEW_ARRAY(job->arena, const pk_style *, layout->style_count);
  for (size_t i = 0; i < layout->style_count; i++) look->styles[i] = resolve_style(&cascade, &layout->styles[i]);
  made->value = look;
  return PK_OK;
}

const pk_look *pk_cascade_look(pk_job *job, const pk_layout *layout) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "look");
  /* A copy of a layout with other pages has the same. */
  const void *const decides[] = {layout->styles, layout->inks, layout->fonts};
  pk_digester_add(digester, decides, sizeof decides);
  pk_digester_add(digester, &layout->leading, sizeof layout->leading);
  const void *look = NULL;
  (void)pk_memo(job, pk_digester_end(digester), make_look, (void *)layout, &look); /* cannot fail */
  return look;
}

static const pk_style_spec *spec_named(const pk_cascade *cascade, const char *name) {
  g_autofree char *own = cascade->is_run_on ? g_strdup_printf("run-on-%s", name) : NULL;
  const pk_style_spec *spec = own ? pk_layout_style(cascade->layout, own) : NULL;
  return spec ? spec : pk_layout_style(cascade->layout, name);
}

const pk_style *pk_cascade_style(pk_cascade *cascade, const char *name) {
  const pk_style_spec *spec = spec_named(cascade, name);
  g_return_val_if_fail(spec, NULL);
  return cascade->look->styles[spec - cascade->layout->styles];
}

const pk_style *pk_cascade_style_or(pk_cascade *cascade, const char *name, const char *other) {
  return pk_cascade_style(cascade, pk_layout_style(cascade->layout, name) ? name : other);
}

/* Superscripts stand so far above the baseline, in em of the text around them. */
static const double superscript_rise = 0.33;

static pk_style *overlay(pk_cascade *cascade, const pk_style *block, const pk_style_spec *over) {
  pk_style_spec *merged = PK_NEW(cascade->job->arena, pk_style_spec);
  pk_style_spec base = *block->spec;
  base.size = (pk_dimension){block->size, PK_UNIT_PT};
  *merged = pk_style_spec_overlay(&base, over);
  merged->name = over->name;
  merged->span = over->span;
  pk_style *style = resolve(cascade, merged, block->size);
  /* Lines belong to the block, whatever its letters look like. */
  style->leading = block->leading;
  style->rise = block->rise;
  return style;
}

const pk_style *pk_cascade_overlay(pk_cascade *cascade, const pk_style *block, const char *name) {
  const pk_style_spec *over = pk_layout_style(cascade->layout, name);
  return over ? overlay(cascade, block, over) : block;
}

/* The layout's style for a mark in such a block: `list-item-strong` goes before
 * `strong`. NULL: it has neither. */
static const pk_style_spec *mark_style(const pk_cascade *cascade, const pk_style *block, const char *mark) {
  g_autofree char *own = g_strdup_printf("%s-%s", block->name, mark);
  const pk_style_spec *style = pk_layout_style(cascade->layout, own);
  return style ? style : pk_layout_style(cascade->layout, mark);
}

static const pk_style *compose_run_style(pk_cascade *cascade, const pk_style *block, unsigned marks, bool is_link) {
  static const struct {
    unsigned mark;
    const char *style;
  } overlays[] = {{PK_MARK_STRONG, "strong"},
                  {PK_MARK_EMPHASIS, "emphasis"},
                  {PK_MARK_CODE, "code-span"},
                  {PK_MARK_SUPERSCRIPT, "superscript"}};
  const pk_style *style = is_link ? pk_cascade_overlay(cascade, block, "link") : block;
  for (size_t i = 0; i < G_N_ELEMENTS(overlays); i++) {
    if (!(marks & overlays[i].mark)) continue;
    const pk_style_spec *over = mark_style(cascade, block, overlays[i].style);
    if (!over) continue;
    pk_style *changed = overlay(cascade, style, over);
    /* Emphasis inside italics stands upright. */
    if (overlays[i].mark == PK_MARK_EMPHASIS && block->italic && over->italic) {
      changed->italic = false;
      ((pk_style_spec *)changed->spec)->italic = false;
    }
    if (overlays[i].mark == PK_MARK_SUPERSCRIPT) changed->rise = superscript_rise * block->size;
    style = changed;
  }
  return style;
}

const pk_style *pk_cascade_run_style(pk_cascade *cascade, const pk_style *block, unsigned marks, bool is_link) {
  marks &= PK_MARK_STRONG | PK_MARK_EMPHASIS | PK_MARK_CODE | PK_MARK_SUPERSCRIPT;
  if (!marks && !is_link) return block;
  g_autofree char *key = g_strdup_printf("%p %u %d", (const void *)block, marks, is_link);
  const pk_style *style = g_hash_table_lookup(cascade->runs, key);
  if (style) return style;
  style = compose_run_style(cascade, block, marks, is_link);
  g_hash_table_insert(cascade->runs, pk_arena_strdup(cascade->job->arena, key), (gpointer)style);
  return style;
}
