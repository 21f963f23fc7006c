// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a request's head says about content: which media type it brings, which codings its sender
// can read, which version of the answer it has already.
//
//   preferred_coding("gzip, br;q=0.5", {.brotli = true, .gzip = true}) == Coding::gzip
//   names_entity_tag(R"(W/"a", "b")", R"("b")") == true

#include <cstdint>
#include <string_view>

namespace tandem::http {

enum class Coding : std::uint8_t { identity, gzip, brotli };

/// The codings in which an answer is at hand, beside identity.
struct Codings {
  bool brotli = false;
  bool gzip = false;
};

/// The coding with the highest weight in an Accept-Encoding field; brotli before gzip before
/// identity on a tie. Identity when nothing else is both acceptable and at hand.
[[nodiscard]] Coding preferred_coding(std::string_view accept_encoding, Codings at_hand);

/// Whether an Accept field names text/html, as the browsers' do of addresses that people open; the
/// wildcards of programs do not count.
[[nodiscard]] bool asks_for_page(std::string_view accept);

/// Whether an If-None-Match field names this entity tag; compared weakly, as RFC 9110 asks.
[[nodiscard]] bool names_entity_tag(std::string_view if_none_match, std::string_view entity_tag);

/// The media type of a Content-Type field without its parameters: "application/json".
[[nodiscard]] std::string_view media_type(std::string_view content_type);

}  // namespace tandem::http
