/* The checks, over what is printed wherever it was learned from.
 *
 * list.c (display lists) and content.c (content of PDFs) say what stands on a
 * page, element by element in painting order; check.c looks at each and keeps no
 * more of them than what later ones may lie upon. Private to preflight/. */
#ifndef PK_PREFLIGHT_CHECK_H
#define PK_PREFLIGHT_CHECK_H

#include "preflight/preflight.h"

enum { PK_PLATES_MAX = 24 }; /* cyan, magenta, yellow, black, then spots by number */

typedef enum { PK_ELEMENT_TEXT, PK_ELEMENT_AREA, PK_ELEMENT_LINE, PK_ELEMENT_IMAGE } pk_element_kind;

/* What the numbers of a colour mean. */
typedef enum {
  PK_COLOUR_INKS,         /* process and spot inks */
  PK_COLOUR_REGISTRATION, /* /All */
  PK_COLOUR_RGB,          /* of no device in particular */
  PK_COLOUR_TAGGED,       /* with a profile, CalRGB, Lab: not inks yet */
  PK_COLOUR_UNKNOWN,      /* patterns */
} pk_colour_kind;

typedef struct {
  pk_colour_kind kind;
  double inks[PK_PLATES_MAX]; /* 0..1; an estimate where they are not inks yet */
} pk_colour;

typedef enum { PK_PICTURE_COLOUR, PK_PICTURE_GREY, PK_PICTURE_LINE } pk_picture_kind;

typedef struct {
  pk_element_kind kind;
  pk_rect rect;  /* points from the trim's upper left corner, y down */
  bool is_exact; /* it fills the rectangle */
  pk_span span;
  int object;       /* of the PDF's stream, or 0 */
  const char *what; /* for people: the words, the picture's name; or NULL */
  pk_colour colour;
  bool overprints;     /* and leaves plates alone that it has no ink on */
  bool is_transparent; /* alpha, blend mode or soft mask */
  double size;         /* points: of type; thickness of a line */
  double dpi;          /* of a picture, the lesser of both directions */
  pk_rect window;      /* through which the drawing is seen that it is part of; width 0: of none */
  pk_picture_kind picture;
} pk_element;

typedef struct {
  size_t number, document_pages;
  bool may_be_empty; /* on purpose */
  pk_span span;
  pk_length width, height; /* of the trim */
  double bleed[4];         /* what the file has room for: left, top, right, bottom */
  const pk_length *folds;
  size_t fold_count;
} pk_check_page;

typedef struct pk_checker pk_checker;

pk_checker *pk_checker_new(pk_job *job, const pk_printer *printer);

const pk_printer *pk_checker_printer(const pk_checker *checker);

void pk_checker_page_begin(pk_checker *checker, const pk_check_page *page);
void pk_checker_element(pk_checker *checker, const pk_element *element);
void pk_checker_page_end(pk_checker *checker);

/* Raises what is left and hands out all findings. */
void pk_checker_finish(pk_checker *checker, pk_findings *out);

/* The plate of a spot ink, made if need be; its name is compared with the others.
 * -1 if there are too many. */
int pk_checker_spot(pk_checker *checker, const char *name, pk_span span);

/* Something else that was found: `rect` NULL, of the whole page; `page`
 * PK_WHOLE_FILE, of the file. Of like findings at one place the worst is told,
 * with their number. */
typedef struct {
  pk_code code;
  size_t page;
  pk_span span;
  const pk_rect *rect;
  double badness;
  const char *hint;
} pk_fault;

void pk_checker_fault(pk_checker *checker, const pk_fault *fault, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A spot ink that the printer prints from the process inks: one finding for the whole
 * document, where it is met first, with the number of what is in it. */
void pk_checker_spot_unwanted(pk_checker *checker, const pk_fault *fault, const char *name);

#endif
