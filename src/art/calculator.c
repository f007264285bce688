/* The PostScript of calculator functions (ISO 32000-1, 7.10.5; operators: table 42).
 *
 * In:  { ... } with numbers, operators, and blocks before `if` and `ifelse`. Out:
 * a flat program: a block is a jump, so that it runs without recursion and, as
 * there are no loops, comes to an end. Truth is 1 and 0, as with the numbers of
 * other operators, which `and`, `or` and `not` of integers tell apart by use only. */
#include "art/calculator.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MAX_STEPS = 4096, MAX_DEPTH = 32, STACK = 100 };

typedef enum {
  PUSH,
  JUMP,
  JUMP_IF_NOT,
  ABS,
  ADD,
  AND,
  ATAN,
  BITSHIFT,
  CEILING,
  COPY,
  COS,
  CVI,
  CVR,
  DIV,
  DUP,
  EQ,
  EXCH,
  EXP,
  FALSE_,
  FLOOR,
  GE,
  GT,
  IDIV,
  INDEX,
  LE,
  LN,
  LOG,
  LT,
  MOD,
  MUL,
  NE,
  NEG,
  NOT,
  OR,
  POP,
  ROLL,
  ROUND,
  SIN,
  SQRT,
  SUB,
  TRUE_,
  TRUNCATE,
  XOR,
} operation;

typedef struct {
  operation what;
  double number; /* pushed; or where to jump */
} step;

struct pk_calculator {
  GArray *steps;
};

static const struct {
  const char *name;
  operation what;
} operators[] = {
    {"abs", ABS},
    {"add", ADD},
    {"and", AND},
    {"atan", ATAN},
    {"bitshift", BITSHIFT},
    {"ceiling", CEILING},
    {"copy", COPY},
    {"cos", COS},
    {"cvi", CVI},
    {"cvr", CVR},
    {"div", DIV},
    {"dup", DUP},
    {"eq", EQ},
    {"exch", EXCH},
    {"exp", EXP},
    {"false", FALSE_},
    {"floor", FLOOR},
    {"ge", GE},
    {"gt", GT},
    {"idiv", IDIV},
    {"index", INDEX},
    {"le", LE},
    {"ln", LN},
    {"log", LOG},
    {"lt", LT},
    {"mod", MOD},
    {"mul", MUL},
    {"ne", NE},
    {"neg", NEG},
    {"not", NOT},
    {"or", OR},
    {"pop", POP},
    {"roll", ROLL},
    {"round", ROUND},
    {"sin", SIN},
    {"sqrt", SQRT},
    {"sub", SUB},
    {"true", TRUE_},
    {"truncate", TRUNCATE},
    {"xor", XOR},
};

/* ---- reading ------------------------------------------------------------- */

typedef struct {
  const char *at, *end;
  GArray *steps;
  int depth;
} reader;

static bool next_word(reader *r, char word[32]) {
  while (r->at < r->end && (g_ascii_isspace(*r->at) || *r->at == 0)) r->at++;
  size_t length = 0;
  if (r->at < r->end && strchr("{}", *r->at))
    word[length++] = *r->at++;
  else
    while (r->at < r->end && !g_ascii_isspace(*r->at) && *r->at && !strchr("{}", *r->at) && length < 31)
      word[length++] = *r->at++;
  word[length] = 0;
  return length > 0;
}

static guint add(reader *r, operation what, double number) {
  step s = {what, number};
  g_array_append_val(r->steps, s);
  return r->steps->len - 1;
}

static void aim(reader *r, guint jump) {
  g_array_index(r->steps, step, jump).number = r->steps->len;
}

static bool add_word(reader *r, const char *word) {
  for (size_t i = 0; i < G_N_ELEMENTS(operators); i++)
    if (strcmp(word, operators[i].name) == 0) return add(r, operators[i].what, 0), true;
  char *rest;
  double number = g_ascii_strtod(word, &rest);
  if (*rest || !isfinite(number)) return false;
  add(r, PUSH, number);
  return true;
}

/* From behind a brace to behind its partner. {a} {b} ifelse: jump-if-not B, a, jump
 * END, B: b, END. */
static bool read_block(reader *r) {
  char word[32];
  if (r->depth++ > MAX_DEPTH) return false;
  while (next_word(r, word) && r->steps->len < MAX_STEPS) {
    if (strcmp(word, "}") == 0) return r->depth--, true;
    if (strcmp(word, "{") != 0) {
      if (!add_word(r, word)) return false;
      continue;
    }
    guint past = add(r, JUMP_IF_NOT, 0);
    if (!read_block(r) || !next_word(r, word)) return false;
    if (strcmp(word, "if") == 0) {
      aim(r, past);
      continue;
    }
    if (strcmp(word, "{") != 0) return false;
    guint end = add(r, JUMP, 0);
    aim(r, past);
    if (!read_block(r) || !next_word(r, word) || strcmp(word, "ifelse") != 0) return false;
    aim(r, end);
  }
  return false;
}

pk_calculator *pk_calculator_new(const char *text, size_t size) {
  reader r = {text, text + size, g_array_new(FALSE, FALSE, sizeof(step)), 0};
  char word[32];
  if (next_word(&r, word) && strcmp(word, "{") == 0 && read_block(&r)) {
    pk_calculator *made = g_new(pk_calculator, 1);
    made->steps = r.steps;
    return made;
  }
  g_array_unref(r.steps);
  return NULL;
}

void pk_calculator_drop(pk_calculator *calculator) {
  if (!calculator) return;
  g_array_unref(calculator->steps);
  g_free(calculator);
}

/* ---- running ------------------------------------------------------------- */

typedef struct {
  double on[STACK];
  int count;
} stack;

static double pop(stack *s) {
  return s->count ? s->on[--s->count] : 0;
}
static void push(stack *s, double number) {
  if (s->count < STACK) s->on[s->count++] = isfinite(number) ? number : 0;
}

static double degrees(double radians) {
  double angle = radians * 180 / G_PI;
  return angle < 0 ? angle + 360 : angle;
}

static long long whole(double number) {
  return (long long)CLAMP(number, -2147483648.0, 2147483647.0);
}

static double shifted(long long number, long long by) {
  if (by > 31 || by < -31) return 0;
  return by >= 0 ? (double)(int32_t)((uint32_t)number << by) : (double)((uint32_t)number >> -by);
}

static double one_number(operation what, double a) {
  switch (what) {
  case ABS: return fabs(a);
  case CEILING: return ceil(a);
  case COS: return cos(a * G_PI / 180);
  case CVI:
  case TRUNCATE: return trunc(a);
  case FLOOR: return floor(a);
  case LN: return log(a);
  case LOG: return log10(a);
  case NEG: return -a;
  case NOT: return a == 0 ? 1 : a == 1 ? 0 : (double)~whole(a);
  case ROUND: return floor(a + 0.5);
  case SIN: return sin(a * G_PI / 180);
  case SQRT: return sqrt(a);
  default: return a;
  }
}

static double two_numbers(operation what, double a, double b) {
  switch (what) {
  case ADD: return a + b;
  case SUB: return a - b;
  case MUL: return a * b;
  case DIV: return a / b;
  case IDIV: return whole(b) ? (double)(whole(a) / whole(b)) : 0;
  case MOD: return whole(b) ? (double)(whole(a) % whole(b)) : 0;
  case EXP: return pow(a, b);
  case ATAN: return degrees(atan2(a, b));
  case AND: return (double)(whole(a) & whole(b));
  case OR: return (double)(whole(a) | whole(b));
  case XOR: return (double)(whole(a) ^ whole(b));
  case BITSHIFT: return shifted(whole(a), whole(b));
  case EQ: return a == b;
  case NE: return a != b;
  case GE: return a >= b;
  case GT: return a > b;
  case LE: return a <= b;
  default: return a < b; /* LT */
  }
}

static void roll(stack *s, long long count, long long by) {
  double moved[STACK];
  if (count < 1 || count > s->count) return;
  long long from = s->count - count;
  for (long long i = 0; i < count; i++) moved[((i + by) % count + count) % count] = s->on[from + i];
  memcpy(s->on + from, moved, (size_t)count * sizeof *moved);
}

static void run_stack(stack *s, operation what) {
  double a, b;
  switch (what) {
  case TRUE_: push(s, 1); break;
  case FALSE_: push(s, 0); break;
  case POP: pop(s); break;
  case DUP: a = pop(s), push(s, a), push(s, a); break;
  case EXCH: b = pop(s), a = pop(s), push(s, b), push(s, a); break;
  case INDEX: a = pop(s), push(s, a >= 0 && a < s->count ? s->on[s->count - 1 - (int)a] : 0); break;
  case COPY:
    a = pop(s);
    for (int count = (int)CLAMP(a, 0, s->count), from = s->count - count, i = 0; i < count; i++)
      push(s, s->on[from + i]);
    break;
  case ROLL: b = pop(s), a = pop(s), roll(s, whole(a), whole(b)); break;
  default: break;
  }
}

static void run(stack *s, operation what) {
  switch (what) {
  case TRUE_:
  case FALSE_:
  case POP:
  case DUP:
  case EXCH:
  case INDEX:
  case COPY:
  case ROLL: run_stack(s, what); break;
  case ABS:
  case CEILING:
  case COS:
  case CVI:
  case CVR:
  case TRUNCATE:
  case FLOOR:
  case LN:
  case LOG:
  case NEG:
  case NOT:
  case ROUND:
  case SIN:
  case SQRT: push(s, one_number(what, pop(s))); break;
  default: {
    double b = pop(s), a = pop(s);
    push(s, two_numbers(what, a, b));
  }
  }
}

void pk_calculator_run(const pk_calculator *calculator, const double *in, int inputs, double *out, int outputs) {
  stack s = {.count = 0};
  for (int i = 0; i < inputs; i++) push(&s, in[i]);
  for (guint at = 0; at < calculator->steps->len; at++) {
    const step *now = &g_array_index(calculator->steps, step, at);
    if (now->what == PUSH)
      push(&s, now->number);
    else if (now->what == JUMP || (now->what == JUMP_IF_NOT && pop(&s) == 0))
      at = (guint)now->number - 1;
    else if (now->what != JUMP_IF_NOT)
      run(&s, now->what);
  }
  for (int i = outputs - 1; i >= 0; i--) out[i] = pop(&s);
}
