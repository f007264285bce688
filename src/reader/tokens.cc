/* libqpdf's tokenizer, behind a C interface.
 *
 * The one file of C++: libqpdf's C interface reads objects but no content
 * streams, and a second reader of PDF syntax would see other things in a hostile
 * file than the one that opened it. No exception leaves this file. */
#define POINTERHOLDER_TRANSITION 4 /* what libqpdf asks of those that use only std::shared_ptr */

#include "reader/tokens.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/BufferInputSource.hh>
#include <qpdf/QPDFTokenizer.hh>
#include <string>
#include <vector>

namespace {

struct Operand {
  pk_operand_kind kind;
  double number;
  std::string bytes;
};

class Reader {
public:
  Reader(const char *content, std::size_t size, pk_operator_fn take_one, void *closure)
      : buffer(reinterpret_cast<unsigned char *>(const_cast<char *>(content)), size),
        input(std::make_shared<BufferInputSource>("content", &buffer)), take(take_one), data(closure) {
    tokenizer.allowEOF();
  }

  bool read() {
    int bad = 0;
    for (;;) {
      QPDFTokenizer::Token token = tokenizer.readToken(input, "content", true);
      if (!has_start) start = static_cast<std::size_t>(input->getLastOffset()), has_start = true;
      switch (token.getType()) {
      case QPDFTokenizer::tt_eof: return true;
      case QPDFTokenizer::tt_bad:
        is_odd = true;
        if (++bad > MAX_BAD) return false;
        break;
      case QPDFTokenizer::tt_word:
        if (!word(token.getValue())) return true;
        break;
      default: add(token);
      }
    }
  }

private:
  static const int MAX_BAD = 1000;
  Buffer buffer;
  std::shared_ptr<InputSource> input;
  QPDFTokenizer tokenizer;
  pk_operator_fn take;
  void *data;
  std::vector<Operand> operands;
  std::vector<pk_operand> views;
  bool has_start = false, is_odd = false;
  std::size_t start = 0, at = 0, samples = 0, samples_end = 0;

  void add(QPDFTokenizer::Token const &token) {
    if (operands.size() >= PK_OPERANDS_MAX) operands.erase(operands.begin(), operands.begin() + PK_OPERANDS_MAX / 2);
    std::string const &value = token.getValue();
    switch (token.getType()) {
    case QPDFTokenizer::tt_integer:
    case QPDFTokenizer::tt_real: operands.push_back({PK_OPERAND_NUMBER, number(value), std::string()}); break;
    case QPDFTokenizer::tt_name: operands.push_back({PK_OPERAND_NAME, 0, value.substr(value.empty() ? 0 : 1)}); break;
    case QPDFTokenizer::tt_string: operands.push_back({PK_OPERAND_STRING, 0, value}); break;
    case QPDFTokenizer::tt_bool: operands.push_back({PK_OPERAND_OTHER, value == "true" ? 1.0 : 0.0, value}); break;
    default: break; /* brackets */
    }
  }

  /* As strtod, whatever the locale. */
  static double number(std::string const &text) {
    double value = 0, place = 0.1;
    bool is_negative = false, is_fraction = false;
    for (char c : text) {
      if (c == '-')
        is_negative = true;
      else if (c == '.')
        is_fraction = true;
      else if (c >= '0' && c <= '9' && is_fraction)
        value += (c - '0') * place, place /= 10;
      else if (c >= '0' && c <= '9')
        value = value * 10 + (c - '0');
    }
    return is_negative ? -value : value;
  }

  bool give(const char *name) {
    views.clear();
    for (Operand const &o : operands) views.push_back({o.kind, o.number, o.bytes.c_str(), o.bytes.size()});
    const pk_operation operation = {name, views.data(), views.size(), is_odd, start, at, here(), samples, samples_end};
    bool goes_on = take(data, &operation);
    operands.clear();
    has_start = is_odd = false;
    samples = samples_end = 0;
    return goes_on;
  }

  std::size_t here() { return static_cast<std::size_t>(input->tell()); }

  bool word(std::string const &name) {
    at = static_cast<std::size_t>(input->getLastOffset());
    if (name == "BI") {
      operands.clear();
      start = at;
      return true;
    }
    if (name == "ID") {
      char space;
      input->read(&space, 1);
      samples = here();
      tokenizer.expectInlineImage(input);
      QPDFTokenizer::Token picture = tokenizer.readToken(input, "content", true);
      (void)picture;
      samples_end = here();
      return give("BI");
    }
    if (name == "EI") {
      operands.clear();
      has_start = false;
      return true;
    }
    return give(name.c_str());
  }
};

} // namespace

bool pk_tokens_read(const char *content, size_t size, pk_operator_fn take, void *data) {
  try {
    return Reader(content, size, take, data).read();
  } catch (std::exception const &) {
    return false;
  }
}
