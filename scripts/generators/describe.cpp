// SPDX-License-Identifier: Apache-2.0
// Prints what the core says of itself, as JSON: commands with their senders and fields, events with
// their fields, transition tables. scripts/generate makes the reference pages from it.
#include <cstdio>
#include <string>

#include "tandem/delivery/transfer.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/invoice/invoice.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/event.hpp"
#include "tandem/order/state.hpp"
#include "tandem/payment/attempt.hpp"
#include "tandem/payment/refund.hpp"
#include "tandem/returns/return.hpp"

namespace tandem {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view text) {
  append_text(out, key);
  out += ':';
  append_text(out, text);
}

/// A type in words: "integer", "list of stock_taken", "one of web, staff".
std::string words(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "true or false";
    case TypeKind::integer:
      return "integer";
    case TypeKind::text:
      return type.name.empty() ? "text" : std::string(type.name);
    case TypeKind::nullable:
      return words(type.element()) + " or null";
    case TypeKind::list:
      return "list of " + words(type.element());
    case TypeKind::one_or_list:
      return words(type.element()) + ", or list of " + words(type.element()) + ", or null";
    case TypeKind::switch_or_list:
      return "true, false, or list of " + words(type.element());
    case TypeKind::map:
      return "map to " + words(type.element());
    case TypeKind::verbatim:
      return "the message itself";
    case TypeKind::one_of:
      return "one of several by `" + std::string(type.discriminator) + "`";
    case TypeKind::object: {
      if (!type.name.empty()) return std::string(type.name);
      std::string names;
      for (const Field& field : type.fields) {
        names += (names.empty() ? "" : ", ") + std::string(field.name);
      }
      return "{" + names + "}";
    }
    case TypeKind::enumeration: {
      std::string names;
      for (const std::string_view value : type.values) {
        names += (names.empty() ? "" : ", ") + std::string(value);
      }
      return names;
    }
  }
  return {};
}

void append_fields(std::string& out, const Type& type) {
  out += "\"fields\":[";
  for (const Field& field : type.fields) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_member(out, "name", field.name);
    out += ',';
    append_member(out, "type", words(field.type()));
    out += field.presence == Presence::required ? ",\"required\":true}" : ",\"required\":false}";
  }
  out += ']';
}

std::string sender(const CommandRow& row) {
  std::string text = row.customer_too || row.sender != ActorClass::staff
                         ? std::string(enum_name(row.sender))
                         : std::string();
  if (row.role) text += (text.empty() ? "" : ", ") + std::string(enum_name(*row.role));
  return text;
}

void append_commands(std::string& out) {
  out += "\"commands\":[";
  for (std::size_t i = 0; i < command_table().size(); ++i) {
    if (i != 0) out += ',';
    out += '{';
    append_member(out, "name", command_table()[i].command);
    out += ',';
    append_member(out, "sender", sender(command_table()[i]));
    out += ',';
    append_fields(out, type_of<Command>().alternatives[i].type());
    out += '}';
  }
  out += ']';
}

void append_events(std::string& out) {
  out += "\"events\":[";
  for (const Alternative& event : type_of<Event>().alternatives) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_member(out, "name", event.name);
    out += ',';
    append_fields(out, event.type());
    out += '}';
  }
  out += ']';
}

template <class State, class Action, std::size_t Rows>
void append_table(std::string& out, std::string_view record,
                  const std::array<Transition<State, Action>, Rows>& table) {
  if (out.back() != '[') out += ',';
  out += '{';
  append_member(out, "record", record);
  out += ",\"rows\":[";
  for (const auto& row : table) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_member(out, "from", enum_name(row.from));
    out += ',';
    append_member(out, "by", enum_name(row.by));
    out += ',';
    append_member(out, "to", enum_name(row.to));
    out += '}';
  }
  out += "]}";
}

}  // namespace
}  // namespace tandem

int main() {
  std::string out = "{";
  tandem::append_commands(out);
  out += ',';
  tandem::append_events(out);
  out += ",\"transitions\":[";
  tandem::append_table(out, "order", tandem::kOrderTransitions);
  tandem::append_table(out, "payment attempt", tandem::kAttemptTransitions);
  tandem::append_table(out, "refund", tandem::kRefundTransitions);
  tandem::append_table(out, "transfer", tandem::kTransferTransitions);
  tandem::append_table(out, "invoice", tandem::kInvoiceTransitions);
  tandem::append_table(out, "return", tandem::kReturnTransitions);
  out += "]}\n";
  return std::fputs(out.c_str(), stdout) < 0 ? 1 : 0;
}
