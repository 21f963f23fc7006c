// SPDX-License-Identifier: Apache-2.0
// Prints the HTTP interface as an OpenAPI document. scripts/generate makes the reference and the
// staff's client from it.
#include <cstdio>

#include "app/openapi.hpp"

int main() {
  const std::string document = tandem::app::openapi_document() + '\n';
  return std::fputs(document.c_str(), stdout) < 0 ? 1 : 0;
}
