/* Links, references to notes, and phrases in another language. */
#include <string.h>

#include "tags/tree.h"

/* Where a link leads, in words: an address is read out without its scheme. */
static const char *spoken(const char *href) {
  static const char *const silent[] = {"mailto:", "tel:", "https://", "http://"};
  for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
    if (g_ascii_strncasecmp(href, silent[i], strlen(silent[i])) == 0) return href + strlen(silent[i]);
  return href;
}

static uint32_t add_reference(pk_tag_tree *tree, uint32_t block, const pk_style_run *run) {
  uint32_t reference = pk_tag_add(tree, PK_TAG_REFERENCE, block, run->source);
  uint32_t link = pk_tag_add(tree, PK_TAG_LINK, reference, run->source);
  const char *word = pk_style_label(tree->job, tree->document, PK_LABEL_NOTE);
  pk_tag_at(tree, reference)->note = pk_tag_at(tree, link)->note = run->footnote;
  pk_tag_at(tree, link)->alternate = pk_arena_printf(tree->job->arena, "%s %d", word, run->footnote);
  return link;
}

/* The words of the link that run `n` begins. */
static const char *words_of(pk_tag_tree *tree, const pk_styled_text *text, size_t n) {
  g_autoptr(GString) words = g_string_new(NULL);
  uint32_t link = text->runs[n].link;
  for (; n < text->run_count && text->runs[n].link == link; n++)
    g_string_append_len(words, text->text + text->runs[n].start, text->runs[n].end - text->runs[n].start);
  return pk_arena_strdup(tree->job->arena, g_strstrip(g_strdelimit(words->str, "\t\n", ' ')));
}

static uint32_t add_link(pk_tag_tree *tree, uint32_t block, const pk_styled_text *text, size_t n) {
  const pk_style_run *run = &text->runs[n];
  if (run->footnote) return add_reference(tree, block, run);
  bool is_inside = *run->href == '#'; /* of the document */
  if (is_inside) block = pk_tag_add(tree, PK_TAG_REFERENCE, block, run->source);
  uint32_t link = pk_tag_add(tree, PK_TAG_LINK, block, run->source);
  pk_tag_at(tree, link)->href = run->href;
  pk_tag_at(tree, link)->alternate = is_inside ? words_of(tree, text, n) : spoken(run->href);
  return link;
}

void pk_tags_add_inlines(pk_tag_tree *tree, uint32_t block, const pk_styled_text *text, bool is_run_in) {
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    if (run->is_run_in != is_run_in) continue;
    if (run->link && !tree->of_link[run->link]) tree->of_link[run->link] = add_link(tree, block, text, i);
    if (!run->phrase || tree->of_phrase[run->phrase]) continue;
    uint32_t parent = run->link ? tree->of_link[run->link] : block;
    uint32_t phrase = tree->of_phrase[run->phrase] = pk_tag_add(tree, PK_TAG_SPAN, parent, run->source);
    pk_tag_at(tree, phrase)->lang = run->lang;
    pk_tag_at(tree, phrase)->expansion = run->expansion;
  }
}
