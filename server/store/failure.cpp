// SPDX-License-Identifier: Apache-2.0
#include "store/failure.hpp"

namespace tandem::store {

std::string_view name(Fault fault) {
  switch (fault) {
    case Fault::guard:
      return "guard";
    case Fault::constraint:
      return "constraint";
    case Fault::stale:
      return "stale";
    case Fault::busy:
      return "busy";
    case Fault::full:
      return "full";
    case Fault::read_only:
      return "read_only";
    case Fault::io:
      return "io";
    case Fault::corrupt:
      return "corrupt";
    case Fault::schema_newer:
      return "schema_newer";
    case Fault::schema_older:
      return "schema_older";
    case Fault::misuse:
      return "misuse";
  }
  return "";
}

bool is_callers(Fault fault) {
  return fault == Fault::guard || fault == Fault::constraint || fault == Fault::stale ||
         fault == Fault::misuse;
}

Rejection rejection_of(const Failure& failure) {
  const bool passes = failure.fault == Fault::busy || failure.fault == Fault::full;
  Rejection told;
  told.reason = passes ? Reason::overloaded : Reason::internal;
  return told;
}

}  // namespace tandem::store
