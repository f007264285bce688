/* A page of any PDF -> a PDF of that page alone, its colours those of an output. */
#ifndef PK_ART_CARRY_H
#define PK_ART_CARRY_H

#include "art/colour.h"

typedef enum {
  PK_TARGET_PRESS,  /* CMYK, and inks that have a plate of their own */
  PK_TARGET_SCREEN, /* sRGB */
  PK_TARGET_PLATE,  /* of a file for the press: how much of one ink, as grey: white is none */
} pk_target;

typedef struct {
  pk_mapper *mapper;
  pk_target target;
  const char *plate; /* its name: "Cyan", "Magenta", "Yellow", "Black", or that of a spot ink */
  size_t page;       /* from 0 */
} pk_carry_order;

/* What came of it that the file does not show. */
typedef struct {
  bool is_transparent; /* something shows what is under it */
  char stuck[160];     /* what could not be mapped: the file must not be used; "" if all was */
  char font[128];      /* the font that is not in the file, where that is the problem */
  GPtrArray *plates;   /* names of the spot inks that it prints, once each; NULL: nobody asks */
} pk_carry_left;

/* What is not named here is left behind: notes, actions, scripts, attachments,
 * layers that are switched off, marked content. NULL with `problem` if the page
 * cannot be carried over at all. Free with g_free(). */
uint8_t *pk_carry_page(const pk_carry_order *order, const uint8_t *data, size_t size, size_t *out_size,
                       pk_carry_left *left, pk_problem *problem);

/* The content of a form alone, without resources, for the press: for tests. Returns
 * false if it was given up. */
bool pk_carry_text(pk_mapper *mapper, const char *content, size_t size, GString *out);

#endif
