/* Every page once, leaves backed rightly, for any number of pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "impose/plan.h"

static pk_plan plan_of(pk_arena *arena, pk_scheme scheme, size_t pages, int up, bool keeps_back) {
  pk_impose_options options = {.scheme = scheme, .up = up, .keeps_back = keeps_back};
  pk_plan plan;
  assert_true(pk_plan_build(arena, pages, &options, &plan));
  return plan;
}

static void count_pages(const pk_plan *plan, size_t pages) {
  g_autofree int *seen = g_new0(int, pages);
  size_t blanks = 0;
  for (size_t i = 0; i < plan->side_count; i++)
    for (int c = 0; c < plan->columns * plan->rows; c++) {
      int page = plan->sides[i].pages[c];
      assert_true(page < (int)pages);
      if (page < 0)
        blanks++;
      else
        seen[page]++;
    }
  for (size_t i = 0; i < pages; i++) assert_int_equal(seen[i], 1);
  assert_int_equal(blanks, plan->blank_count);
}

static void every_page_stands_once_in_every_scheme(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  for (size_t pages = 1; pages < 70; pages++) {
    pk_plan plan = plan_of(arena, PK_SCHEME_SADDLE_STITCH, pages, 0, pages % 2);
    count_pages(&plan, pages);
    assert_true(plan.blank_count < 4);
    plan = plan_of(arena, PK_SCHEME_TWO_UP, pages, 0, false);
    count_pages(&plan, pages);
    plan = plan_of(arena, PK_SCHEME_FOUR_UP, pages, 0, false);
    count_pages(&plan, pages);
    for (int up = 2; up <= 8; up *= 2) {
      plan = plan_of(arena, PK_SCHEME_CUT_STACK, pages, up, false);
      count_pages(&plan, pages);
      assert_true(plan.blank_count < 2 * (size_t)up);
    }
  }
}

/* Unfold a booklet: page n and n + 1 share a leaf where n is odd, and stand on its
 * two sides, one behind the other. */
static void leaves_of_a_booklet_have_odd_fronts(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_plan plan = plan_of(arena, PK_SCHEME_SADDLE_STITCH, 48, 0, false);
  assert_int_equal(plan.sheet_count, 12);
  for (size_t sheet = 0; sheet < 12; sheet++) {
    const int *front = plan.sides[2 * sheet].pages, *back = plan.sides[2 * sheet + 1].pages;
    assert_int_equal(front[1] + 1, back[0]); /* behind the right half of the front is the left half of the back */
    assert_int_equal(back[1] + 1, front[0]);
    assert_int_equal(front[0] + front[1], 47);
  }
}

static void back_cover_stays_last_when_blanks_go_before_it(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_plan plan = plan_of(arena, PK_SCHEME_SADDLE_STITCH, 9, 0, true);
  assert_int_equal(plan.sides[0].pages[0], 8);
  assert_int_equal(plan.blank_count, 3);
}

static void leaflet_takes_four_or_six(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_impose_options options = {.scheme = PK_SCHEME_LEAFLET};
  pk_plan plan;
  for (size_t pages = 1; pages < 12; pages++)
    assert_int_equal(pk_plan_build(arena, pages, &options, &plan), pages == 4 || pages == 6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_page_stands_once_in_every_scheme),
      cmocka_unit_test(leaves_of_a_booklet_have_odd_fronts),
      cmocka_unit_test(back_cover_stays_last_when_blanks_go_before_it),
      cmocka_unit_test(leaflet_takes_four_or_six),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
