// SPDX-License-Identifier: Apache-2.0
// The table: one name per call, plain numbers and text in, bytes out.
#include <emscripten/bind.h>

#include "bytes.hpp"
#include "sessions.hpp"
#include "tandem/base/reason.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/receipt/receipt.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem::web {
namespace {

/// The list of reasons, for messages to people and for deciding whether to try again.
emscripten::val reason_list() {
  std::string& out = empty_buffer();
  out += '[';
  for (const ReasonInfo& reason : reasons()) {
    if (out.back() != '[') out += ',';
    out += R"({"reason":)";
    append_text(out, reason.name);
    out += R"(,"retry":)";
    out += reason.retry ? "true" : "false";
    out += R"(,"sentence":)";
    append_text(out, reason.sentence);
    out += R"(,"status":)";
    append_integer(out, reason.http_status);
    out += '}';
  }
  out += ']';
  return view_of_bytes(out);
}

/// The verb's bytes, after its exit status as one digit.
emscripten::val quote_text(const std::string& input) {
  int status = 0;
  std::string answer = wire::quote_verb(input, status);
  std::string& out = empty_buffer();
  append_integer(out, status);
  out += answer;
  return view_of_bytes(out);
}

/// What a receipt proves, or what is wrong with it.
emscripten::val proof_of(const std::string& receipt) {
  const auto proof = verify_receipt(receipt);
  if (!proof) return refuse(proof.error());
  return Reply()
      .field("currency", proof->order.currency)
      .field("quoteDigest", proof->quote_digest)
      .field("totalMinor", proof->total_minor)
      .field("version", proof->order.version)
      .done();
}

std::string digest_of(const std::string& bytes) { return hex(sha256(bytes)); }

}  // namespace
}  // namespace tandem::web

EMSCRIPTEN_BINDINGS(tandem) {
  using namespace tandem::web;
  emscripten::function("openSession", &open_session);
  emscripten::function("closeSession", &close_session);
  emscripten::function("setRules", &set_rules);
  emscripten::function("putOffers", &put_offers);
  emscripten::function("setFacts", &set_facts);
  emscripten::function("apply", &apply);
  emscripten::function("receive", &receive);
  emscripten::function("state", &state);
  emscripten::function("exportKept", &export_kept);
  emscripten::function("importKept", &import_kept);
  emscripten::function("pending", &pending);
  emscripten::function("reasons", &reason_list);
  emscripten::function("quote", &quote_text);
  emscripten::function("digest", &digest_of);
  emscripten::function("verifyReceipt", &proof_of);
}
