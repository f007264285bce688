/* Which words the line ends break.
 *
 * A word is broken where one run ends and the next run of the same text begins
 * within a word but on another line, be there a hyphen that was added, one that
 * is in the text, or none (an address). Its first part is drawn with the whole
 * word as /ActualText and the rest with a line feed.
 *
 * What poppler 22.12 makes of a word broken at a line end, as tried:
 *   hyphen as it is             pdftotext joins (real hyphens too: "well-known"
 *                               comes out as "wellknown"), -layout and -raw do not
 *   hyphen as U+00AD            no mode of pdftotext joins
 *   first part without hyphen   no mode of pdftotext joins
 *   one span over both lines    joined, but as a tall line of its own
 *   whole word + empty          all modes join
 *   whole word + line feed      all modes join: white space ends a word and is not
 *                               written
 * The line feed is for PDFium, not tried but read (cpdf_textpage.cpp): it takes an
 * empty text for none, so that the rest would come twice, and skips a span that
 * holds only control characters. MuPDF 1.21 knows no /ActualText: it finds the
 * hyphen as "-" in ToUnicode and gives the two parts on two lines. */
#include "pdf/word.h"

#include <math.h>

#include "pdf/cluster.h"

/* What is known of a text. */
typedef struct {
  const pk_draw *draw; /* first pass: its last run, and the page that is on */
  size_t page;
  uint32_t tail_start, tail_end; /* second pass: the rest of the word told last */
  uint32_t hung;                 /* second pass: where what hung before an initial ended */
} seen;

struct pk_pdf_words {
  GHashTable *texts;   /* text -> seen */
  GHashTable *broken;  /* runs whose end is within a word */
  GHashTable *hanging; /* runs that hang before an initial */
  GString *buffer;
};

pk_pdf_words *pk_pdf_words_new(void) {
  pk_pdf_words *words = g_new0(pk_pdf_words, 1);
  words->texts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  words->broken = g_hash_table_new(NULL, NULL);
  words->hanging = g_hash_table_new(NULL, NULL);
  words->buffer = g_string_new(NULL);
  return words;
}

void pk_pdf_words_drop(pk_pdf_words *words) {
  if (!words) return;
  g_hash_table_unref(words->texts);
  g_hash_table_unref(words->broken);
  g_hash_table_unref(words->hanging);
  g_string_free(words->buffer, TRUE);
  g_free(words);
}

/* Where a run begins, along its line and down from line to line. */
static pk_rect begin_of(const pk_draw *draw) {
  static const pk_turn back[] = {PK_TURN_NONE, PK_TURN_UP, PK_TURN_DOWN};
  return pk_rect_turn((pk_rect){draw->glyphs.x, draw->glyphs.y, 0, 0}, back[draw->turn]);
}

static bool is_on_next_line(const seen *last, const pk_draw *draw, size_t page) {
  const pk_draw *before = last->draw;
  /* The line beside an initial is within the initial's own height. */
  double size = MIN(draw->glyphs.size, before->glyphs.size);
  pk_rect this = begin_of(draw), that = begin_of(before);
  return last->page != page || fabs(this.y - that.y) > size ||
         this.x < that.x + before->glyphs.width - before->glyphs.size;
}

/* A quote that hangs before an initial: readers go by the place of the initial. */
static bool hangs_before(const pk_draw *before, const pk_draw *draw) {
  return before->glyphs.end == draw->glyphs.start && draw->glyphs.size > 2 * before->glyphs.size &&
         before->glyphs.glyph_count <= 2;
}

static bool breaks_word(pk_pdf_words *words, const seen *last, const pk_draw *draw, size_t page) {
  const pk_draw *before = last->draw;
  if (before->glyphs.is_rtl || draw->glyphs.is_rtl || draw->glyphs.start < before->glyphs.end) return false;
  if (!is_on_next_line(last, draw, page)) return false;
  size_t gap;
  pk_pdf_plain_text(draw->glyphs.text, before->glyphs.end, draw->glyphs.start, words->buffer, &gap);
  uint32_t start, end;
  return gap == 0 && pk_pdf_word_around(draw->glyphs.text, before->glyphs.end, &start, &end);
}

void pk_pdf_words_note(pk_pdf_words *words, const pk_draw *draw, size_t page) {
  seen *last = g_hash_table_lookup(words->texts, draw->glyphs.text);
  if (!last) {
    last = g_new0(seen, 1);
    g_hash_table_insert(words->texts, (gpointer)draw->glyphs.text, last);
  } else if (hangs_before(last->draw, draw)) {
    g_hash_table_add(words->hanging, (gpointer)last->draw);
  } else if (breaks_word(words, last, draw, page)) {
    g_hash_table_add(words->broken, (gpointer)last->draw);
  }
  last->draw = draw;
  last->page = page;
}

pk_pdf_broken pk_pdf_words_of(pk_pdf_words *words, const pk_draw *draw) {
  const char *text = draw->glyphs.text;
  pk_pdf_broken found = {.head_start = UINT32_MAX};
  seen *known = g_hash_table_lookup(words->texts, text);
  if (!known) return found;
  /* A text may be drawn again from its start, as a footer is on each page. */
  if (draw->glyphs.start >= known->tail_start && draw->glyphs.start < known->tail_end) found.tail_end = known->tail_end;
  if (g_hash_table_contains(words->hanging, draw)) {
    found.tail_end = draw->glyphs.end;
    known->hung = draw->glyphs.end;
    return found;
  }
  uint32_t start, end;
  if (!g_hash_table_contains(words->broken, draw) || !pk_pdf_word_around(text, draw->glyphs.end, &start, &end))
    return found;
  if (start >= found.tail_end) {
    found.head_start = found.head_text = MAX(start, draw->glyphs.start);
    if (known->hung && known->hung == draw->glyphs.start) found.head_text = start;
    found.head_end = end;
    known->tail_start = draw->glyphs.end;
    known->tail_end = end;
  }
  return found;
}
