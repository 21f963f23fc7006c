// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Content-Security-Policy of pages: their own files, no inline script or style, no frame around
// them, and what a third party needs whose script a page loads.
//
//   page_policy({.script = "https://js.example.com"})

#include <string>
#include <string_view>

namespace tandem::http {

/// Origins of a third party, by what they are needed for; empty: none.
struct Sources {
  std::string_view script{};
  std::string_view image{};
  std::string_view connect{};
  std::string_view frame{};
};

/// `own_script` is what the page's own scripts need beyond being its own files.
[[nodiscard]] std::string page_policy(const Sources& third = {}, std::string_view own_script = {});

}  // namespace tandem::http
