/* Functions of PDF (ISO 32000-1, 7.10), as gradients and tints of inks have them.
 *
 * In:  an object of a file, not to be trusted. Out: numbers, always finite.
 * What has more than one or two inputs is sampled between the nearest values of
 * each (multilinear), which is what the standard asks for at least. */
#include "art/function.h"

#include <math.h>
#include <string.h>

#include "art/calculator.h"
#include "reader/reader.h"

enum { MAX_PARTS = 1000, MAX_DEPTH = 8, MAX_SAMPLES = 4 * 1024 * 1024, MAX_GRID = 6, MAX_PROGRAM = 256 * 1024 };

typedef enum { SAMPLED, EXPONENTIAL, STITCHED, CALCULATED, SIDE_BY_SIDE } function_kind;

struct pk_function {
  function_kind kind;
  int inputs, outputs;
  double domain[2 * PK_FUNCTION_MAX], range[2 * PK_FUNCTION_MAX];
  bool has_range;
  double first[PK_FUNCTION_MAX], last[PK_FUNCTION_MAX], exponent; /* C0, C1, N */
  pk_function **parts;                                            /* stitched or side by side */
  int part_count;
  double *bounds, *encode; /* bounds of the parts; encode also of a sampled one */
  double *decode;
  int size[MAX_GRID]; /* of the grid */
  float *samples;     /* 0..1 */
  pk_calculator *program;
};

typedef struct {
  qpdf_data qpdf;
  int depth, parts; /* of all functions in functions */
} source;

static qpdf_oh key(const source *s, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(s->qpdf, dict, name);
}

/* Up to `most` numbers; returns how many, or -1 if something else stands among them. */
static int read_numbers(const source *s, qpdf_oh array, double *out, int most) {
  int count = qpdf_oh_is_array(s->qpdf, array) ? qpdf_oh_get_array_n_items(s->qpdf, array) : 0;
  if (count > most) return -1;
  for (int i = 0; i < count; i++) {
    qpdf_oh item = qpdf_oh_get_array_item(s->qpdf, array, i);
    bool is_number = qpdf_oh_get_value_as_number(s->qpdf, item, &out[i]) && isfinite(out[i]);
    qpdf_oh_release(s->qpdf, item);
    if (!is_number) return -1;
  }
  return count;
}

static double between(double x, double from, double to, double low, double high) {
  return to == from ? low : low + (x - from) * (high - low) / (to - from);
}

/* ---- reading ------------------------------------------------------------- */

static pk_function *read_one(source *s, qpdf_oh object);

static bool read_exponential(source *s, qpdf_oh dict, pk_function *f) {
  f->kind = EXPONENTIAL;
  f->last[0] = 1;
  int first = read_numbers(s, key(s, dict, "/C0"), f->first, PK_FUNCTION_MAX);
  int last = read_numbers(s, key(s, dict, "/C1"), f->last, PK_FUNCTION_MAX);
  f->outputs = first ? first : last ? last : 1;
  if (!qpdf_oh_get_value_as_number(s->qpdf, key(s, dict, "/N"), &f->exponent)) f->exponent = 1;
  return f->inputs == 1 && first >= 0 && last >= 0 && (!first || !last || first == last);
}

static bool read_parts(source *s, qpdf_oh array, pk_function *f) {
  int count = qpdf_oh_is_array(s->qpdf, array) ? qpdf_oh_get_array_n_items(s->qpdf, array) : 0;
  if (count < 1 || count > MAX_PARTS - s->parts || s->depth >= MAX_DEPTH) return false;
  s->parts += count;
  f->parts = g_new0(pk_function *, (size_t)count);
  for (; f->part_count < count; f->part_count++) {
    s->depth++;
    pk_function *part = read_one(s, qpdf_oh_get_array_item(s->qpdf, array, f->part_count));
    s->depth--;
    if (!part) return false;
    f->parts[f->part_count] = part;
  }
  return true;
}

static bool read_stitched(source *s, qpdf_oh dict, pk_function *f) {
  f->kind = STITCHED;
  if (f->inputs != 1 || !read_parts(s, key(s, dict, "/Functions"), f)) return false;
  f->outputs = f->parts[0]->outputs;
  for (int i = 0; i < f->part_count; i++)
    if (f->parts[i]->inputs != 1 || f->parts[i]->outputs != f->outputs) return false;
  f->bounds = g_new0(double, (size_t)f->part_count + 1);
  f->encode = g_new0(double, 2 * (size_t)f->part_count);
  return read_numbers(s, key(s, dict, "/Bounds"), f->bounds, f->part_count) == f->part_count - 1 &&
         read_numbers(s, key(s, dict, "/Encode"), f->encode, 2 * f->part_count) == 2 * f->part_count;
}

static bool unpack_samples(pk_function *f, const GString *data, size_t count, int bits) {
  if (data->len < (count * (size_t)bits + 7) / 8) return false;
  f->samples = g_new(float, count);
  const double most = pow(2, bits) - 1;
  size_t bit = 0;
  for (size_t i = 0; i < count; i++) {
    double value = 0;
    for (int left = bits; left > 0;) {
      int take = MIN(left, 8 - (int)(bit & 7));
      unsigned byte = (guchar)data->str[bit / 8];
      value = value * (1 << take) + (byte >> (8 - (int)(bit & 7) - take) & ((1u << take) - 1));
      bit += (size_t)take;
      left -= take;
    }
    f->samples[i] = (float)(value / most);
  }
  return true;
}

static bool read_sampled(source *s, qpdf_oh stream, qpdf_oh dict, pk_function *f) {
  double sizes[MAX_GRID];
  int bits = 0;
  f->kind = SAMPLED;
  if (!f->has_range || f->inputs > MAX_GRID || read_numbers(s, key(s, dict, "/Size"), sizes, MAX_GRID) != f->inputs)
    return false;
  qpdf_oh_get_value_as_int(s->qpdf, key(s, dict, "/BitsPerSample"), &bits);
  if (bits < 1 || bits > 32) return false;
  size_t count = (size_t)f->outputs;
  for (int i = 0; i < f->inputs; i++) {
    if (!(sizes[i] >= 1 && sizes[i] <= MAX_SAMPLES) || count > MAX_SAMPLES / (size_t)sizes[i]) return false;
    f->size[i] = (int)sizes[i];
    count *= (size_t)sizes[i];
  }
  f->encode = g_new0(double, 2 * MAX_GRID);
  f->decode = g_new0(double, 2 * PK_FUNCTION_MAX);
  if (read_numbers(s, key(s, dict, "/Encode"), f->encode, 2 * MAX_GRID) != 2 * f->inputs)
    for (int i = 0; i < f->inputs; i++) f->encode[2 * i] = 0, f->encode[2 * i + 1] = f->size[i] - 1;
  if (read_numbers(s, key(s, dict, "/Decode"), f->decode, 2 * PK_FUNCTION_MAX) != 2 * f->outputs)
    memcpy(f->decode, f->range, sizeof f->range);
  g_autoptr(GString) data = g_string_new(NULL);
  return pk_reader_decode(s->qpdf, stream, (size_t)MAX_SAMPLES * 4, data) == PK_DECODE_OK &&
         unpack_samples(f, data, count, bits);
}

static bool read_calculated(source *s, qpdf_oh stream, pk_function *f) {
  f->kind = CALCULATED;
  g_autoptr(GString) text = g_string_new(NULL);
  if (!f->has_range || pk_reader_decode(s->qpdf, stream, MAX_PROGRAM, text) != PK_DECODE_OK) return false;
  f->program = pk_calculator_new(text->str, text->len);
  return f->program != NULL;
}

static pk_function *read_one(source *s, qpdf_oh object) {
  bool is_stream = qpdf_oh_is_stream(s->qpdf, object);
  qpdf_oh dict = is_stream ? qpdf_oh_get_dict(s->qpdf, object) : object;
  int type = -1;
  if (!qpdf_oh_get_value_as_int(s->qpdf, key(s, dict, "/FunctionType"), &type)) return NULL;
  pk_function *f = g_new0(pk_function, 1);
  int domain = read_numbers(s, key(s, dict, "/Domain"), f->domain, 2 * PK_FUNCTION_MAX);
  int range = read_numbers(s, key(s, dict, "/Range"), f->range, 2 * PK_FUNCTION_MAX);
  bool is_fine = domain >= 2 && domain % 2 == 0 && range >= 0 && range % 2 == 0;
  f->inputs = MAX(domain / 2, 1);
  f->has_range = range > 0;
  f->outputs = range / 2;
  if (is_fine)
    is_fine = type == 0 && is_stream   ? read_sampled(s, object, dict, f)
              : type == 2              ? read_exponential(s, dict, f)
              : type == 3              ? read_stitched(s, dict, f)
              : type == 4 && is_stream ? read_calculated(s, object, f)
                                       : false;
  if (is_fine && (!f->has_range || f->outputs == range / 2)) return f;
  pk_function_drop(f);
  return NULL;
}

static pk_function *read_many(source *s, qpdf_oh array) {
  pk_function *f = g_new0(pk_function, 1);
  f->kind = SIDE_BY_SIDE;
  bool is_fine = qpdf_oh_get_array_n_items(s->qpdf, array) <= PK_FUNCTION_MAX && read_parts(s, array, f);
  for (int i = 0; is_fine && i < f->part_count; i++)
    is_fine = f->parts[i]->outputs == 1 && f->parts[i]->inputs == f->parts[0]->inputs;
  if (is_fine) {
    f->inputs = f->parts[0]->inputs;
    f->outputs = f->part_count;
    memcpy(f->domain, f->parts[0]->domain, sizeof f->domain);
    return f;
  }
  pk_function_drop(f);
  return NULL;
}

pk_function *pk_function_read(qpdf_data qpdf, qpdf_oh object) {
  source s = {qpdf, 0, 0};
  return qpdf_oh_is_array(qpdf, object) ? read_many(&s, object) : read_one(&s, object);
}

void pk_function_drop(pk_function *function) {
  if (!function) return;
  for (int i = 0; i < function->part_count; i++) pk_function_drop(function->parts[i]);
  g_free(function->parts);
  g_free(function->bounds);
  g_free(function->encode);
  g_free(function->decode);
  g_free(function->samples);
  pk_calculator_drop(function->program);
  g_free(function);
}

int pk_function_inputs(const pk_function *function) {
  return function->inputs;
}
int pk_function_outputs(const pk_function *function) {
  return function->outputs;
}

/* ---- running ------------------------------------------------------------- */

static void run_exponential(const pk_function *f, double x, double *out) {
  double power = f->exponent == 1 ? x : pow(x, f->exponent);
  for (int i = 0; i < f->outputs; i++) out[i] = f->first[i] + power * (f->last[i] - f->first[i]);
}

static void run_stitched(const pk_function *f, double x, double *out) {
  int part = 0;
  while (part < f->part_count - 1 && x >= f->bounds[part]) part++;
  double from = part ? f->bounds[part - 1] : f->domain[0];
  double to = part < f->part_count - 1 ? f->bounds[part] : f->domain[1];
  double inner = between(x, from, to, f->encode[2 * part], f->encode[2 * part + 1]);
  pk_function_run(f->parts[part], &inner, out);
}

static void run_sampled(const pk_function *f, const double *in, double *out) {
  int low[MAX_GRID] = {0};
  double part[MAX_GRID] = {0};
  for (int i = 0; i < f->inputs; i++) {
    double at = between(in[i], f->domain[2 * i], f->domain[2 * i + 1], f->encode[2 * i], f->encode[2 * i + 1]);
    at = CLAMP(at, 0, f->size[i] - 1);
    low[i] = MIN((int)at, MAX(f->size[i] - 2, 0));
    part[i] = at - low[i];
  }
  memset(out, 0, (size_t)f->outputs * sizeof *out);
  for (unsigned corner = 0; corner < 1u << f->inputs; corner++) {
    double weight = 1;
    size_t place = 0, step = 1;
    for (int i = 0; i < f->inputs; i++) {
      bool is_high = corner >> i & 1;
      weight *= is_high ? part[i] : 1 - part[i];
      place += (size_t)MIN(low[i] + is_high, f->size[i] - 1) * step;
      step *= (size_t)f->size[i];
    }
    if (weight <= 0) continue;
    const float *sample = f->samples + place * (size_t)f->outputs;
    for (int i = 0; i < f->outputs; i++) out[i] += weight * (double)sample[i];
  }
  for (int i = 0; i < f->outputs; i++) out[i] = between(out[i], 0, 1, f->decode[2 * i], f->decode[2 * i + 1]);
}

void pk_function_run(const pk_function *f, const double *given, double *out) {
  double in[PK_FUNCTION_MAX];
  for (int i = 0; i < f->inputs; i++) in[i] = fmin(fmax(given[i], f->domain[2 * i]), f->domain[2 * i + 1]);
  switch (f->kind) {
  case EXPONENTIAL: run_exponential(f, in[0], out); break;
  case STITCHED: run_stitched(f, in[0], out); break;
  case SAMPLED: run_sampled(f, in, out); break;
  case CALCULATED: pk_calculator_run(f->program, in, f->inputs, out, f->outputs); break;
  case SIDE_BY_SIDE:
    for (int i = 0; i < f->part_count; i++) {
      double one[PK_FUNCTION_MAX];
      pk_function_run(f->parts[i], in, one);
      out[i] = one[0];
    }
  }
  for (int i = 0; i < f->outputs; i++) {
    if (!isfinite(out[i])) out[i] = 0;
    if (f->has_range) out[i] = fmin(fmax(out[i], f->range[2 * i]), f->range[2 * i + 1]);
  }
}
