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
    case Fault::conflict:
      return "conflict";
    case Fault::misuse:
      return "misuse";
    case Fault::unsafe:
      return "unsafe";
    case Fault::unreachable:
      return "unreachable";
    case Fault::unknown_outcome:
      return "unknown_outcome";
  }
  return "";
}

bool is_callers(Fault fault) {
  return fault == Fault::guard || fault == Fault::constraint || fault == Fault::stale ||
         fault == Fault::misuse;
}

bool may_pass_again(Fault fault) { return fault == Fault::conflict || fault == Fault::unreachable; }

Failure about(Failure failure, std::string_view table, std::string key) {
  failure.table = table;
  failure.key = std::move(key);
  return failure;
}

Rejection rejection_of(const Failure& failure) {
  const Fault fault = failure.fault;
  const bool passes = fault == Fault::busy || fault == Fault::full || fault == Fault::read_only ||
                      fault == Fault::io || may_pass_again(fault) ||
                      fault == Fault::unknown_outcome;
  Rejection told;
  told.reason = passes ? Reason::overloaded : Reason::internal;
  return told;
}

}  // namespace tandem::store
